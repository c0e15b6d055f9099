"""What can happen at the benches and in the casting room: steps that histories are made of."""

from uuid import uuid4

from demo.bench import Bench, divide_tree, pour_tree, stand_on_tree
from production.casting import actions as casting
from production.casting.bags import waiting
from production.casting.models import Tree
from production.stones.models import Allotment, Loss
from production.tickets import actions as tickets
from production.tickets.models import Operation, Ticket
from tests.demo.acting import NothingThere, pick

OTHERS = ("cast", "pack")
"""Crafts that have steps of their own."""


def _bench(here, operation):
    return Bench(operation.ticket, here.people, "Somebody")


def work(here, n):
    """Whoever's turn it is does what the operation asks for."""
    rows = Operation.objects.filter(state__in=["ready", "running"], ticket__state="open").exclude(craft__in=OTHERS)
    operation = pick(rows.select_related("ticket__site"), n)
    _bench(here, operation).work(operation) if operation.state == "ready" else _bench(here, operation).end(operation)


def begin(here, n):
    rows = Operation.objects.filter(state="ready").exclude(craft__in=[*OTHERS, "approve"])
    operation = pick(rows.select_related("ticket__site"), n)
    _bench(here, operation).begin(operation)


def stand_on_a_tree(here, n):
    pile = list(waiting(here.sites["bangkok"]))
    alloys = sorted({one.ticket.alloy for one in pile})
    if not alloys:
        raise NothingThere
    same = [one for one in pile if one.ticket.alloy == alloys[n % len(alloys)]]
    stand_on_tree(same, flask="3", by=here.by("caster"))


def pour(here, n):
    pour_tree(pick(Tree.objects.filter(state="built"), n), by=here.by("caster"))


def divide(here, n):
    divide_tree(pick(Tree.objects.filter(state="poured"), n), by=here.by("caster"))


def fail_tree(here, n):
    tree = pick(Tree.objects.filter(state__in=["charged", "poured"]), n)
    casting.fail_tree(tree=tree, note="It cracked.", by=here.by("caster"))


def find_a_fault(here, n):
    operation = pick(Operation.objects.filter(craft="inspect", state__in=["ready", "running"]), n)
    _bench(here, operation).send_back(operation)


def scrap(here, n):
    """Cracked beyond repair: metal and stones go back, and the piece is begun again on another ticket."""
    ticket = pick(Ticket.objects.all(), n)
    tickets.scrap(ticket=ticket, reason="Cracked beyond repair.", by=here.by("production_manager"))


def split(here, n):
    tickets.split(ticket=pick(Ticket.objects.filter(quantity__gt=1), n), pieces=1, by=here.by("production_manager"))


def merge(here, n):
    other = pick(Ticket.objects.filter(state="open").exclude(split_from=None).select_related("split_from"), n)
    tickets.merge(ticket=other.split_from, other=other, by=here.by("production_manager"))


def rest_or_go_on(here, n):
    ticket, by = pick(Ticket.objects.in_the_workshop(), n), here.by("production_manager")
    if ticket.state == "open":
        tickets.hold(ticket=ticket, reason="We ask first.", by=by)
    else:
        tickets.resume(ticket=ticket, by=by)


def lose_a_stone(here, n):
    _gone(here, n, tickets.report_lost)


def break_a_stone(here, n):
    _gone(here, n, tickets.report_broken)


def _gone(here, n, report):
    """One of the stones that lie on a bench where somebody works."""
    running = Operation.objects.filter(state="running")
    kept = pick(Allotment.objects.filter(state="issued", ticket__in=running.values("ticket__number")), n)
    operation = running.filter(ticket__number=kept.ticket).first()
    report(operation=operation, allotment=kept, pcs=1, note="Gone.", by=here.by("setter"), action_id=str(uuid4()))


def sign_for_a_loss(here, n):
    tickets.sign_lost(loss=pick(Loss.objects.all(), n), by=here.by("production_manager"), now=here.now)


def find_a_stone_again(here, n):
    tickets.found_again(loss=pick(Loss.objects.all(), n), by=here.by("production_manager"), now=here.now)
