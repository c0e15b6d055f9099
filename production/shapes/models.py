"""What was measured: one row a piece, written once."""

from typing import Any, Self

from django.db import models

from foundation.append_only import AppendOnly
from production.shapes.measuring import Measures, StoneGroup


class Measured(AppendOnly):
    """A piece by its fingerprint, and what it measures in every metal. A drawing that changes has other fingerprints."""

    fingerprint = models.CharField(max_length=32, primary_key=True)
    family = models.CharField(max_length=40)
    parameters = models.JSONField()
    volume_um3 = models.PositiveBigIntegerField()
    box_x_um = models.PositiveIntegerField()
    box_y_um = models.PositiveIntegerField()
    box_z_um = models.PositiveIntegerField()
    stones = models.JSONField(default=list)
    measured_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.family} {self.fingerprint}"

    @classmethod
    def of(cls, fingerprint: str, family: str, parameters: dict[str, Any], measures: Measures) -> Self:
        """The row that holds these, not yet saved."""
        x, y, z = measures.box_um
        return cls(
            fingerprint=fingerprint, family=family, parameters=parameters, volume_um3=measures.volume_um3,
            box_x_um=x, box_y_um=y, box_z_um=z, stones=[vars(group) for group in measures.stones],
        )  # fmt: skip

    @property
    def measures(self) -> Measures:
        """What the row holds."""
        box = (self.box_x_um, self.box_y_um, self.box_z_um)
        return Measures(self.volume_um3, box, tuple(StoneGroup(**group) for group in self.stones))
