"""The sentences of an order's page: what is going on, when it leaves, and what the buyer has to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from store.orders import wording
from store.orders.flow import OrderState, WorkState
from store.orders.models import Cause, Due, DueKind, Order, OrderLine, ParcelNote, WorkOrder
from store.payments.flow import RefundState
from store.payments.models import Payment, Refund


@dataclass(frozen=True)
class Where:
    """Where an order stands, as the sentences need it."""

    order: Order
    lines: list[OrderLine]
    works: list[WorkOrder]
    parcels: list[ParcelNote]
    today: date

    @property
    def least(self) -> WorkOrder | None:
        """The piece that has the longest way to go."""
        stages = wording.STAGES
        place = {stage: number for number, stage in enumerate(stages)}
        return min(self.works, key=lambda work: place.get(work.progress.stage, -1), default=None)

    @property
    def balance(self) -> Due | None:
        """The balance, while it can be paid and is asked for."""
        dues = (due for due in self.order.dues.all() if due.kind == DueKind.BALANCE and due.state == "asked")
        return next(dues, None)

    @property
    def is_packed(self) -> bool:
        """Whether all of it is made, packed and paid, and only has to leave."""
        made = all(work.state in (WorkState.MADE, WorkState.FINISHED) for work in self.works)
        return made and self.order.delivery_state == "packed" and self.balance is None

    @property
    def waits_for_approval(self) -> WorkOrder | None:
        """A piece whose newest design nobody has answered."""
        for work in self.works:
            designs = sorted(work.designs.all(), key=lambda design: design.revision)
            if designs and not designs[-1].is_answered and work.state == WorkState.OPENED:
                return work
        return None


def headline(where: Where) -> str:
    """What is going on, in one sentence."""
    order = where.order
    ended = {
        OrderState.AWAITING_PAYMENT: _waiting(order),
        OrderState.EXPIRED: _("This order was not paid in time"),
        OrderState.CANCELLED: _("This order is called off"),
        OrderState.COMPLETED: _("Your order has arrived"),
    }.get(OrderState(order.state))
    if ended:
        return ended
    if order.delivery_state == "sent":
        return _("Your order is on its way")
    if order.delivery_state == "delivered":
        return _("Your order has arrived")
    if where.is_packed:
        return _("Your order is packed")
    return _making(where) if where.works else _("We are packing your order")


def _waiting(order: Order) -> str:
    """The money may be here before the order has taken note of it."""
    return _("Thank you, your payment is here") if paid_already(order) else _("Your order waits for its payment")


PAID = "paid_already"
"""Where an order that is being shown keeps the answer: several sentences of its page ask."""


def paid_already(order: Order) -> set[int]:
    """The open dues for which enough money has arrived that the order has not noted yet."""
    if (known := vars(order).get(PAID)) is not None:
        return set(known)
    dues = {due.reference: due for due in order.dues.all() if due.is_open}
    if not dues:
        return set()
    came = (
        Payment.objects.filter(due__in=dues).values("due").annotate(sum=Sum("amount_minor")).values_list("due", "sum")
    )
    vars(order)[PAID] = {dues[due].pk for due, sum_minor in came if sum_minor >= dues[due].owed_minor}
    return set(vars(order)[PAID])


def _making(where: Where) -> str:
    if where.balance is not None:
        return _("Your order is finished and packed")
    work = where.waits_for_approval
    if work is not None:
        return _("The design of your %(piece)s is ready for you") % {"piece": work.line.piece_name}
    work = where.least
    if work is None:
        return _("We are packing your order")
    sentences = {
        "design": _("Your %(piece)s is being designed"),
        "casting": _("Your %(piece)s is being cast"),
        "assembly": _("Your %(piece)s is being filed and set")
        if work.line.stones
        else _("Your %(piece)s is being filed and fitted"),
        "finishing": _("Your %(piece)s is being polished"),
        "quality": _("Your %(piece)s is under the loupe"),
        "packaging": _("Your %(piece)s has passed its inspection"),
    }
    return sentences.get(work.progress.stage, _("Your %(piece)s is in the workshop’s hands")) % {
        "piece": work.line.piece_name
    }


def promise(where: Where) -> str:
    """When it leaves, and what the buyer has to do. Late comes first."""
    state = where.order.state
    if state == OrderState.CANCELLED:
        return _going_back(where.order)
    if state == OrderState.COMPLETED:
        return ""
    if state == OrderState.EXPIRED and where.order.channel == "conversation":
        return _("Nothing was charged. Open your quote’s link to ask for it again, or write to us.")
    if state == OrderState.EXPIRED:
        return _("Nothing was charged. Your basket still has everything: you can order again.")
    if state == OrderState.AWAITING_PAYMENT:
        if paid_already(where.order):
            return _("We are noting it now. This page shows what happens next in a moment.")
        return _("Pay it below and we begin. Nothing has been charged yet.")
    if where.order.delivery_state in ("sent", "delivered"):
        return ""
    return f"{_when(where)} {_to_do(where)}".strip()


def _when(where: Where) -> str:
    """The day it leaves; nothing where that is in time and hangs on the balance alone."""
    if where.balance is not None and not is_late(where):
        return ""
    promised, first = _promised(where), where.order.promise_on
    on = wording.weekday(promised)
    if where.today > promised:
        return _("It should have left us by %(on)s and has not. We are on it, and will write to you.") % {"on": on}
    if promised > first:
        cause = next((w.progress.promise_cause for w in where.works if w.progress.promise_cause), "")
        late = _("It is late: it leaves us by %(on)s, not by %(first)s as we first promised.")
        return f"{late % {'on': on, 'first': wording.weekday(first)}} {cause}".strip()
    return _("It leaves us by %(on)s, as promised.") % {"on": on}


def _to_do(where: Where) -> str:
    if where.balance is not None:
        return _("It leaves as soon as the balance is paid.")
    if where.waits_for_approval is not None:
        return _("Look at the design and approve it, or say what should be different: we cast after that.")
    return _("Nothing for you to do.")


def is_late(where: Where) -> bool:
    """Whether it leaves later than was first promised."""
    running = where.order.state == OrderState.CONFIRMED and where.order.delivery_state in ("waiting", "packed")
    promised = _promised(where)
    return running and (promised > where.order.promise_on or where.today > promised)


def _promised(where: Where) -> date:
    moved = [work.progress.promise_on for work in where.works if work.progress.promise_on]
    return max(
        [*moved, *(line.promise_on for line in where.lines if not line.is_custom)], default=where.order.promise_on
    )


def entry(headline: str, stage: str, *, has_stones: bool) -> str:
    """One entry of the diary in words: what happened, else where it came to."""
    known = {
        "packed": _("Packed and sealed"),
        "dispatched": _("Handed to the carrier"),
        "delivered": _("Delivered"),
        "opened": _("Your job bag was opened in the workshop"),
        "drawing": _("A designer is drawing your piece"),
        "inspecting": _("Under the loupe"),
        "passed": _("Passed its inspection"),
        "scrapped": _("It did not become what it should; we begin again"),
        "cancelled": _("The work was called off"),
        "sent_back": _("Inspection found something; it goes back to the bench"),
        "changed": _("Changed while it was being made"),
        "on_hold": _("The work rests"),
        "resumed": _("The work goes on"),
    }
    return known.get(headline) or wording.begun(stage, has_stones=has_stones).rstrip(".") or _("News from the workshop")


def milestones(order: Order) -> Iterable[tuple[datetime, str, str]]:
    """What the order itself adds to the diary: paid, and placed. When, its title, more words."""
    for due in sorted(order.dues.all(), key=lambda due: -due.pk):
        if due.paid_at:
            amount = wording.money(due.amount_minor, order.currency)
            title = _("%(what)s of %(amount)s received") % {"what": due.get_kind_display(), "amount": amount}
            yield due.paid_at, title, ""
    yield order.placed_at, _("Order placed"), ""


def taken_back(order: Order) -> Iterable[tuple[datetime, str, str]]:
    """What was taken back of it, and the money that goes back for it."""
    if not any(due.credited_minor for due in order.dues.all()):
        return
    titles = {
        Cause.CALLED_OFF: _("Called off"),
        Cause.RETURNED: _("What you sent back is settled"),
        Cause.GOODWILL: _("A refund from the house"),
        Cause.CHANGED: _("Less to pay for what you changed"),
    }
    for credit in order.credits.all():
        yield credit.at, str(titles[Cause(credit.cause)]), credit.words
    for refund in refunds(order):
        amount = {"amount": wording.money(refund.amount_minor, order.currency)}
        done = refund.state == RefundState.DONE
        yield refund.asked_at, (_("%(amount)s paid back") if done else _("%(amount)s goes back to you")) % amount, ""


REFUNDS = "refunds_shown"


def refunds(order: Order) -> list[Refund]:
    """The money that went or goes back, asked for once a page."""
    if (known := vars(order).get(REFUNDS)) is None:
        dues = [due.reference for due in order.dues.all()]
        rows = Refund.objects.filter(payment__due__in=dues).exclude(state=RefundState.FAILED).order_by("pk")
        known = vars(order)[REFUNDS] = list(rows)
    return list(known)


def _going_back(order: Order) -> str:
    if not any(due.paid_at for due in order.dues.all()):
        return _("Nothing was charged.")
    sum_minor = sum(refund.amount_minor for refund in refunds(order))
    if not sum_minor:
        return _("What you paid covers the work that was done; nothing goes back.")
    amount = wording.money(sum_minor, order.currency)
    return _("%(amount)s goes back the way it came. By card it shows within ten working days.") % {"amount": amount}
