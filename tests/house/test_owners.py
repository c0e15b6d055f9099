"""Rows that belong to the house are read through `for_user`: those they are for see all of them, anybody else none."""

import pytest
from django.contrib.auth.models import AnonymousUser

from foundation.people.models import User
from foundation.people.roles import OFFICE, WORKSHOP, Role
from packing.models import Parcel
from production.casting.flow import AT_THE_FURNACE
from production.casting.models import Tree
from production.metal.models import Fixing
from production.pictures.models import StudioPicture
from production.quality.models import AT_THE_LOUPE, Inspection
from production.tickets.models import Ticket
from store.orders.models import LeftPiece
from store.quotes.models import Quote
from store.returns.models import Return

SEEN_BY = {
    Fixing: OFFICE,
    Inspection: AT_THE_LOUPE,
    LeftPiece: OFFICE,
    Parcel: (*OFFICE, Role.PACKER, Role.INSPECTOR),
    Quote: OFFICE,
    Return: (*OFFICE, Role.PACKER),
    StudioPicture: OFFICE,
    Ticket: (*WORKSHOP, Role.SALES),
    Tree: AT_THE_FURNACE,
}


def sees(model, who):
    """Whether any row could be among what they see."""
    return not model.objects.for_user(who).query.is_empty()


@pytest.mark.django_db
@pytest.mark.parametrize("model", SEEN_BY, ids=lambda model: model.__name__)
def test_those_it_is_for_see_all_of_it_and_anybody_else_nothing(model):
    seeing = set()
    for role in Role:
        person = User.objects.create_user(f"{role}-who-looks@ajour.example", name=role.label)
        person.roles_held.create(role=role)
        seeing |= {role} if sees(model, person) else set()
    assert seeing == {*SEEN_BY[model], Role.ADMIN}
    assert not sees(model, AnonymousUser())
