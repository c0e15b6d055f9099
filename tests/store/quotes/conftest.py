"""A house that quotes: a workshop with days to name, a ring made to order, one that lies in the tray, somebody of sales."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from foundation.house.models import Brand
from production import intake
from production.routes.actions import seed_routes
from store.catalogue.models import Piece
from store.orders.drafts import Address
from store.pricing.actions import usual_size
from store.pricing.choices import Choice
from store.pricing.choosing import with_ways
from store.pricing.offer import prices_today, quote_piece
from store.quotes import actions
from store.quotes.offering import Bespoke, Wish, for_price, offer_bespoke, offer_piece, today_of
from store.quotes.page import show
from tests.store import cast, ordering


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture(autouse=True)
def workshop(monkeypatch):
    asked = []
    monkeypatch.setattr(intake, "open_ticket", lambda order: asked.append(order) or f"T-{order.number}")
    monkeypatch.setattr(intake, "cancel_ticket", lambda **said: None)
    return asked


@pytest.fixture
def house(db):
    brand = ordering.house_of(cast)
    brand.seller.bank_details = "Ajour Ltd\nSort code 00-00-00"
    brand.seller.save()
    cast.fixings()
    seed_routes()
    return brand


@pytest.fixture
def ring(house):
    piece = cast.ring()
    cast.single_stone(piece)
    return with_ways(Piece.objects.filter(pk=piece.pk)).get()


@pytest.fixture
def variant(house):
    return cast.variant(cast.ring("band"), on_hand=1)


@pytest.fixture
def sales(sales, house):
    """Sam, in a house with a brand to quote for."""
    return sales


class Talk:
    """What staff do with quotes, in few words."""

    def __init__(self, brand, sales):
        self.brand, self.sales = brand, sales

    def wanted(self, **more):
        told = {
            "brand": self.brand, "name": "Mara Vogel", "email": "", "phone": "+66 81 234 5678", "language": "en",
            "country": "GB", "delivery": "post", "deposit_percent": 50,
            "valid_until_at": timezone.now() + timedelta(days=14),
        }  # fmt: skip
        return actions.Wanted(**(told | more))

    def offered(self, piece, **more):
        wish = Wish(**({"piece": with_ways(Piece.objects.filter(pk=piece.pk)).get(), "asked": {}} | more))
        return offer_piece(wish, today=today_of(self.brand), now=timezone.now())

    def ready(self, variant):
        """This very variant, from the tray."""
        return self.offered(variant.piece, asked={"metal": variant.alloy, "size": str(variant.ring_inner_um)})

    def price_today(self, piece):
        """What a piece chosen so costs if it is asked for now; its single stone may be held by the quote itself."""
        found = with_ways(Piece.objects.filter(pk=piece.pk)).get()
        choice = Choice(piece=found, alloy="AU750Y", ring_inner_um=usual_size(found), stone=found.stones.first())
        return quote_piece(choice, today=prices_today(Brand.objects.select_related("seller").get())).gross_minor

    def bespoke(self, minor=250_000):
        wanted = Bespoke("A brooch for her mother", "pendant", "AU750Y", "A wren on a twig", minor)
        return offer_bespoke(wanted, brand=self.brand, now=timezone.now())

    def draft(self, offered, **more):
        return actions.draw_up(wanted=self.wanted(**more), offered=offered, by=self.sales, now=timezone.now())

    def shared(self, offered, **more):
        return actions.share(quote=self.draft(offered, **more), by=self.sales)

    def cheaper(self, offered, minor, reason="an old friend"):
        return for_price(offered, minor, reason=reason, currency="GBP")

    def answer(self, quote, **more):
        page = show(quote, now=timezone.now())
        told = actions.Answer(
            name="Mara Vogel", email="mara@example.com", phone="",
            address=Address("Mara Vogel", "3 Lansdown Road", "Bath", "GB", postcode="BA1 5LR"), consented=True,
            agreed_minor=page.sums.total_minor, promised_on=page.promise_on or timezone.localdate(),
        )  # fmt: skip
        return replace(told, **more)

    def approve(self, quote, **more):
        return actions.approve(quote=quote, answer=self.answer(quote, **more), now=timezone.now())

    def run_out(self, quote):
        """Its day is over."""
        quote.valid_until_at = timezone.now() - timedelta(minutes=1)
        quote.save(update_fields=["valid_until_at"])
        return quote


@pytest.fixture
def talk(house, sales):
    return Talk(house, sales)
