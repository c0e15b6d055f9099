"""Everything the workshop refuses in a sentence: shown on the page it was asked on, with nothing changed."""

from foundation.files.actions import NotTaken
from foundation.flow import WrongTurn
from foundation.mass import NotAMass
from foundation.people.signing import CannotSign
from production.casting.actions import CannotPlan, WrongCharge, WrongOutturn
from production.designs.actions import NothingSaid, NotTheNewest
from production.metal.actions import NotALot
from production.metal.allowances import LossNeedsWitness
from production.metal.books import NotEnoughMetal, OtherEntry
from production.metal.ledger import DoesNotBalance, MoreThanCharged, NotAWeight
from production.planning.promise import CannotPromise
from production.quality.actions import DoesNotPass, InspectsOwnWork, NotUnderInspection
from production.stones.actions import NothingToIssue, StonesNotConserved
from production.stones.losses import NeedsAnother
from production.tickets.actions import CannotDivide, NotDrawn, NotEvidence


class Unreadable(Exception):
    """What was typed could not be read, in a sentence."""


REFUSALS: tuple[type[Exception], ...] = (
    WrongTurn, NotEvidence, NotAMass, NotTaken, CannotPlan, WrongCharge, WrongOutturn, NothingSaid, NotTheNewest,
    NotEnoughMetal, OtherEntry, DoesNotBalance, MoreThanCharged, NotAWeight, DoesNotPass, InspectsOwnWork, NotUnderInspection,
    NothingToIssue, StonesNotConserved, NeedsAnother, LossNeedsWitness, CannotSign, NotDrawn, CannotDivide, NotALot,
    CannotPromise, Unreadable,
)  # fmt: skip
