"""The door for questions: what a piece weighs, what metal costs today, how long it takes and when it could be ready.

Answers are frozen; nothing here changes anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.outbox.actions import put_again
from foundation.reference import alloys as alloy_table
from foundation.reference.stones import species as find_species
from production.metal.models import Fixing as FixingRow
from production.metal.questions import alloys_in_stock
from production.planning.load import promise_at, workshop_site
from production.planning.promise import CannotPromise, Promise, StageDates
from production.routes.models import NoRoute, Work, minutes_for
from production.routes.stages import Stage
from production.shapes.asking import NotMeasuredYet, measures
from production.shapes.building import coloured
from production.shapes.families import FAMILIES
from production.shapes.kept import DRAW_MODEL, model_path, refusal_of
from production.shapes.parameters import Choice, Measure, Parameter, Refused
from production.shapes.weights import UM3_PER_CM3
from production.tickets.flow import TicketState
from production.tickets.models import Ticket
from production.tickets.questions import open_minutes

__all__ = [
    "AtTheBench",
    "CannotPromise",
    "CannotWeigh",
    "Fixing",
    "Fixings",
    "NoFixing",
    "NotWeighedYet",
    "Promise",
    "StageDates",
    "StoneInPiece",
    "UnknownKind",
    "Weighed",
    "alloys",
    "fixings",
    "minutes",
    "model_of",
    "on_the_benches",
    "promise",
    "weigh",
]

OPEN_KEPT_SECONDS = 20
LOOKED_AT = 60
MCT_PER_MG = 5


@dataclass(frozen=True)
class StoneInPiece:
    """A group of equal stones in a piece. What one weighs depends on its species: ask `mct`."""

    name: str
    cut: str
    length_um: int
    width_um: int
    volume_um3: int
    count: int

    def mct(self, species: str) -> int:
        """What one stone of this size weighs in a species, in milli-carats, by its volume and specific gravity."""
        mg_times = self.volume_um3 * find_species(species).sg_milli * MCT_PER_MG
        return (2 * mg_times + UM3_PER_CM3) // (2 * UM3_PER_CM3)


@dataclass(frozen=True)
class Weighed:
    """A piece by its exact volume: finished and as cast, its stones, and the smallest upright box that holds it."""

    finished_mg: int
    casting_mg: int
    stones: tuple[StoneInPiece, ...]
    box_um: tuple[int, int, int]


class CannotWeigh(Exception):
    """The piece cannot be made so, in words for a customer. `rule` names why."""

    def __init__(self, sentence: str, *, rule: str) -> None:
        """Keep the rule beside the sentence."""
        super().__init__(sentence)
        self.rule = rule


class NotWeighedYet(CannotWeigh):
    """Nobody has measured it in time, in words for a customer: worth another try in a minute."""


def weigh(*, family: str, parameters: Mapping[str, object], alloy: str) -> Weighed:
    """What the piece weighs in an alloy. Refuses with CannotWeigh what cannot be made.

    Measured once, whatever the alloy, by the worker that draws: the first to ask waits for it, seconds at the most, and is
    refused with NotWeighedYet where nobody answers.
    """
    density = alloy_table.alloy(alloy).density_mg_per_cm3
    try:
        measured = measures(family, parameters)
    except Refused as refusal:
        raise CannotWeigh(str(refusal), rule=refusal.rule) from refusal
    except NotMeasuredYet as silence:
        raise NotWeighedYet(str(silence), rule="not_measured_yet") from silence
    stones = tuple(StoneInPiece(**vars(group)) for group in measured.stones)
    return Weighed(measured.finished_mg(density), measured.casting_mg(density), stones, measured.box_um)


def model_of(*, family: str, parameters: Mapping[str, object], species: str = "") -> str | None:
    """The address of the piece's 3D model (gzipped glTF), the same in every alloy; None while it is being built.

    `species` is the stone chosen, where the drawing knows its colour. Asked for the first time, it is owed to the workers, once. Refuses with CannotWeigh what cannot be
    made, and what was tried and is too much to draw.
    """
    shaped = coloured(family, parameters, species)
    try:
        path = model_path(family, shaped)
    except Refused as refusal:
        raise CannotWeigh(str(refusal), rule=refusal.rule) from refusal
    if default_storage.exists(path):
        return default_storage.url(path)
    if told := refusal_of(path):
        raise CannotWeigh(str(told), rule=told.rule)
    with transaction.atomic():
        put_again(DRAW_MODEL, key=f"{DRAW_MODEL}:{path}", payload={"family": family, "parameters": shaped})
    return None


@dataclass(frozen=True)
class Fixing:
    """The price of a kilogram of fine metal, as the house entered it."""

    minor_per_kg: int
    on: date
    source: str


class NoFixing(Exception):
    """No price was entered for a metal: nothing can be quoted."""


class Fixings(dict[str, Fixing]):
    """Fixings by metal. Asking for a metal that has none is refused in a sentence."""

    def __init__(self, currency: str, known: Mapping[str, Fixing]) -> None:
        """All the fixings of one currency."""
        super().__init__(known)
        self.currency = currency

    def __missing__(self, metal: str) -> Fixing:
        raise NoFixing(
            _("No fixing was entered for %(metal)s in %(currency)s. Enter today's before quoting.")
            % {"metal": metal, "currency": self.currency}
        )


def fixings(*, currency: str) -> Fixings:
    """The newest fixing of every metal. Refuses with NoFixing when none at all was entered in this currency."""
    rows = FixingRow.objects.latest_of_each(currency=currency)
    if not rows:
        raise NoFixing(
            _("No fixing was entered in %(currency)s. Enter today's before quoting.") % {"currency": currency}
        )
    return Fixings(currency, {m: Fixing(row.minor_per_kg, row.on, row.source) for m, row in rows.items()})


def alloys() -> tuple[str, ...]:
    """The alloys that the workshop casts: every precious one in the table that it holds metal of, in the table's order."""
    held = alloys_in_stock()
    return tuple(row.code for row in alloy_table.ALLOYS if row.code in held)


@dataclass(frozen=True)
class AtTheBench:
    """A piece that is being made now: which design, in which alloy, at which stage. Nothing of whom it is for."""

    style_code: str
    alloy: str
    stage: str


def on_the_benches(*, most: int) -> tuple[AtTheBench, ...]:
    """Pieces in work, one of each stage first, the furthest along before the others; each design once."""
    rows = Ticket.objects.filter(state=TicketState.OPEN).with_stage().order_by("-pk")[:LOOKED_AT]
    order = list(Stage.values)
    seen = [AtTheBench(row.style_code, row.alloy, row.stage) for row in rows if row.stage]
    furthest = sorted(seen, key=lambda one: order.index(one.stage), reverse=True)
    chosen: list[AtTheBench] = []
    for again in (False, True):
        for one in furthest:
            new_design = one.style_code not in {other.style_code for other in chosen}
            if new_design and (again or one.stage not in {other.stage for other in chosen}):
                chosen.append(one)
    return tuple(chosen[:most])


class UnknownKind(Exception):
    """The workshop has no route for this kind of piece."""


def minutes(*, kind: str, stones: int, engraving: bool, plating: bool, pieces: int = 1) -> dict[str, int]:
    """Standard minutes by stage, in the order of the stages, for so many equal pieces. Refuses, with UnknownKind, a kind without a standard."""
    try:
        return minutes_for(kind, Work(pieces=pieces, stones=stones, engraving=engraving, plating=plating))
    except NoRoute as refusal:
        raise UnknownKind(str(refusal)) from refusal


def promise(
    *, kind: str, stones: int, engraving: bool, plating: bool, site: str = "", now: datetime, needs_approval: bool,
    pieces: int = 1,
) -> Promise:  # fmt: skip
    """The day on which a piece, or so many equal ones, begun now could be ready, and how the stages get there. Refuses with CannotPromise.

    Without a site the house's first workshop is meant. A customer's own time to approve (`needs_approval`) is not in it:
    that clock stands while the workshop waits for her.
    """
    needed = minutes(kind=kind, stones=stones, engraving=engraving, plating=plating, pieces=pieces)
    place = workshop_site(site)
    lies_open = cache.get_or_set(f"offer:open:{place.pk}", lambda: open_minutes(place), OPEN_KEPT_SECONDS)
    return promise_at(place, minutes=needed, open_minutes=lies_open or {}, now=now)


@dataclass(frozen=True)
class ShapeField:
    """One thing a shape is asked for. unit: um, degrees, count, choice or words; `least` and `most` bound numbers."""

    name: str
    label: str
    unit: str
    default: int | str
    least: int = 0
    most: int = 0
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """A family of shapes the workshop can draw, and what it is asked for."""

    code: str
    title: str
    fields: tuple[ShapeField, ...]


def shapes() -> tuple[Shape, ...]:
    """Every family the workshop can draw, for the office to describe a piece by."""
    return tuple(
        Shape(family.name, str(family.title), tuple(_shape_field(one) for one in family.parameters))
        for family in FAMILIES.values()
    )


def _shape_field(one: Parameter) -> ShapeField:
    if isinstance(one, Measure):
        return ShapeField(one.name, str(one.label), one.unit, one.default, one.least, one.most)
    if isinstance(one, Choice):
        return ShapeField(one.name, str(one.label), "choice", one.default, options=one.options)
    return ShapeField(one.name, str(one.label), "words", one.default, most=one.longest)
