"""The stones that a made-to-order piece can be set with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Grown(models.TextChoices):
    """Where a stone grew. Said plainly, never left out. A pearl is cultured or, where nobody helped it, natural: `MINED`."""

    MINED = "mined", _("mined or natural")
    LABORATORY = "lab", _("laboratory-grown")
    CULTURED = "cultured", _("cultured")


class StoneChoice(models.Model):
    """One stone, or one kind and size of stone, that this piece can be set with.

    A stone of which there is only this one (it has a report) has a Stock row of its own and is held like a ring.
    `price_minor` is before VAT and covers all `count` stones.
    """

    piece = models.ForeignKey("catalogue.Piece", on_delete=models.CASCADE, related_name="stones")
    species = models.CharField(_("stone"), max_length=24)
    grown = models.CharField(_("where it grew"), max_length=8, choices=Grown.choices, default=Grown.MINED)
    cut = models.CharField(_("cut"), max_length=24)
    colour = models.CharField(_("colour"), max_length=40, blank=True)
    clarity = models.CharField(_("clarity"), max_length=24, blank=True)
    length_um = models.PositiveIntegerField(_("length"))
    width_um = models.PositiveIntegerField(_("width"))
    mct = models.PositiveIntegerField(_("weight of each"))
    count = models.PositiveSmallIntegerField(_("how many"), default=1)
    price_minor = models.PositiveIntegerField(_("price before VAT"))
    currency = models.CharField(max_length=3, default="GBP")
    treatment = models.CharField(_("treatment"), max_length=60, blank=True)
    origin = models.CharField(_("origin"), max_length=60, blank=True)
    report_lab = models.CharField(_("laboratory"), max_length=40, blank=True)
    report_number = models.CharField(_("report number"), max_length=40, blank=True)
    report_url = models.URLField(_("where the report opens"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(grown=Grown.CULTURED) | Q(species="pearl"), name="catalogue_stone_cultured_is_a_pearl"
            ),
            models.CheckConstraint(
                condition=~Q(grown=Grown.LABORATORY) | ~Q(species="pearl"), name="catalogue_stone_pearl_grew_in_a_shell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.species} {self.mct / 1000:.2f} ct"

    @property
    def total_mct(self) -> int:
        """Weight of all of them."""
        return self.mct * self.count
