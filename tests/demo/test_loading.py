"""The demo house loads into an empty database, once, and leaves every other one alone."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from config.reconcile import reconcile
from demo import house, people, prepared, shelves, workshop
from demo.catalogue import DESIGNS
from demo.loading import fingerprint
from demo.media import make_file
from demo.models import Mark
from demo.people import BUYERS, PASSWORD, STAFF, email_of
from demo.welcome import welcome
from foundation.files.models import File
from foundation.house.models import Seller, Site
from foundation.mail.models import Letter
from foundation.office.models import Finding
from foundation.outbox.models import Work
from foundation.people.models import User
from packing.models import Paper
from production.casting.models import Tree
from production.metal.models import Account, Fixing
from production.routes.stages import Stage
from production.stones.models import Stone
from production.tickets.models import Ticket
from store.catalogue.models import Piece, Stock, StockMovement
from store.counter.models import TillCount
from store.orders.models import Due, Handover, Order, Slip
from store.payments.models import Payment, Refund
from store.pricing.models import Listing
from store.quotes.models import Quote

pytestmark = pytest.mark.django_db


def counts():
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return {table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def test_the_demo_house_stands_after_one_load_and_a_second_changes_nothing(demo, capsys):
    mark = Mark.objects.get()
    assert mark.loaded_at
    assert timezone.now() - mark.played_to < timedelta(hours=1)
    assert Piece.objects.on_show().count() >= 12
    assert Listing.objects.filter(ready=True).exists()
    assert Listing.objects.filter(ready=False).exists()
    assert not Work.objects.exclude(last_error="").exists()
    in_every_tray = Stock.objects.filter(variant__isnull=False).values_list("variant__sku").annotate(n=Sum("on_hand"))
    assert not [sku for sku, n in in_every_tray if not n]
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


def test_sixty_bags_lie_in_the_workshop_at_every_stage_and_in_every_plight(demo):
    bags = Ticket.objects.in_the_workshop().with_stage()
    assert 60 <= bags.count() <= 70
    assert {bag.stage for bag in bags} == set(Stage.values)
    assert bags.filter(state="on_hold").count() >= 4
    assert Ticket.objects.late(now=timezone.now()).exists()
    assert bags.filter(operations__attempt__gt=1).exists()
    standing = Tree.objects.filter(state__in=["planned", "built", "charged", "poured"])
    assert max(tree.places.count() for tree in standing) >= 3
    assert Order.objects.filter(state="completed").count() >= 60
    assert {"cancelled", "expired", "confirmed"} <= set(Order.objects.values_list("state", flat=True))
    assert set(Payment.objects.values_list("method", flat=True)) >= {"card", "transfer"}
    assert Refund.objects.filter(state="done").exists()
    assert Tree.objects.filter(state="failed").exists()
    assert Letter.objects.exclude(sent_at=None).count() > 500
    assert Fixing.objects.values("on").distinct().count() >= 75


def test_somebody_is_asked_for_her_balance_and_has_the_letter_for_it(demo):
    due = Due.objects.filter(kind="balance", state="asked", order__channel="web").first()
    assert due.order.parcels.filter(released_at=None).exclude(sealed_at=None).exists()
    assert Letter.objects.filter(key__startswith=f"order:{due.order.pk}:balance", to=due.order.email).exists()


def test_people_were_sold_to_in_conversation_and_over_the_counter_and_nobody_before_their_time(demo):
    now = timezone.now()
    states = set(Quote.objects.values_list("state", flat=True))
    assert states >= {"drafted", "shared", "paid", "expired", "withdrawn"}
    assert Order.objects.filter(state="awaiting_payment", channel="conversation").exclude(slips=None).exists()
    assert set(Payment.objects.filter(taken__isnull=False).values_list("method", flat=True)) == {"cash", "terminal"}
    assert TillCount.objects.filter(banked_minor__gt=0).exists()
    assert {row.stock.site.code for row in StockMovement.objects.filter(kind="moved")} == {"london", "showroom"}
    collected = Handover.objects.exclude(order__channel="counter").select_related("order")
    assert collected.exists()
    for one in collected:
        assert all(parcel.delivered_at <= one.at for parcel in one.order.parcels.filter(cancelled_at=None))
    assert not any(latest > now for latest in (
        Payment.objects.latest("received_at").received_at, Quote.objects.latest("made_at").made_at, Handover.objects.latest("at").at,
        Slip.objects.latest("sent_at").sent_at, StockMovement.objects.latest("at").at, TillCount.objects.latest("at").at,
    ))  # fmt: skip


def test_every_figure_of_the_demo_balances(demo):
    assert not any(reconcile(now=timezone.now()).values()), list(Finding.objects.values_list("text", flat=True))
    assert sum(Account.objects.values_list("fine_dug", flat=True)) == 0


def test_its_pictures_are_there_and_its_papers_are_owed(demo):
    for file in File.objects.filter(purpose__in=("shop", "bench", "design")):
        assert default_storage.exists(file.path), (file.purpose, file.name)
    paper = Paper.objects.select_related("file").first()
    make_file(file_id=paper.file_id)
    paper.file.refresh_from_db()
    with default_storage.open(paper.file.path) as opened:
        assert opened.read(5) == b"%PDF-"


def test_what_was_written_down_is_of_the_pieces_and_people_that_stand_here():
    """Else it is played anew: manage.py prepare_demo, in an empty database."""
    for now in (timezone.now(), timezone.now() + timedelta(days=3, hours=12)):
        head, _tables = prepared.read(now=now)
        assert head["of"] == fingerprint()
        assert (now - datetime.fromisoformat(head["at"])) % prepared.WEEK <= timedelta(days=3, hours=12)


def test_the_house_plays_on_day_by_day(demo):
    before = Ticket.objects.count(), Mark.objects.get().played_to
    call_command("simulate", days=3)
    mark = Mark.objects.get()
    assert mark.played_to == before[1] + timedelta(days=3)
    assert Ticket.objects.count() > before[0]
    assert not Work.objects.exclude(last_error="").exists()
    assert not any(reconcile(now=mark.played_to).values()), list(Finding.objects.values_list("text", flat=True))


@pytest.fixture
def older(settings, tmp_path, monkeypatch):
    """A demo house that was loaded when there was but one piece."""
    settings.MEDIA_ROOT = tmp_path
    three = tuple(design for design in DESIGNS if design.slug in ("lintel", "oriel", "hearth"))
    monkeypatch.setattr(shelves, "DESIGNS", three)
    now, brand, admin = timezone.now(), house.open_house(), people.hire()["admin"]
    workshop.enter_fixings(today=now.date(), by=admin)
    shelves.shelve(three[:1], brand=brand, site=Site.objects.get(code="london"), by=admin, now=now)
    monkeypatch.setattr("demo.trade.open_desk", lambda **_: None)
    Mark.objects.create(pk=1, loaded_at=now)
    return three[1:]


def test_an_older_demo_house_gets_the_new_pieces_with_stones_stock_and_prices_once(older):
    first = Piece.objects.get()
    Piece.objects.filter(pk=first.pk).update(name="As its people call it", withdrawn_at=timezone.now())
    call_command("load_demo")
    assert set(Piece.objects.values_list("slug", flat=True)) == {"lintel", "oriel", "hearth"}
    assert Piece.objects.get(pk=first.pk).name == "As its people call it"
    for design in older:
        new = Piece.objects.get(slug=design.slug)
        assert new.published_at
        assert new.photos.exists()
        assert Listing.objects.filter(piece=new, price_minor__gt=0).exists()
        assert new.stones.count() == len(design.choices)
        trays = Stock.objects.filter(variant__piece=new, on_hand__gt=0)
        assert trays.count() == len(design.prices) * len(design.sizes_um)
    reported = {choice.report for design in older for choice in design.choices if choice.report}
    assert {stone.certificate for stone in Stone.objects.exclude(certificate="")} == reported
    before = counts()
    call_command("load_demo")
    assert counts() == before


def test_a_house_whose_sites_were_renamed_is_left_alone(older):
    Site.objects.filter(code="london").update(code="leeds")
    call_command("load_demo")
    assert Piece.objects.count() == 1


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
