"""The nightly look at the books: every wing is asked through its own questions, and what disagrees is written down."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from foundation.office.actions import record_findings
from packing.models import Content
from production.metal import questions as metal
from production.stones import questions as stones
from production.tickets.models import Ticket
from store.orders import questions as orders

PATIENCE = timedelta(minutes=10)
Question = Callable[[datetime], Iterable[str]]


def reconcile(*, now: datetime) -> dict[str, int]:
    """Ask everything, write down what was found, answer how many findings of each kind are open."""
    return {kind: record_findings(kind=kind, found=ask(now), now=now) for kind, ask in QUESTIONS.items()}


def ledger_not_zero(now: datetime) -> Iterable[str]:
    """The metal books must sum to nothing, and every kept balance to its legs."""
    for name, fine_dug in metal.totals().items():
        if fine_dug:
            yield f"The metal books of {name} sum to {fine_dug} tenths of a microgram, not to nothing."
    for account in metal.drifted():
        yield f"The balance kept for {account} is not the sum of its entries."


def stones_not_conserved(now: datetime) -> Iterable[str]:
    """Stones that came in and are neither there, set, broken nor lost."""
    return (f"Stones don't come out as they went in: {where}" for where in stones.not_conserved())


def finished_without_parcel(now: datetime) -> Iterable[str]:
    """A finished piece lies in a parcel, but for what nobody waited for any more."""
    packed = Content.objects.values("reference")
    rows = Ticket.objects.filter(state="finished").exclude(reference__in=packed).exclude(purpose="stock")
    return (f"Ticket {number} is finished and lies in no parcel." for number in rows.values_list("number", flat=True))


def closed_with_metal(now: datetime) -> Iterable[str]:
    """A closed ticket's metal account is nothing."""
    held = metal.bags_with_metal()
    rows = Ticket.objects.filter(number__in=list(held)).exclude(state__in=["open", "on_hold"])
    return (
        f"Ticket {number} is closed and its account holds metal." for number in rows.values_list("number", flat=True)
    )


QUESTIONS: dict[str, Question] = {
    "paid_without_ticket": lambda now: orders.paid_lines_without_a_ticket(now=now),
    "made_without_parcel": lambda now: orders.made_pieces_without_a_parcel(now=now),
    "order_total": lambda now: orders.orders_that_do_not_add_up(),
    "order_payments": lambda now: orders.payments_that_do_not_fit(now=now),
    "credits": lambda now: orders.credits_that_do_not_agree(),
    "money_books": lambda now: orders.books_that_do_not_agree(),
    "stripe": lambda now: orders.money_that_does_not_fit(),
    "metal_books": ledger_not_zero,
    "stones": stones_not_conserved,
    "finished_without_parcel": finished_without_parcel,
    "closed_with_metal": closed_with_metal,
}
