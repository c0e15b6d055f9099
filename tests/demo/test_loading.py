"""The demo house loads into an empty database, once, and leaves every other one alone."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from demo.models import Mark
from demo.people import BUYERS, PASSWORD, STAFF, email_of
from demo.welcome import welcome
from foundation.house.models import Seller
from foundation.outbox.models import Work
from foundation.people.models import User
from production.metal.models import Account
from production.tickets.models import Ticket
from store.catalogue.models import Piece, Stock
from store.orders.models import Order
from store.pricing.models import Listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_demo")


def counts():
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return {table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def test_the_demo_house_stands_after_one_load_and_a_second_changes_nothing(demo, capsys):
    assert Mark.objects.get().loaded_at
    assert Piece.objects.on_show().count() >= 12
    assert Ticket.objects.count() >= 12
    assert len({ticket.current.stage for ticket in Ticket.objects.filter(state="open") if ticket.current}) == 6
    assert Listing.objects.filter(ready=True).exists()
    assert Listing.objects.filter(ready=False).exists()
    assert Order.objects.filter(state="awaiting_payment").exists()
    assert not Work.objects.exclude(last_error="").exists()
    assert sum(Account.objects.values_list("fine_dug", flat=True)) == 0
    assert not Stock.objects.filter(on_hand=0, variant__isnull=False).exists()
    for role, *_ in (*STAFF, *BUYERS):
        person = User.objects.get(email=email_of(role))
        assert person.has_role(role)
        assert person.check_password(PASSWORD)
    before = counts()
    call_command("load_demo")
    assert counts() == before
    said = welcome()
    assert PASSWORD in said
    assert all(email_of(role) in said for role, *_ in (*STAFF, *BUYERS))


def test_a_house_that_the_demo_did_not_make_is_refused_in_one_sentence():
    Seller.objects.create(code="real", legal_name="A Real House Ltd", country="GB", currency="GBP", invoice_prefix="R")
    with pytest.raises(CommandError, match="holds a house that the demo did not make"):
        call_command("load_demo")
    assert not Mark.objects.exists()


def test_a_demo_that_was_cut_off_half_way_says_so():
    Mark.objects.create(pk=1)
    with pytest.raises(CommandError, match="interrupted"):
        call_command("load_demo")


def test_production_never_loads_the_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")
