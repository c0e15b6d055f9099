"""What is paid back when an order, or a line of it, is called off: one table. Pure; the percentages are house defaults.

Metal and stones are always paid back in full: they go back to their accounts. Only work that was done is kept, as a part of
the price of the making. Where a price was agreed as one sum, half of it counts as work. VAT on what is kept stays due,
as on every payment a seller keeps (HMRC, Revenue and Customs Brief 13/2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from foundation.exact import rounded
from production.intake import Far


class Sort(StrEnum):
    """What a line is: from the tray, made to order, or made with somebody's own words on it."""

    READY = "ready"
    CUSTOM = "custom"
    ENGRAVED = "engraved"


@dataclass(frozen=True)
class Rule:
    """How much of the making is kept, in per cent, and why, as the buyer reads it."""

    percent: int
    why: object


ALL_OF_IT = Rule(0, _("Nothing has been made for you yet: all of it goes back."))
FROM_THE_TRAY = Rule(0, _("It lies ready made in the tray: all of it goes back."))
DRAWN = Rule(20, _("It is before the casting: a fifth of the making is kept for the hours of drawing and pattern."))
CAST = Rule(60, _("It is cast: three fifths of the making are kept. Its metal goes back to the pot and is paid back."))
FINISHED = Rule(80, _("It is finished, and somebody else may wear it: four fifths of the making are kept."))
WORDED = Rule(100, _("It is finished, with your words on it: the making is kept. Its metal and stones are paid back."))

RULES: dict[tuple[Far, Sort], Rule] = {
    (Far.NOT_BEGUN, Sort.READY): FROM_THE_TRAY,
    (Far.NOT_BEGUN, Sort.CUSTOM): ALL_OF_IT,
    (Far.NOT_BEGUN, Sort.ENGRAVED): ALL_OF_IT,
    (Far.BEGUN, Sort.READY): FROM_THE_TRAY,
    (Far.BEGUN, Sort.CUSTOM): DRAWN,
    (Far.BEGUN, Sort.ENGRAVED): DRAWN,
    (Far.CAST, Sort.READY): FROM_THE_TRAY,
    (Far.CAST, Sort.CUSTOM): CAST,
    (Far.CAST, Sort.ENGRAVED): CAST,
    (Far.FINISHED, Sort.READY): FROM_THE_TRAY,
    (Far.FINISHED, Sort.CUSTOM): FINISHED,
    (Far.FINISHED, Sort.ENGRAVED): WORDED,
}

WORK_IN_AN_AGREED_PRICE = Fraction(1, 2)


def rule_for(far: Far, sort: Sort) -> Rule:
    """What is kept of the making, and why. What is made counts as finished, inspected or not."""
    return RULES[Far.FINISHED if far == Far.MADE else far, sort]


def work_minor(*, gross_minor: int, net_minor: int, making_minor: int) -> int:
    """The making's part of a price, VAT included: by the price taken apart, or half of a price that never was."""
    part = Fraction(making_minor, net_minor) if making_minor and net_minor else WORK_IN_AN_AGREED_PRICE
    return rounded(gross_minor * part)


def kept_minor(rule: Rule, *, work_minor: int, paid_minor: int) -> int:
    """What the house keeps: the rule's part of the work, and never more than was paid. Nobody is asked to pay for what stops."""
    return min(rounded(Fraction(work_minor * rule.percent, 100)), paid_minor)


def spread(kept: int, paid: Sequence[int]) -> tuple[int, ...]:
    """What is kept out of each payment, the first one first."""
    out = []
    for minor in paid:
        out.append(min(kept, minor))
        kept -= out[-1]
    return tuple(out)
