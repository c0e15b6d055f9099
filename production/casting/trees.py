"""A tree's sums: from the wax on the trunk to the metal that the crucible needs. Pure; milligrams, exact, rounded up once."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

PATTERN_MG_PER_CM3 = {"wax": 960, "resin": 1090}
"""Injection wax 0.95–1.0 (Orchid 27807; romanoff.com), castable print resin ≈ 1.09 (katkramer.com, BlueCast)."""

BUTTON_PERCENT = 10
"""The least button, of the cast metal: romanoff.com, wax weight to metal weight."""

HEAVIEST_TREE_MG = 3_000_000
"""No flask here takes more wax than three kilograms: a slip of the unit, caught."""


class NotATree(ValueError):
    """Weights of a tree that cannot be."""


@dataclass(frozen=True)
class Charge:
    """What the crucible needs: the metal of pieces and trunk, and the button that feeds them as they shrink."""

    cast_mg: int
    button_mg: int

    @property
    def charge_mg(self) -> int:
        """All of it."""
        return self.cast_mg + self.button_mg


def charge_for(
    *, tree_mg: int, base_mg: int, patterns_mg: Mapping[str, int], density_mg_per_cm3: int, trunk: str = "wax"
) -> Charge:
    """The charge for a tree of `tree_mg` on a base of `base_mg`, whose patterns weigh so much by material; the rest is trunk.

    Each material is taken at its own density: one flat factor is 9 % too much for resin and 4 % too little for wax. The
    feed rule asks that button and trunk together outweigh the pieces (Stuller, casting tips for karat golds).
    """
    if tree_mg > HEAVIEST_TREE_MG:
        raise NotATree(_("No flask takes a tree of more than 3 kg: look at the unit and weigh again."))
    trunk_mg = tree_mg - base_mg - sum(patterns_mg.values())
    if base_mg < 0 or trunk_mg <= 0 or any(weight <= 0 for weight in patterns_mg.values()):
        raise NotATree(_("The tree has to weigh more than its base and its patterns together: weigh again."))
    pieces = sum(
        (_metal(weight, material, density_mg_per_cm3) for material, weight in patterns_mg.items()), Fraction(0)
    )
    feed = _metal(trunk_mg, trunk, density_mg_per_cm3)
    cast = pieces + feed
    button = max(cast * BUTTON_PERCENT / 100, pieces - feed)
    cast_mg = _up(cast)
    return Charge(cast_mg=cast_mg, button_mg=_up(cast + button) - cast_mg)


def _metal(pattern_mg: int, material: str, density_mg_per_cm3: int) -> Fraction:
    if material not in PATTERN_MG_PER_CM3:
        raise NotATree(_("Patterns are of wax or of resin."))
    return Fraction(pattern_mg * density_mg_per_cm3, PATTERN_MG_PER_CM3[material])


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def returns_allowed_mg(*, charge_mg: int, remelt_limit_percent: int) -> int:
    """The most clean returns a charge may hold; the rest is fresh metal."""
    return charge_mg * remelt_limit_percent // 100
