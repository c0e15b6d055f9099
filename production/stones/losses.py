"""Stones that are lost at a bench: nothing is written off before two people have signed for it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.people.models import User
from production.stones.actions import StonesNotConserved, break_stone
from production.stones.flow import AllotmentState as S
from production.stones.models import Allotment, Loss


class NeedsAnother(Exception):
    """Why this person's name is not the second one, in a sentence."""


@transaction.atomic
def report(*, allotment: Allotment, pcs: int, note: str, by: User, action_id: str) -> Loss:
    """Write down that stones can't be found. Once for an `action_id`.

    Refuses, with StonesNotConserved, a report without words, and more stones than the bench has of them.
    """
    if written := Loss.objects.filter(action_id=action_id).first():
        return written
    if not (said := note.strip()[:300]):
        raise StonesNotConserved(_("Say what happened to the stone."))
    held = Allotment.objects.select_for_update().get(pk=allotment.pk)
    if not 0 < pcs <= _at_the_bench(held):
        raise StonesNotConserved(_("The bench does not have that many stones of this ticket."))
    return Loss.objects.create(allotment=held, pcs=pcs, note=said, reported_by=by, action_id=action_id)


def _at_the_bench(allotment: Allotment) -> int:
    """How many of an allotment's stones are there and not reported lost."""
    if allotment.state not in (S.ISSUED, S.SET):
        return 0
    missed = Loss.objects.filter(allotment=allotment, signed_at=None, found_at=None)
    return allotment.pcs - missed.aggregate(n=Sum("pcs", default=0))["n"]


@transaction.atomic
def sign(*, loss: Loss, by: User, now: datetime) -> Loss:
    """A second person looked too: the stones are written off, and the ticket is owed others. Once.

    Refuses, with NeedsAnother, whoever reported it.
    """
    loss = _locked(loss)
    if loss.signed_at:
        return loss
    _must_be_open(loss)
    if loss.reported_by_id == by.pk:
        raise NeedsAnother(_("You reported this stone lost: somebody else has to sign for it."))
    gone = break_stone(allotment=loss.allotment, by=by, note=loss.note, pcs=loss.pcs, lost=True)
    loss.allotment, loss.signed_by, loss.signed_at = gone, by, now
    loss.save(update_fields=["allotment", "signed_by", "signed_at"])
    return loss


@transaction.atomic
def find(*, loss: Loss, by: User, now: datetime) -> Loss:
    """It turned up: nothing is written off. Once."""
    loss = _locked(loss)
    if loss.found_at:
        return loss
    _must_be_open(loss)
    loss.found_by, loss.found_at = by, now
    loss.save(update_fields=["found_by", "found_at"])
    return loss


def _locked(loss: Loss) -> Loss:
    return Loss.objects.select_for_update(of=("self",)).select_related("allotment").get(pk=loss.pk)


def _must_be_open(loss: Loss) -> None:
    if loss.signed_at or loss.found_at:
        raise StonesNotConserved(_("This loss is closed."))
