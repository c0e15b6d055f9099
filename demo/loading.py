"""Making the demo house in an empty database, once."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from demo import (
    counter,
    demand,
    guests,
    history,
    house,
    media,
    office,
    people,
    prepared,
    shelves,
    till,
    trade,
    workshop,
)
from demo.clock import Clock
from demo.models import Mark
from demo.owed import do_what_is_owed
from demo.scene import Scene
from foundation.house.models import Brand, Seller, Site
from foundation.people.models import User
from foundation.people.roles import Role
from store.buyers.models import TradeCompany
from store.catalogue.actions import owe_models
from store.catalogue.models import Piece
from store.pricing.actions import list_piece

Say = Callable[[str], object]
DAYS, SEED = 90, 7


class NotYours(Exception):
    """Why the demo is not loaded here, in a sentence."""


def load(*, now: datetime, say: Say, days: int = DAYS, seed: int = SEED, at_speed: bool = False) -> bool:
    """Make the demo house as it stood `days` ago and play them; with none it stands as it is opened, without orders.

    Says what is being done. A house that stands already keeps all it has; what a newer version brings is laid beside it.
    False where that was nothing. Refuses, with NotYours, outside the demo's mode and any database with something in it
    that the demo did not make.
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
    if (days, seed) == (DAYS, SEED) and prepared.FILE.exists() and not at_speed:
        _take_in(now=now, say=say)
    else:
        _make(Clock(now - timedelta(days=days), end=now), days=days, seed=seed, say=say)
    return True


def _add_what_is_new(*, now: datetime, say: Say) -> bool:
    """Bring a demo that an older version made up to this one: what it lacks is added, what it has is left alone."""
    admin = people.hired().get("admin")
    added = admin is not None and counter.open_showroom(by=admin) is not None
    if added:
        say("The showroom: a counter, and a few pieces laid out")
    added = lay_new_pieces(now=now, say=say) or added
    _owe_models()
    if TradeCompany.objects.exists():
        return added
    say("The trade: companies, price lists, orders on account")
    brand = Brand.objects.select_related("seller").order_by("pk")[0]
    trade.open_desk(brand=brand, people=people.hired(), now=now)
    return True


def lay_new_pieces(*, now: datetime, say: Say) -> bool:
    """The pieces that this house has never had, with stones, stock and prices, as long as its people and sites are there."""
    new = shelves.not_shelved()
    brand = Brand.objects.filter(code=house.BRAND["code"]).first()
    admin = User.objects.filter(email=people.email_of(Role.ADMIN)).first()
    sites = {site.code: site for site in Site.objects.filter(code__in=("bangkok", "london"))}
    if not (new and brand and admin and len(sites) == 2):
        return False
    say(f"New in the shop: {', '.join(design.name for design in new)}")
    with transaction.atomic():
        workshop.stock_stones(new, site=sites["bangkok"], today=now.date())
        shelves.shelve(new, brand=brand, site=sites["london"], by=admin, now=now)
    for piece_id in Piece.objects.filter(slug__in=[design.slug for design in new]).values_list("pk", flat=True):
        list_piece(piece_id=piece_id)
    do_what_is_owed()
    return True


@transaction.atomic
def _owe_models() -> None:
    """What the shop shows can be turned within a minute of its opening."""
    for piece in Piece.objects.on_show():
        owe_models(piece, cause="demo")


def play_on(*, until: datetime, say: Say, seed: int | None = None) -> datetime:
    """Play the house from where it stands until then. Answers the moment it stands at now. Refuses where no demo stands."""
    mark = Mark.objects.first()
    if settings.PRODUCTION or mark is None or mark.loaded_at is None:
        raise NotYours("There is no demo house here to play in: load one first, with manage.py load_demo.")
    since = mark.played_to or mark.loaded_at
    if until > since:
        clock = Clock(since, end=until)
        with clock.running():
            scene = Scene(
                Brand.objects.select_related("seller").get(code="ajour"), people.hired(), seed or mark.seed, clock
            )
            history.play(scene, since=since.astimezone(scene.hours.zone).date(), until=until, say=say)
            office.post_letters()
        Mark.objects.update(played_to=until)
    return max(since, until)


def fingerprint() -> str:
    """Of whom the demo's months are played with: a written-down house is of the same, or is to be played anew.

    Pieces are not in it: what came since is added to a house that stands.
    """
    sources = (people, house, guests, demand)
    told = b"".join(Path(str(source.__file__)).read_bytes() for source in sources)
    return hashlib.sha256(told).hexdigest()[:16]


def is_lived_in() -> bool:
    """Whether anybody works here or sells here."""
    return User.objects.exists() or Seller.objects.exists() or Brand.objects.exists()


def _take_in(*, now: datetime, say: Say) -> None:
    say("The house as it was played before, moved to this week")
    stands_at = prepared.take_in(now=now)
    _let_them_in()
    say("Its pictures")
    media.make_pictures()
    media.owe_the_rest()
    say(f"What has happened since {stands_at:%A}")
    play_on(until=now, say=say)
    _add_what_is_new(now=now, say=say)
    shelves.bring_up_to_date(by=people.hired()[Role.ADMIN])
    _price_at_todays_fixings(say)
    till.tell_the_standin()


def _price_at_todays_fixings(say: Say) -> None:
    """So that a list never says another price than the piece's own page, not even in the first minute."""
    say("The shop’s lists, at today’s prices")
    for piece_id in Piece.objects.values_list("pk", flat=True):
        list_piece(piece_id=piece_id)


def _let_them_in() -> None:
    """Passwords as this site keeps them: the house was written down by another, which may have hashed otherwise."""
    everybody = [person.pk for person in User.objects.all() if person.has_usable_password()]
    User.objects.filter(pk__in=everybody).update(password=make_password(people.PASSWORD))


def _make(clock: Clock, *, days: int, seed: int, say: Say) -> None:
    """At speed: opened so many days ago, and every day played."""
    mark = Mark.objects.create(pk=1, seed=seed)
    since = clock.at
    with clock.running():
        brand, staff = _open(clock.at, say=say)
        do_what_is_owed()
        if days:
            say(f"{days} days of the house, played by its own actions:")
            scene = Scene(brand, staff, seed, clock)
            history.play(scene, since=since.astimezone(scene.hours.zone).date(), until=clock.end, say=say)
            office.post_letters()
        _price_at_todays_fixings(say)
        do_what_is_owed()
    Mark.objects.filter(pk=mark.pk).update(loaded_at=clock.end, played_to=clock.end)


@transaction.atomic
def _open(now: datetime, *, say: Say) -> tuple[Brand, dict[str, User]]:
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
    counter.open_showroom(by=admin)
    return brand, staff
