"""Histories at random, by the product's own actions: money, stock, stones and metal balance after every step.

Orders come, are paid once, twice, half or never, are cast, sent back, scrapped, called off, refunded, packed and sent, in
any order and by whoever happens to be there. Most steps are refused, in a sentence; none leaves the books uneven.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import demo.shelves
import demo.workshop
from config.reconcile import QUESTIONS
from demo import buying, parcels
from demo.bench import Bench, divide_tree, pour_tree, stand_on_tree
from demo.catalogue import DESIGNS
from demo.clock import Clock
from demo.guests import EVERYBODY
from demo.owed import do_what_is_owed
from demo.people import hired
from demo.pieces import LARGE, MEDIUM
from foundation.flow import WrongTurn
from foundation.house.models import Brand
from foundation.outbox.models import Work
from packing import actions as packing
from packing.models import Parcel
from production.casting import actions as casting
from production.casting.bags import waiting
from production.casting.models import Tree
from production.metal.allowances import LossNeedsWitness
from production.metal.books import NotEnoughMetal
from production.metal.models import HOLDING, Account, Leg
from production.stones.actions import NothingToIssue, StonesNotConserved
from production.stones.models import Allotment, Loss, Stone
from production.tickets import actions as tickets
from production.tickets.actions import NotEvidence
from production.tickets.models import Operation, Ticket
from store.catalogue.actions import OutOfStock
from store.catalogue.models import Hold, Piece, Stock, StockMovement, StoneChoice, Variant
from store.orders import actions as orders
from store.orders.flow import DueState, OrderState
from store.orders.models import Due, Order
from store.payments import actions as payments
from store.payments import stripe_door
from store.payments.actions.payments import WrongAmount
from store.payments.actions.refunds import TooMuch
from store.payments.models import MoneyEntry, Payment, Refund
from store.pricing.choices import Choice

REFUSALS = (
    WrongTurn, OutOfStock, orders.CannotPay, orders.CannotCallOff, orders.CannotAnswer, orders.CannotOrder, WrongAmount, TooMuch,
    NotEvidence, NothingToIssue, StonesNotConserved, LossNeedsWitness, NotEnoughMetal, casting.CannotPlan, casting.WrongCharge,
    packing.NotPacking, packing.NoTracking,
)  # fmt: skip
"""A refusal is a sentence and changes nothing. Anything else that is raised fails the test."""

pytestmark = pytest.mark.django_db(transaction=True)


def stripe_sends_back(*, amount_minor, reference, **_):
    return stripe_door.RefundSeen(stripe_id=f"re_{reference}", status="succeeded", amount_minor=amount_minor)


class House:
    """The demo house without orders, its people, its clock, and the steps that a history is made of."""

    def __init__(self) -> None:
        self.brand = Brand.objects.select_related("seller").get(code="ajour")
        self.people = hired()
        self.clock = Clock(timezone.now(), end=timezone.now() + timedelta(days=400))

    @property
    def now(self):
        return self.clock.read()

    def pick(self, rows, n):
        """One of these rows, in their own order; None where there are none."""
        found = list(rows.order_by("pk"))
        return found[n % len(found)] if found else None

    # Buying

    def order_made(self, n):
        piece = self.pick(Piece.objects.filter(made_to_order=True).select_related("brand__seller"), n)
        stones = list(piece.stones.order_by("position"))
        stone = stones[n // 7 % len(stones)] if stones else None
        alloy = [metal.alloy for metal in piece.metals.all()][n // 3 % 2]
        choice = Choice(piece, alloy, (MEDIUM, LARGE)[n % 2], stone, "", "")
        buying.order_made(choice, EVERYBODY[n % 5], brand=self.brand, people=self.people, now=self.now)

    def order_from_the_tray(self, n):
        variant = self.pick(Variant.objects.select_related("piece"), n)
        buying.order_ready(variant, EVERYBODY[n % 5], brand=self.brand, people=self.people, now=self.now)

    def pay_by_card(self, n):
        if order := self.pick(Order.objects.filter(dues__state__in=["owed", "asked"]).distinct(), n):
            buying.pay_by_card(order, now=self.now)

    def pay_by_transfer(self, n):
        """All of it, half of it, or too much."""
        due = self.pick(Due.objects.filter(state__in=["owed", "asked"]).select_related("order"), n)
        if due:
            sum_ = (due.amount_minor, due.amount_minor // 2, due.amount_minor + 500)[n // 5 % 3]
            orders.record_for_order(
                order=due.order,
                due=due,
                method="transfer",
                amount_minor=sum_,
                note="",
                at=self.now,
                by=self.people["sales"],
            )

    def call_off(self, n):
        if order := self.pick(Order.objects.all(), n):
            orders.cancel_order(order=order, by=self.people["sales"], reason="They changed their mind.")

    def refund(self, n):
        payment = self.pick(Payment.objects.filter(method="transfer"), n)
        if payment:
            some = max(1, payment.refundable_minor() // (1 + n % 2))
            payments.refund(
                payment=payment, amount_minor=some, reason="Kindness", key=str(uuid4()), by=self.people["sales"]
            )

    def send_back_money(self, n):
        if refund := self.pick(Refund.objects.waiting().exclude(payment__method="card"), n):
            payments.mark_paid_back(refund, by=self.people["sales"])

    # The benches

    def work(self, n):
        """Whoever's turn it is does what the operation asks for."""
        rows = Operation.objects.filter(state__in=["ready", "running"]).exclude(craft__in=["cast", "pack"])
        operation = self.pick(rows.select_related("ticket__site"), n)
        if operation:
            bench = Bench(operation.ticket, self.people, "Somebody")
            bench.work(operation) if operation.state == "ready" else bench.end(operation)

    def begin(self, n):
        rows = Operation.objects.filter(state="ready").exclude(craft__in=["cast", "pack", "approve"])
        if operation := self.pick(rows.select_related("ticket__site"), n):
            Bench(operation.ticket, self.people, "Somebody").begin(operation)

    def stand_on_tree(self, n):
        site = self.people and Ticket.objects.first() and Ticket.objects.first().site
        pile = list(waiting(site)) if site else []
        alloys = sorted({one.ticket.alloy for one in pile})
        if alloys:
            same = [one for one in pile if one.ticket.alloy == alloys[n % len(alloys)]]
            stand_on_tree(same, flask="3", by=self.people["caster"])

    def pour(self, n):
        if tree := self.pick(Tree.objects.filter(state="built"), n):
            pour_tree(tree, by=self.people["caster"])

    def divide(self, n):
        if tree := self.pick(Tree.objects.filter(state="poured"), n):
            divide_tree(tree, by=self.people["caster"])

    def fail_tree(self, n):
        if tree := self.pick(Tree.objects.filter(state__in=["charged", "poured"]), n):
            casting.fail_tree(tree=tree, note="It cracked.", by=self.people["caster"])

    def find_a_fault(self, n):
        operation = self.pick(Operation.objects.filter(craft="inspect", state__in=["ready", "running"]), n)
        if operation:
            Bench(operation.ticket, self.people, "Somebody").send_back(operation)

    def scrap(self, n):
        if ticket := self.pick(Ticket.objects.all(), n):
            tickets.scrap(ticket=ticket, reason="Cracked beyond repair.", by=self.people["production_manager"])

    def rest_or_go_on(self, n):
        ticket = self.pick(Ticket.objects.in_the_workshop(), n)
        if ticket and ticket.state == "open":
            tickets.hold(ticket=ticket, reason="We ask first.", by=self.people["production_manager"])
        elif ticket:
            tickets.resume(ticket=ticket, by=self.people["production_manager"])

    def break_or_lose_a_stone(self, n):
        kept = self.pick(Allotment.objects.filter(state="issued"), n)
        operation = Operation.objects.filter(ticket__number=kept.ticket, state="running").first() if kept else None
        if operation:
            said = {"operation": operation, "allotment": kept, "pcs": 1, "note": "Gone.", "by": self.people["setter"]}
            (tickets.report_broken, tickets.report_lost)[n % 2](action_id=str(uuid4()), **said)

    def sign_or_find(self, n):
        loss = self.pick(Loss.objects.all(), n)
        if loss:
            end = (tickets.sign_lost, tickets.found_again)[n % 2]
            end(loss=loss, by=self.people["production_manager"], now=self.now)

    # Packing, and time

    def pack(self, n):
        if parcel := self.pick(Parcel.objects.filter(state="requested"), n):
            parcels.pack(parcel, people=self.people, now=self.now)

    def send(self, n):
        if parcel := self.pick(Parcel.objects.filter(state="sealed"), n):
            parcels.send(parcel, people=self.people, tracking_number="AJ123456789GB")

    def arrive(self, n):
        if parcel := self.pick(Parcel.objects.filter(state="dispatched"), n):
            packing.note_arrival(parcel=parcel, by=None)

    def wait(self, n):
        """An hour or three days go by; what nobody paid runs out."""
        self.clock.set(self.clock.at + (timedelta(hours=1), timedelta(days=3))[n % 2])
        orders.expire_unpaid(now=self.now)


STEPS: tuple[Callable[[House, int], None], ...] = (
    House.order_made, House.order_made, House.order_from_the_tray, House.pay_by_card, House.pay_by_card, House.pay_by_transfer,
    House.call_off, House.refund, House.send_back_money, House.work, House.work, House.work, House.begin,
    House.stand_on_tree, House.pour, House.divide, House.fail_tree, House.find_a_fault, House.scrap, House.rest_or_go_on,
    House.break_or_lose_a_stone, House.sign_or_find, House.pack, House.send, House.arrive, House.wait,
)  # fmt: skip
RUN_UP = (
    House.order_made, House.pay_by_card, House.work, House.work, House.work, House.stand_on_tree, House.pour, House.divide,
    House.work, House.work, House.work, House.work, House.pack, House.pay_by_card, House.send, House.arrive,
)  # fmt: skip
"""One piece from the order to the door: a history begins somewhere on this way, so that chance gets that far."""
FEW = ("sill", "eave", "transom")


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """A house with three pieces, committed once; every history is undone after it was played."""
    patch = pytest.MonkeyPatch()
    kept = [one for one in DESIGNS if one.slug in FEW]
    with django_db_blocker.unblock():
        patch.setattr(demo.shelves, "DESIGNS", kept)
        patch.setattr(demo.workshop, "DESIGNS", kept)
        patch.setattr(stripe_door, "refund", stripe_sends_back)
        call_command("flush", interactive=False, verbosity=0)
        call_command("load_demo", days=0)
        yield House
        call_command("flush", interactive=False, verbosity=0)
    patch.undo()


@settings(
    max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate]
)
@given(
    reached=st.integers(0, len(RUN_UP)),
    chance=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 99)), min_size=6, max_size=18),
)
def test_everything_balances_whatever_happens(house, tmp_path_factory, reached, chance):
    with transaction.atomic():
        here = house()
        with here.clock.running():
            for step, n in (*((step, 0) for step in RUN_UP[:reached]), *chance):
                play(here, step, n)
        transaction.set_rollback(True)


def play(here, step, n):
    """One step, refused or done, and everything that follows from it; then the books."""
    try:
        with transaction.atomic():
            step(here, n)
    except REFUSALS:
        pass
    do_what_is_owed()
    wrong = list(uneven(here))
    assert wrong == [], f"after {step.__name__}({n}): {wrong}"


def uneven(here):
    """Everything that does not balance, in sentences."""
    late = here.now + timedelta(hours=3)
    for name, ask in QUESTIONS.items():
        if name != "stripe":
            yield from (f"{name}: {text}" for text in ask(late))
    yield from (f"{work.key}: {work.last_error[-200:]}" for work in Work.objects.exclude(last_error=""))
    yield from uneven_metal()
    yield from uneven_stock()
    yield from uneven_stones()
    yield from uneven_money()


def uneven_metal():
    for metal, total in Leg.objects.values_list("account__metal").annotate(s=Sum("fine_dug")):
        if total:
            yield f"{metal} sums to {total}"
    yield from (f"{one} holds less than nothing" for one in Account.objects.filter(kind__in=HOLDING, fine_dug__lt=0))


def uneven_stock():
    """What lies there is what came less what was sold; what is held is what baskets and unpaid orders hold."""
    moved = dict(StockMovement.objects.values_list("stock").annotate(s=Sum("quantity")))
    held = dict(Hold.objects.live().values_list("stock").annotate(s=Sum("quantity")))
    for row in Stock.objects.all():
        if row.on_hand != moved.get(row.pk, 0) or row.held != held.get(row.pk, 0) or not 0 <= row.held <= row.on_hand:
            yield f"stock {row.pk}: {row.on_hand} there, {moved.get(row.pk, 0)} by its movements, {row.held} held"


def uneven_stones():
    """No stone is in two bags; and none is both sold and free: in the shop's tray, and in a bag or a live order."""
    live = Allotment.objects.exclude(state="returned").filter(stone__isnull=False)
    bags = list(live.values_list("stone", flat=True))
    if len(bags) != len(set(bags)):
        yield f"a stone is in two bags: {bags}"
    for choice in StoneChoice.objects.exclude(report_number=""):
        lies = Stock.objects.filter(stone=choice).aggregate(s=Sum("on_hand"))["s"] or 0
        stone = Stone.objects.filter(certificate=choice.report_number).first()
        used = stone is not None and stone.pk in bags
        sold = Hold.objects.filter(stock__stone=choice, state="taken").count()
        if lies + sold != 1 or (lies and used):
            yield f"{choice.report_number}: {lies} in the tray, {sold} sold, {'in a bag' if used else 'in no bag'}"


def uneven_money():
    """Nothing stays paid that was not received, an order off keeps no more than its invoices, a completed one is paid."""
    for due in Due.objects.filter(state=DueState.PAID).exclude(order__state=OrderState.CANCELLED):
        if kept_of(due.reference) != due.amount_minor:
            yield f"due {due.pk} of {due.order.number}: paid, and {kept_of(due.reference)} of {due.amount_minor} is here"
    for order in Order.objects.filter(state=OrderState.COMPLETED):
        if order.dues.exclude(state__in=[DueState.PAID, DueState.REFUNDED]).exists():
            yield f"order {order.number} is completed and not paid"
    for payment in Payment.objects.all():
        if not 0 <= payment.refundable_minor() <= payment.amount_minor:
            yield f"payment {payment.pk}: more went back than came"
    entries = MoneyEntry.objects.aggregate(s=Sum("amount_minor"))["s"] or 0
    if entries < 0:
        yield f"money entries come to {entries}"


def kept_of(due: UUID) -> int:
    return sum(payment.refundable_minor() for payment in Payment.objects.filter(due=due))
