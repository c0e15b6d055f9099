"""Every flow of the house: each move made by the roles it names and refused to all others, guarded by the database too."""

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from foundation.flow import HOUSE
from foundation.house.models import Seller, Site
from foundation.moves import Flowing
from foundation.people.models import User
from foundation.people.roles import STAFF, Role
from production.casting.models import Tree

FLOWING = sorted(
    (model for model in apps.get_models() if issubclass(model, Flowing)), key=lambda model: model._meta.label
)
MOVES = [(model, move) for model in FLOWING for move in model.flow.moves.values()]
TOLD = ("This is not yours to do", "The house does this by itself")


def of(move_or_model):
    """How a model or a move is called in a test's name."""
    words = getattr(move_or_model, "_meta", None)
    return words.label if words else f"{move_or_model.old}-{move_or_model.new}"


def reached(flow):
    """The states that moves lead to, from the start on."""
    found, before = {flow.start}, set()
    while found != before:
        before, found = found, found | {move.new for move in flow.moves.values() if move.old in found}
    return found


def person(*roles):
    user = User(email="somebody@bench.example")
    user.__dict__["roles"] = frozenset(map(str, roles))
    return user


@pytest.fixture
def workshop():
    seller = Seller.objects.create(code="w", legal_name="W", country="TH", currency="THB", invoice_prefix="W")
    return Site.objects.create(code="w", name="W", seller=seller, country="TH", time_zone="Asia/Bangkok")


def refused(model, move, by):
    thing = model(state=move.old)
    for need in move.needs:
        setattr(thing, need, lambda _by: "")
    return thing.hindrance(move, by=by)


def test_the_house_has_its_flows():
    assert len(FLOWING) >= 10


@pytest.mark.parametrize("model", FLOWING, ids=of)
def test_every_move_can_be_come_to_and_its_needs_are_there(model):
    assert {move.old for move in model.flow.moves.values()} <= reached(model.flow)
    assert {state for state, _ in model._meta.get_field("state").choices} == set(model.flow.states.values)
    assert [
        need for move in model.flow.moves.values() for need in move.needs if not callable(getattr(model, need))
    ] == []


@pytest.mark.parametrize("model", FLOWING, ids=of)
def test_the_database_knows_the_states_and_the_moves(model):
    assert model.flow.constraint().condition in [getattr(one, "condition", None) for one in model._meta.constraints]
    begins, moves = model.flow.triggers()
    assert [one.func for one in model._meta.triggers if one.name == "begins"] == [begins.func]
    assert [one.transitions for one in model._meta.triggers if one.name == "moves"] == [moves.transitions]


@pytest.mark.django_db
def test_the_database_refuses_a_row_that_begins_elsewhere_than_at_the_start(workshop):
    """The control: with the guards off, as prepared data is loaded, the same row is taken."""
    facts = {"site": workshop, "alloy": "AU750Y"}
    Tree.objects.create(number="T-1", **facts)
    with pytest.raises(IntegrityError, match="begins as planned, not as poured"), transaction.atomic():
        Tree.objects.create(number="T-2", state="poured", **facts)
    with pgtrigger.ignore("casting.Tree:begins"):
        Tree.objects.create(number="T-2", state="poured", **facts)


@pytest.mark.parametrize(("model", "move"), MOVES, ids=of)
def test_a_move_is_made_by_the_roles_it_names_and_by_no_other(model, move):
    for role in Role:
        may = str(role) in move.by or (role is Role.ADMIN and bool(set(move.by) & {str(one) for one in STAFF}))
        assert refused(model, move, person(role)).startswith(TOLD) is not may, role
    assert refused(model, move, person()).startswith(TOLD)
    assert (refused(model, move, None) == "A person has to do this.") is (HOUSE not in move.by)


def test_whose_it_is_is_said_in_the_reader_s_own_words():
    model, move = next((model, move) for model, move in MOVES if Role.SETTER in move.by and Role.SALES not in move.by)
    assert "Setter" in refused(model, move, person(Role.SALES))
    with translation.override("th"):
        assert "ช่างฝัง" in refused(model, move, person(Role.SALES))


def test_the_pages_about_flows_are_those_of_the_code():
    call_command("write_docs", check=True)
