"""How much metal a stage may lose before a second person has to sign.

These are house defaults for the weight that leaves a ticket at a stage, filings and dust included, in hundredths of a
per cent of what went in. Casting to finished took 16.5 % in a measured case (Orchid forum 39603); cleaning and polishing
a casting takes 1 to 5 % (maplefrp.com, gold loss).
"""

from django.utils.translation import gettext as _

from foundation.mass import format_mass
from foundation.people.models import User

ALLOWED_BP = {"casting": 200, "assembly": 1000, "finishing": 1700, "quality": 100}


def allowed_mg(stage: str, went_in_mg: int) -> int:
    """The most this stage may lose of `went_in_mg` on one person's word, in milligrams; never under 10, a scale's step."""
    return max(10, went_in_mg * ALLOWED_BP.get(stage, 200) // 10_000)


class LossNeedsWitness(Exception):
    """More was lost than one person may sign for."""


def must_be_witnessed(stage: str, *, lost_mg: int, went_in_mg: int, by: User | None, witness: User | None) -> None:
    """Refuse a loss beyond the allowance that one person signs alone."""
    if lost_mg <= allowed_mg(stage, went_in_mg):
        return
    if witness is None or witness == by:
        raise LossNeedsWitness(
            _(
                "%(lost)s is missing, more than the %(allowed)s allowed here. Weigh again; if it is so, a second person has to sign."
            )
            % {"lost": format_mass(lost_mg, places=3), "allowed": format_mass(allowed_mg(stage, went_in_mg), places=3)}
        )
