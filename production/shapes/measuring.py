"""What a piece measures, whatever its metal: whole numbers that are read off the solid once and never change."""

from collections.abc import Mapping
from dataclasses import dataclass

from production.shapes.building import build
from production.shapes.piece import Piece
from production.shapes.weights import casting_mg, finished_mg


@dataclass(frozen=True)
class StoneGroup:
    """So many equal stones of a piece."""

    name: str
    cut: str
    length_um: int
    width_um: int
    volume_um3: int
    count: int


@dataclass(frozen=True)
class Measures:
    """Metal without stones, the smallest upright box round all, and the stones."""

    volume_um3: int
    box_um: tuple[int, int, int]
    stones: tuple[StoneGroup, ...]

    def finished_mg(self, density_mg_cm3: int) -> int:
        """Metal weight of the finished piece."""
        return finished_mg(self.volume_um3, density_mg_cm3)

    def casting_mg(self, density_mg_cm3: int) -> int:
        """Weight of the raw casting."""
        return casting_mg(self.finished_mg(density_mg_cm3))


def measures_of(piece: Piece) -> Measures:
    """Read off a piece that was built."""
    stones = (
        StoneGroup(
            name=group.name,
            cut=group.stone.cut,
            length_um=group.stone.length_um,
            width_um=group.stone.width_um,
            volume_um3=group.stone.volume_um3,
            count=len(group.places),
        )
        for group in piece.stones
    )
    return Measures(piece.volume_um3, piece.box_um, tuple(stones))


def measure(family: str, parameters: Mapping[str, object]) -> Measures:
    """Build the piece and measure it. Refuses, with Refused, what cannot be made."""
    return measures_of(build(family, parameters))
