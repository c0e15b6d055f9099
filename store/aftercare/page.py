"""An order's page in finished values: the sentence at its head, the six stops, the diary, what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.asked import asked, known
from foundation.files.links import Picture, picture
from foundation.files.models import File
from store.aftercare import words
from store.aftercare.account import ToPay, Transfer, invoices, is_running, sums, to_pay, transfer
from store.aftercare.diary import Entry, drawing, entries
from store.catalogue.models import Photo
from store.catalogue.pictures import caption
from store.orders import wording
from store.orders.changes import words_of
from store.orders.flow import ChangeState, OrderState, WorkState
from store.orders.models import Diary, Due, LineChange, Order, OrderLine, ParcelNote, WorkOrder

OVER = (WorkState.SCRAPPED, WorkState.CANCELLED)

AT_ONCE = 8
"""So many entries of the diary are read at once; older ones a press away."""


@dataclass(frozen=True)
class Stop:
    """One of the six stops on the ribbon. `state`: done, now, late or ""."""

    name: str
    note: str
    state: str


@dataclass(frozen=True)
class Making:
    """A piece that is made: its stops and where its design stands."""

    name: str
    stops: tuple[Stop, ...]
    label: str


@dataclass(frozen=True)
class Design:
    """A revision that can be answered."""

    work_id: int
    revision: int
    piece: str
    picture: Picture | None
    note: str


@dataclass(frozen=True)
class Unanswered:
    """An answer to a design that was refused: why, at which field, and what was said there."""

    work_id: int
    field: str
    why: str
    said: str


@dataclass(frozen=True)
class Changed:
    """A change of a piece: waiting for its payment, or made."""

    pk: int
    piece: str
    words: str
    waits: bool
    until: datetime


@dataclass(frozen=True)
class OrderPage:
    """Everything on the page."""

    order: Order
    headline: str
    promise: str
    is_late: bool
    makings: tuple[Making, ...]
    diary: tuple[Entry, ...]
    earlier: tuple[Entry, ...]
    designs: tuple[Design, ...]
    to_pay: tuple[ToPay, ...]
    facts: tuple[dict[str, Any], ...]
    sums: tuple[dict[str, Any], ...]
    invoices: tuple[dict[str, Any], ...]
    photo: Picture | None
    caption: str
    transfer: Transfer | None
    sent: tuple[Picture, ...] = ()
    changes: tuple[Changed, ...] = ()
    changeable: tuple[OrderLine, ...] = ()
    parcels: tuple[ParcelNote, ...] = field(default_factory=tuple)
    can_stop: bool = False
    returns: str = ""


def load(order: Order) -> Order:
    """The order with all its page needs, in a handful of queries."""
    lines = _lines(order.pk)
    works = WorkOrder.objects.select_related("progress").prefetch_related("stages", "designs").order_by("pk")
    prefetch_related_objects([line for line in lines if line.is_custom], Prefetch("work_orders", works))
    for line in lines:
        if not line.is_custom:
            known(line, "work_orders", [])
    known(order, "lines", lines)
    known(order, "dues", _dues(order.pk))
    known(order, "parcels", _parcels(order.pk))
    known(order, "diary", _diary(order.pk))
    prefetch_related_objects(changed_lines(order), "changes")
    return order


@asked
def _lines(order_id: int) -> QuerySet[OrderLine]:
    changes = LineChange.objects.filter(line=OuterRef("pk"))
    return OrderLine.objects.filter(order_id=order_id).annotate(is_changed=Exists(changes))


@asked
def _dues(order_id: int) -> QuerySet[Due]:
    return Due.objects.filter(order_id=order_id)


@asked
def _parcels(order_id: int) -> QuerySet[ParcelNote]:
    return ParcelNote.objects.filter(order_id=order_id)


@asked
def _diary(order_id: int) -> QuerySet[Diary]:
    return Diary.objects.filter(order_id=order_id).order_by("-at", "-pk")


def changed_lines(order: Order) -> list[OrderLine]:
    """Lines of a loaded order that were changed in the making: most orders have none, and are not asked."""
    lines: Iterable[Any] = order.lines.all()
    return [line for line in lines if line.is_changed]


def show(order: Order, *, token: str, today: date) -> OrderPage:
    """The page of an order, as its buyer may see it."""
    order = load(order)
    lines = list(order.lines.all())
    works = [work for line in lines for work in line.work_orders.all() if work.state not in OVER]
    found = {file.reference: file for file in _files(order, lines, works)}
    files = {reference: picture(file) for reference, file in found.items()}
    shown = next(((found[line.picture], line) for line in lines if line.picture in found), None)
    diary = entries(order, works, files)
    at_once = AT_ONCE if len(diary) > AT_ONCE + 2 else len(diary)
    where = words.Where(order=order, lines=lines, works=works, parcels=list(order.parcels.all()), today=today)
    return OrderPage(
        order=order, headline=words.headline(where), promise=words.promise(where), is_late=words.is_late(where),
        makings=tuple(_making(work, where) for work in works), diary=diary[:at_once], earlier=diary[at_once:],
        designs=tuple(_designs(works, files)), to_pay=tuple(to_pay(order)), facts=tuple(_facts(order, lines)),
        sums=tuple(sums(order)), invoices=tuple(invoices(order, token)),
        changes=tuple(_changes(order)), changeable=tuple(line for line in lines if _may_change(order, line)),
        photo=picture(shown[0]) if shown else None, caption=_caption(*shown) if shown else "",
        sent=tuple(files[sketch] for line in lines for sketch in line.files if sketch in files),
        transfer=transfer(order), parcels=tuple(parcel for parcel in order.parcels.all() if parcel.tracking_number),
        can_stop=_can_stop(order), returns=_returns(order),
    )  # fmt: skip


def pictures(order: Order, lines: Iterable[OrderLine], works: Iterable[WorkOrder]) -> dict[UUID, Picture]:
    """Every picture that the order's page shows, by its reference."""
    return {file.reference: picture(file) for file in _files(order, lines, works)}


def _files(order: Order, lines: Iterable[OrderLine], works: Iterable[WorkOrder]) -> list[Any]:
    """Their files, each with `shows` and `model`: the alloy and the shape in a shop's picture."""
    wanted = {line.picture for line in lines if line.picture}
    wanted |= {sketch for line in lines for sketch in line.files}
    wanted |= {photo for entry in order.diary.all() for photo in entry.photos}
    wanted |= {design.render for work in works for design in work.designs.all() if design.render}
    return [file for file in _named(list(wanted)) if file.is_picture]


@asked
def _named(references: list[UUID]) -> QuerySet[File]:
    photos = Photo.objects.filter(file=OuterRef("pk"))
    shows, model = (Subquery(photos.values(field)[:1]) for field in ("alloy", "shape"))
    return File.objects.filter(reference__among=references).annotate(shows=shows, model=model)


def _caption(file: Any, line: OrderLine) -> str:
    """What is said under the picture: the metal in it, where it is another than hers, and that no camera took it."""
    return caption(Photo(alloy=file.shows or "", shape=file.model or ""), line.alloy)


def _making(work: WorkOrder, where: words.Where) -> Making:
    reached = {row.stage: row.at for row in work.stages.all()}
    stage = work.progress.stage
    at = wording.STAGES.index(stage) if stage in wording.STAGES else -1
    over = work.state == WorkState.FINISHED
    late = words.is_late(where)
    stops = []
    for number, code in enumerate(wording.STAGES):
        done = over or number < at
        state = "done" if done else ("late" if late else "now") if number == at else ""
        note = wording.short_day(reached[code]) if done and code in reached else _("Now") if state else ""
        stops.append(Stop(str(wording.STAGE_NAMES[code]), note, state))
    label = _("Progress of %(piece)s, stage %(stage)d of 6") % {"piece": work.line.piece_name, "stage": max(at + 1, 1)}
    return Making(wording.line_short(work.line), tuple(stops), label)


def _designs(works: Iterable[WorkOrder], files: dict[UUID, Picture]) -> Iterable[Design]:
    """The newest revision of each piece, where nobody has answered it yet."""
    for work in works:
        newest = max(work.designs.all(), key=lambda design: design.revision, default=None)
        if newest and not newest.is_answered and work.state == WorkState.OPENED:
            yield Design(work.pk, newest.revision, work.line.piece_name, drawing(newest, files), newest.note)


def _changes(order: Order) -> Iterable[Changed]:
    for line in changed_lines(order):
        for row in line.changes.all():
            if row.state != ChangeState.WITHDRAWN:
                waits = row.state == ChangeState.WAITING
                yield Changed(row.pk, line.piece_name, words_of(row), waits, timezone.localtime(row.pay_by_at))


def _may_change(order: Order, line: OrderLine) -> bool:
    """Whether it is worth asking: the page behind the link says exactly what can be changed."""
    opened = any(work.state == WorkState.OPENED for work in line.work_orders.all())
    changes = line.changes.all() if line in changed_lines(order) else []
    waits = any(row.state == ChangeState.WAITING for row in changes)
    return order.state == OrderState.CONFIRMED and not order.company_id and opened and not waits


def _can_stop(order: Order) -> bool:
    """Whether something of it may still be called off: the page behind the link says exactly what, and what goes back."""
    gone = all(parcel.dispatched_at for parcel in order.parcels.all()) and any(order.parcels.all())
    return is_running(order) and not order.company_id and order.channel != "counter" and not gone


def _returns(order: Order) -> str:
    """The words of the link to its returns, once something arrived; when all of it has come back there is nothing to send."""
    if order.company_id or not any(parcel.delivered_at for parcel in order.parcels.all()):
        return ""
    credited_minor = sum(due.credited_minor for due in order.dues.all())
    return _("Your returns") if credited_minor >= order.gross_minor else _("Send something back")


def _facts(order: Order, lines: Iterable[OrderLine]) -> Iterable[dict[str, Any]]:
    yield {"label": _("Order"), "value": order.number}
    for line in lines:
        name = f"{line.piece_name} × {line.quantity}" if line.quantity > 1 else line.piece_name
        words = (
            [_("called off"), *wording.choices_in_words(line)] if line.called_off_at else wording.choices_in_words(line)
        )
        yield {"label": name, "value": ", ".join(words)}
        if line.wish:
            yield {"label": _("Your wish"), "value": line.wish}
    if order.state == OrderState.CANCELLED:
        return
    yield {
        "label": _("Goes to"),
        "value": ", ".join((order.recipient, *order.address_lines(), wording.country(order.country))),
    }
    yield {"label": _("By"), "value": order.delivery_name}
    if order.gift:
        yield {"label": _("Gift"), "value": order.gift_note or _("without words")}
