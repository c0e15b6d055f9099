"""Making the demo house in an empty database, once."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from demo import house, people, shelves, stories, trade, workshop
from demo.models import Mark
from demo.owed import do_what_is_owed
from foundation.house.models import Brand, Seller, Site
from foundation.people.models import User
from store.buyers.models import TradeCompany
from store.catalogue.models import Piece
from store.pricing.actions import list_piece

Say = Callable[[str], object]


class NotYours(Exception):
    """Why the demo is not loaded here, in a sentence."""


def load(*, now: datetime, say: Say) -> bool:
    """Make the demo house, saying what is being done. False where it stands already: then nothing changes.

    Refuses, with NotYours, outside the demo's mode and any database with something in it that the demo did not make.
    """
    if settings.PRODUCTION:
        raise NotYours("AJOUR_MODE is production: the demo house is never loaded there.")
    mark = Mark.objects.first()
    if mark and mark.loaded_at:
        return _add_what_is_new(now=now, say=say)
    if mark:
        raise NotYours("The demo was interrupted while it was being loaded: start again with an empty database.")
    if is_lived_in():
        raise NotYours(
            f"The database {connection.settings_dict['NAME']} holds a house that the demo did not make: "
            "give it an empty one, by another DATABASE_URL."
        )
    _make(Mark.objects.create(pk=1), now=now, say=say)
    return True


def _add_what_is_new(*, now: datetime, say: Say) -> bool:
    """Bring a demo that an older version made up to this one: what it lacks is added, what it has is left alone."""
    if TradeCompany.objects.exists():
        return False
    say("The trade: companies, price lists, orders on account")
    brand = Brand.objects.select_related("seller").order_by("pk")[0]
    trade.open_desk(brand=brand, people=people.hired(), now=now)
    return True


def is_lived_in() -> bool:
    """Whether anybody works here or sells here."""
    return User.objects.exists() or Seller.objects.exists() or Brand.objects.exists()


def _make(mark: Mark, *, now: datetime, say: Say) -> None:
    with transaction.atomic():
        say("The house: two companies, a brand, two sites, their calendars")
        brand = house.open_house()
        staff = people.hire()
        admin, bangkok, london = staff["admin"], Site.objects.get(code="bangkok"), Site.objects.get(code="london")
        say("The workshop: fixings, metal, stones, benches, boxes")
        workshop.enter_fixings(today=now.date(), by=admin)
        workshop.stock_metal(site=bangkok, today=now.date(), by=admin)
        workshop.stock_stones(site=bangkok, today=now.date())
        workshop.set_benches(site=bangkok)
        workshop.stock_packing(brand=brand)
        say(f"The shop: {len(shelves.DESIGNS)} pieces with {len(shelves.manifest())} pictures")
        shelves.shelve(brand=brand, site=london, by=admin, now=now)
    do_what_is_owed()
    for n, story in enumerate(stories.MADE_TO_ORDER, start=1):
        say(f"Orders: {n} of {len(stories.MADE_TO_ORDER)}, {story.piece} as far as: {story.reach}")
        stories.play(story, brand=brand, people=staff, now=now)
    for guest, sku, paid in stories.READY_MADE:
        stories.buy_ready_made(guest, sku, paid=paid, brand=brand, people=staff, now=now)
    say("The trade: companies, price lists, orders on account")
    trade.open_desk(brand=brand, people=staff, now=now)
    say("The shop’s lists, at today’s prices")
    for piece_id in Piece.objects.values_list("pk", flat=True):
        list_piece(piece_id=piece_id)
    do_what_is_owed()
    Mark.objects.filter(pk=mark.pk).update(loaded_at=now)
