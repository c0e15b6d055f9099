"""The metal ledger's arithmetic: double entry in fine weight, exact to a tenth of a microgram.

Every hand-over is one entry of legs; per metal the legs sum to exactly 0. What is weighed stands on both sides; the
loss is a leg of its own on the account of whoever handed over, never smeared over the pieces.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.exact import whole, written
from foundation.mass import dug_to_mg, fine_dug, format_mass
from foundation.reference.alloys import alloy


class DoesNotBalance(ValueError):
    """Legs of an entry that do not sum to 0."""


class MoreThanCharged(ValueError):
    """More metal came out than went in, beyond what the scale can tell."""


class NotAWeight(ValueError):
    """A weighing that cannot be."""


@dataclass(frozen=True)
class Leg:
    """Fine metal into (+) or out of (−) an account, in 0.1 µg."""

    account: str
    metal: str
    fine_dug: int

    def __post_init__(self) -> None:
        """Refuse what is not whole."""
        whole(self.fine_dug, "Fine metal")


@dataclass(frozen=True)
class Entry:
    """One hand-over. Cannot exist unless it has two legs or more and the fine weight per metal sums to exactly 0."""

    legs: tuple[Leg, ...]

    def __post_init__(self) -> None:
        """Refuse legs that do not balance."""
        if len(self.legs) < 2:
            raise DoesNotBalance(_("A hand-over of metal has two sides: where it came from and where it went."))
        for metal, over in fine_by_metal(self.legs).items():
            if over:
                says = {"metal": metal, "over": written(dug_to_mg(over), 4)}
                raise DoesNotBalance(
                    _("%(metal)s does not balance: the legs sum to %(over)s mg of fine metal, not 0.") % says
                )


def fine_by_metal(legs: Iterable[Leg]) -> dict[str, int]:
    """The sum of fine weight per metal."""
    sums: dict[str, int] = defaultdict(int)
    for leg in legs:
        sums[leg.metal] += leg.fine_dug
    return dict(sums)


def balances(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """What each account holds, by (account, metal); the order of entries never matters."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        for leg in entry.legs:
            sums[leg.account, leg.metal] += leg.fine_dug
    return dict(sums)


def leg(account: str, alloy_code: str, gross_mg: int) -> Leg:
    """`gross_mg` of an alloy (metal alone) into an account, or out of it when negative."""
    row = alloy(alloy_code)
    return Leg(account, row.metal, fine_dug(gross_mg, row.fineness_ppt10))


def hand_over(*, alloy_code: str, gross_mg: int, giver: str, taker: str) -> Entry:
    """Metal passes from one account to another, weighed once. Refuses a weight that is not positive."""
    if whole(gross_mg, "Mass") <= 0:
        raise NotAWeight(_("A hand-over weighs more than nothing."))
    return Entry((leg(giver, alloy_code, -gross_mg), leg(taker, alloy_code, gross_mg)))


def with_loss(
    *, alloy_code: str, issued_mg: int, giver: str, returned: Sequence[tuple[str, int]], loss: str, scale_mg: int = 10
) -> Entry:
    """What was issued leaves `giver` and stands in the accounts it was weighed into; the rest is the plug on `loss`."""
    plug = lost_mg(issued_mg, [mg for __, mg in returned], scale_mg=scale_mg)
    legs = [leg(giver, alloy_code, -issued_mg), *(leg(account, alloy_code, mg) for account, mg in returned if mg)]
    return Entry((*legs, *([leg(loss, alloy_code, plug)] if plug else [])))


def lost_mg(issued_mg: int, weighed_mg: Sequence[int], *, scale_mg: int = 10) -> int:
    """What is missing from what was issued.

    May be negative by what weighing can err: half a scale division for each weighing, the issue's own included.
    Refuses more, because metal does not grow: a weighing is wrong, or metal of another batch is in it.
    """
    if any(whole(mg, "Mass") < 0 for mg in (issued_mg, *weighed_mg)) or whole(scale_mg, "Scale resolution") < 0:
        raise NotAWeight(_("A weighing cannot be negative."))
    loss = issued_mg - sum(weighed_mg)
    if 2 * -loss > scale_mg * (1 + len(weighed_mg)):
        raise MoreThanCharged(
            _("%(out)s came out of %(charge)s: %(over)s too much. Weigh again, or find whose metal is in it.")
            % {
                "out": format_mass(sum(weighed_mg), "g", 3),
                "charge": format_mass(issued_mg, "g", 3),
                "over": format_mass(-loss, "g", 3),
            }
        )
    return loss


@dataclass(frozen=True)
class Outturn:
    """What a cast gave, in mg. charge = pieces + sprue and button + scrap + dust + loss, exactly; only the loss is computed."""

    alloy: str
    charge_mg: int
    pieces_mg: int
    sprue_and_button_mg: int
    scrap_mg: int
    dust_mg: int
    scale_mg: int = 10

    def __post_init__(self) -> None:
        """Refuse an outturn that is heavier than its charge."""
        lost_mg(self.charge_mg, self.weighed, scale_mg=self.scale_mg)

    @property
    def weighed(self) -> tuple[int, int, int, int]:
        """Everything that was put on the scale after the cast."""
        return (self.pieces_mg, self.sprue_and_button_mg, self.scrap_mg, self.dust_mg)

    @property
    def loss_mg(self) -> int:
        """The rest."""
        return self.charge_mg - sum(self.weighed)

    def entry(self, *, melt: str, pieces: str, returns: str, scrap: str, dust: str, loss: str) -> Entry:
        """The ledger entry that empties the melt into these accounts."""
        return with_loss(
            alloy_code=self.alloy,
            issued_mg=self.charge_mg,
            giver=melt,
            returned=tuple(zip((pieces, returns, scrap, dust), self.weighed, strict=True)),
            loss=loss,
            scale_mg=self.scale_mg,
        )
