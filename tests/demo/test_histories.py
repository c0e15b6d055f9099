"""Histories at random, by the product's own actions: money, stock, stones and metal balance throughout.

Orders come by the shop, over the counter and on account; they are paid once, twice, half or never, changed, cast, sent back,
scrapped, begun again, called off whole or by line, refunded, packed and sent, in any order and by whoever happens to be
there. Many steps are refused, in a sentence; none leaves the books uneven. A new kind of event is one more function in STEPS.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from django.core.management import call_command
from django.db import transaction

import demo.bench
import demo.shelves
import demo.workshop
from demo import trade
from demo.bench import Bench, pour_tree, stand_on_tree
from demo.catalogue import DESIGNS
from demo.owed import do_what_is_owed
from foundation.flow import WrongTurn
from packing import actions as packing
from production.casting import actions as casting
from production.metal.allowances import LossNeedsWitness
from production.metal.books import NotEnoughMetal
from production.stones.actions import NothingToIssue, StonesNotConserved
from production.stones.models import Loss
from production.tickets.actions import CannotDivide, NotEvidence, split
from production.tickets.models import Operation, Ticket
from store.catalogue.actions import OutOfStock
from store.counter.actions import CannotSell
from store.orders import actions as orders
from store.orders.models import Order
from store.payments import stripe_door
from store.payments.actions.payments import WrongAmount
from store.payments.actions.refunds import TooMuch
from store.returns import actions as returns
from tests.demo import acting
from tests.demo import acting_at_the_benches as benches
from tests.demo.balancing import uneven

REFUSALS = (
    acting.NothingThere, WrongTurn, OutOfStock, orders.CannotPay, orders.CannotCallOff, orders.CannotAnswer, orders.CannotOrder,
    orders.CannotChange, orders.CannotDecide, orders.NothingToSend, CannotSell, WrongAmount, TooMuch, NotEvidence,
    NothingToIssue, StonesNotConserved, LossNeedsWitness, NotEnoughMetal, CannotDivide, casting.CannotPlan,
    casting.WrongCharge, returns.CannotGive, returns.CannotReturn, returns.CannotDecide, packing.NotPacking, packing.NoTracking,
)  # fmt: skip
"""A refusal is a sentence and changes nothing. Anything else that is raised fails the test."""

pytestmark = pytest.mark.django_db(transaction=True)

Step = Callable[[acting.House, int], None]
SHOP: tuple[Step, ...] = (
    acting.order_made, acting.order_from_the_tray, acting.order_on_account, acting.accept_over_limit, acting.sell_at_the_counter,
    acting.move_between_sites, acting.pay_by_card, acting.pay_by_card, acting.pay_by_transfer, acting.give_some_back, acting.ask_to_send_back, acting.find_fault_with_a_piece, acting.accept_a_return, acting.note_a_return, acting.decide_on_a_return,
    acting.send_back_money, acting.call_off, acting.call_off_a_line, acting.decide_on_what_is_left, acting.change_a_ring,
    acting.make_a_ring_smaller, acting.take_a_change_back, acting.pack, acting.send, acting.send_what_is_made, acting.arrive,
    acting.wait,
)  # fmt: skip
BENCHES: tuple[Step, ...] = (
    benches.work, benches.work, benches.work, benches.begin, benches.begin, benches.stand_on_a_tree, benches.pour,
    benches.divide, benches.fail_tree, benches.find_a_fault, benches.scrap, benches.split, benches.merge,
    benches.rest_or_go_on, benches.lose_a_stone, benches.break_a_stone, benches.sign_for_a_loss,
    benches.find_a_stone_again,
)  # fmt: skip
STEPS = SHOP + BENCHES
HISTORIES, LOOKED_AT_EVERY = 5, 4
"""So many histories, the books looked at after every so manyth step that was done."""
MUST_HAPPEN = (
    acting.change_a_ring, acting.make_a_ring_smaller, acting.take_a_change_back, acting.sell_at_the_counter, acting.order_on_account, acting.accept_over_limit,
    acting.send_what_is_made, acting.move_between_sites, acting.call_off, acting.call_off_a_line, acting.give_some_back,
    acting.accept_a_return, acting.decide_on_a_return, benches.work, benches.stand_on_a_tree, benches.divide, benches.fail_tree,
    benches.scrap, benches.find_a_fault, benches.split, benches.merge, benches.lose_a_stone, benches.sign_for_a_loss,
)  # fmt: skip
"""Histories in which everything is refused would balance, too."""
FEW = ("sill", "eave", "transom")
STANDS_AT = ("draw", "cast", "cast", "clean", "set", "set", "inspect", "pack")
"""A piece is paid for and lies before each of these crafts when a history begins, so that chance gets everywhere."""

A_TRIANGLE = bytes(80) + (1).to_bytes(4, "little") + bytes(50)
"""The smallest casting file: what the benches are told of a model's shape is no matter here."""


def stripe_sends_back(*, amount_minor, reference, **_):
    return stripe_door.RefundSeen(stripe_id=f"re_{reference}", status="succeeded", amount_minor=amount_minor)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """A house with three pieces, at work, committed once; every history is undone after it was played."""
    patch = pytest.MonkeyPatch()
    kept = [one for one in DESIGNS if one.slug in FEW]
    with django_db_blocker.unblock():
        patch.setattr(demo.shelves, "DESIGNS", kept)
        patch.setattr(demo.workshop, "DESIGNS", kept)
        patch.setattr(stripe_door, "refund", stripe_sends_back)
        patch.setattr(demo.bench, "casting_file_of", lambda _ticket: A_TRIANGLE)
        call_command("flush", interactive=False, verbosity=0)
        call_command("load_demo", days=0)
        here = acting.House()
        with here.clock.running():
            put_to_work(here)
        yield acting.House
        call_command("flush", interactive=False, verbosity=0)
    patch.undo()


def put_to_work(here):
    """A company of the trade with orders of its own, what was bought and sent, a ring at each of STANDS_AT, two trees."""
    retail, _small = trade.write_lists(here.brand)
    trade.open_account(
        trade.HALDEN, here.brand, retail, limit_minor=14_000_00, desk=here.by("sales"), user=here.by("trade_buyer")
    )
    put_to_work_on_account(here)
    for _n in range(2):
        for step in (acting.order_from_the_tray, acting.pay_by_card, acting.pack, acting.send, acting.arrive):
            step(here, -1)
            do_what_is_owed()
    acting.ask_to_send_back(here, 4)
    acting.find_fault_with_a_piece(here, -1)
    for n, craft in enumerate(STANDS_AT):
        acting.order_made(here, 14 * n)
        acting.pay_by_card(here, -1)
        bench(here, Ticket.objects.latest("pk")).until(craft)
    do_what_is_owed()
    put_on_trees(here)
    for setting in Operation.objects.filter(craft="set", state="ready").select_related("ticket__site").order_by("pk"):
        bench(here, setting.ticket).begin(setting)
        if not Loss.objects.exists():
            benches.lose_a_stone(here, 0)


def put_to_work_on_account(here):
    """An order of which one size is made and one is not; one of which two pieces have a bag of their own; one over the limit."""
    trade.order_on_account(here.company, here.brand, {acting.STYLES[0]: 8}, po="PO-100", now=here.now)
    made, coming = Ticket.objects.order_by("pk")
    bench(here, made).until("pack")
    bench(here, coming).until("clean")
    split(ticket=coming, pieces=1, by=here.by("production_manager"))
    trade.order_on_account(here.company, here.brand, {acting.STYLES[1]: 20}, po="PO-101", now=here.now)
    assert list(Order.objects.values_list("state", flat=True).order_by("pk")) == ["confirmed", "review"]


def put_on_trees(here):
    """One tree is poured and not cut up yet, one stands charged with its metal."""
    for craft in (
        Operation.objects.filter(craft="cast", state="ready").select_related("ticket__site").order_by("pk")[:2]
    ):
        pour_tree(stand_on_tree([craft], flask="3", by=here.by("caster")), by=here.by("caster"))


def bench(here, ticket):
    return Bench(ticket, here.people, "Somebody")


def test_everything_balances_whatever_happens_and_everything_happens(house):
    """Every kind of step is tried twice in a history, in an order of its own; what must happen is not refused in all of them."""
    done = Counter[str]()
    for seed in range(HISTORIES):
        with transaction.atomic():
            done.update(play_a_history(house(), Random(seed), name=seed))
            transaction.set_rollback(True)
    assert {step.__name__ for step in MUST_HAPPEN} - set(done) == set()


def play_a_history(here, odds, *, name):
    """Answers which steps were done."""
    played = []
    with here.clock.running():
        for step in odds.sample(STEPS * 2, len(STEPS) * 2):
            n = odds.randrange(100)
            if play(here, step, n):
                played.append((step.__name__, n))
                if len(played) % LOOKED_AT_EVERY == 0:
                    balances(here, name, played)
        balances(here, name, played)
    return [step for step, _n in played]


def play(here, step, n):
    """One step and everything that follows from it; False where it was refused."""
    try:
        with transaction.atomic():
            step(here, n)
    except REFUSALS:
        return False
    do_what_is_owed()
    return True


def balances(here, name, played):
    wrong = list(uneven(here.now))
    assert wrong == [], f"history {name}, after {played}: {wrong}"
