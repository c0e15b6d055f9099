"""A till counted at the end of a day, against what the books say lies in it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from foundation.house.models import Site
from foundation.people.models import User
from store.counter.models import Till, TillCount
from store.payments.models import Account, MoneyEntry


class CannotCount(Exception):
    """Why a count is not taken, in a sentence."""


def expected_minor(site: Site) -> int:
    """What the books say lies in this till: cash in, less what went back or to the bank, and what counts put right."""
    of_till = (
        Q(payment__taken__site=site)
        | Q(refund__payment__taken__site=site)
        | Q(due__in=TillCount.objects.filter(till__site=site).values("reference"))
    )
    entries = MoneyEntry.objects.filter(of_till)
    came = entries.filter(debit=Account.CASH).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    went = entries.filter(credit=Account.CASH).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    return int(came - went)


@transaction.atomic
def count_till(
    *, site: Site, reference: UUID, counted_minor: int, banked_minor: int, note: str, at: datetime, by: User
) -> TillCount:
    """Write down what was counted, once per `reference`; the books follow it.

    Refuses, with CannotCount, to bank more than was counted, and a difference that nobody says a word about.
    """
    Till.objects.bulk_create([Till(site=site)], ignore_conflicts=True)
    till = Till.objects.select_for_update().get(site=site)
    if found := TillCount.objects.filter(reference=reference).first():
        return found
    if not 0 <= banked_minor <= counted_minor:
        raise CannotCount(_("Not more can go to the bank than was counted."))
    expected = expected_minor(site)
    if counted_minor != expected and len(note.strip()) < 3:
        raise CannotCount(_("The till does not hold what the books say. Count again, or write down why."))
    made = TillCount.objects.create(
        reference=reference, till=till, currency=site.seller.currency, expected_minor=expected,
        counted_minor=counted_minor, banked_minor=banked_minor, note=note.strip()[:200], at=at, by=by,
    )  # fmt: skip
    _book(made, site)
    return made


def _book(count: TillCount, site: Site) -> None:
    """What was too much or too little, and what went to the bank."""
    over = count.difference_minor
    if over > 0:
        _enter(count, site, "over", debit=Account.CASH, credit=Account.DIFFERENCE, minor=over)
    if over < 0:
        _enter(count, site, "short", debit=Account.DIFFERENCE, credit=Account.CASH, minor=-over)
    if count.banked_minor:
        _enter(count, site, "banked", debit=Account.TRANSFER, credit=Account.CASH, minor=count.banked_minor)


def _enter(count: TillCount, site: Site, what: str, *, debit: Account, credit: Account, minor: int) -> None:
    MoneyEntry.objects.create(
        key=f"till:{count.pk}:{what}", seller=site.seller, due=count.reference, debit=debit, credit=credit,
        amount_minor=minor, currency=count.currency,
    )  # fmt: skip
