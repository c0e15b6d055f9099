"""Nobody of the workshop measures just now: what has a price keeps it, and what has none says so in one sentence."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from foundation.outbox.actions import drain
from foundation.outbox.models import Work
from production import offer
from production.shapes.asking import NotMeasuredYet
from store.baskets.models import BasketLine
from store.catalogue.actions import relist
from store.orders.actions import CannotOrder
from store.pricing.models import Listing
from tests.store import cast, trading

SENTENCE = "try again in a minute"

pytestmark = pytest.mark.django_db


@pytest.fixture
def silence(monkeypatch):
    """Falls when it is called."""

    def fall():
        def nobody(*_piece):
            raise NotMeasuredYet

        monkeypatch.setattr(offer, "measures", nobody)

    return fall


@pytest.fixture
def sill():
    cast.fixings()
    piece = cast.ring("sill", made_to_order=True)
    cast.listed(piece)
    return piece


def relisted(piece):
    with transaction.atomic():
        relist(piece)
    drain()


def test_a_list_keeps_its_prices_until_somebody_measures_again(sill, silence):
    before = list(Listing.objects.filter(piece=sill).values_list("alloy", "price_minor"))
    assert len(before) == 2
    silence()
    relisted(sill)
    assert list(Listing.objects.filter(piece=sill).values_list("alloy", "price_minor")) == before
    assert SENTENCE in Work.objects.waiting().get(kind="pricing.list_piece").last_error


def test_a_piece_s_page_says_so_and_sells_nothing(sill, silence):
    assert "data-again" not in Client().get("/en/pieces/sill/").content.decode()
    silence()
    page = Client().get("/en/pieces/sill/")
    assert page.status_code == 200
    assert SENTENCE in page.content.decode()
    assert "data-again" in page.content.decode()
    told = Client().post("/en/pieces/sill/add/", {"metal": "AU750Y", "action_id": str(uuid4())}, follow=True)
    assert told.status_code in (200, 404)
    assert not BasketLine.objects.exists()


def test_the_office_s_form_says_so_and_keeps_what_was_typed(office, sill, silence):
    silence()
    given = {"action_id": str(uuid4()), "claws": "6", "band_width_um": "2.2", "band_thickness_um": "1.7"}
    answer = office.post(f"/en/office/pieces/{sill.pk}/measures/", given)
    assert SENTENCE in answer.content.decode()
    sill.refresh_from_db()
    assert "claws" not in sill.parameters


def test_a_company_s_order_is_refused_with_it(silence):
    cast.house()
    cast.fixings()
    halden = trading.company()
    small, _medium = trading.two_sizes()
    silence()
    with pytest.raises(CannotOrder, match=SENTENCE):
        trading.order(halden, {small: 6})


def test_once_somebody_measures_again_the_list_is_written(sill, silence, monkeypatch):
    Listing.objects.all().delete()
    with monkeypatch.context() as quiet:
        quiet.setattr(offer, "measures", lambda *_: (_ for _ in ()).throw(NotMeasuredYet()))
        relisted(sill)
        assert not Listing.objects.exists()
    Work.objects.waiting().update(next_at=timezone.now())
    drain()
    assert Listing.objects.filter(piece=sill).count() == 2
