"""Tickets as they lie on the board: a card each, in six columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.files.links import Picture, picture
from foundation.files.models import File
from foundation.length import nearest
from foundation.reference.alloys import alloy as find_alloy
from production.board.facts import SYSTEMS
from production.planning.load import StageLoad
from production.routes.stages import Stage
from production.tickets.flow import TicketState
from production.tickets.models import Hold, HoldCause, Operation, Ticket
from production.tickets.models.operations import CLOSED

SOON = timedelta(days=2)
AT_ONCE = 8
"""So many bags of a column are seen at once; the others a press away."""


@dataclass(frozen=True)
class Card:
    """A ticket as it lies on the board."""

    number: str
    name: str
    detail: str
    photo: Picture | None
    metal: str
    fineness: str
    due: str
    tone: str
    held: bool
    done: int
    of: int
    initials: str
    person: str
    flags: list[dict[str, str]]


@dataclass
class Column:
    """One stage's column: its bags, those beyond the first few apart; how many it takes at once (0: not said), and the working
    days they are.
    """

    stage: str
    name: str
    cards: list[Card] = field(default_factory=list)
    more: list[Card] = field(default_factory=list)
    most: int = 0
    days: int = 0

    @property
    def n(self) -> int:
        """How many bags lie here."""
        return len(self.cards) + len(self.more)


def metal_shown(code: str) -> str:
    """The alloy as swatches and punches name it."""
    row = find_alloy(code)
    return row.colour if row.metal == "gold" else row.metal


def due_in_words(ticket: Ticket, now: datetime) -> tuple[str, str]:
    """How it stands to its hour, in words and tone (late, soon or "")."""
    if ticket.state not in (TicketState.OPEN, TicketState.ON_HOLD):
        return "", ""
    late = now - ticket.due_at
    if late > timedelta(0):
        days = max(late.days, 1)
        return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}, "late"
    on = timezone.localtime(ticket.due_at)
    return date_format(on, "j M"), "soon" if ticket.due_at - now < SOON else ""


def pictures_of(references: Iterable[UUID | None]) -> dict[UUID, Picture]:
    """Pictures by reference, in one query."""
    files = File.objects.filter(reference__in=[r for r in references if r])
    return {file.reference: picture(file, widths=(160, 320)) for file in files if file.is_picture}


def cards(tickets: Iterable[Ticket], *, now: datetime) -> list[Card]:
    """Board cards; `tickets` come with their operations fetched."""
    rows = list(tickets)
    photos = pictures_of(ticket.picture for ticket in rows)
    return [_card(ticket, photos, now) for ticket in rows]


def _card(ticket: Ticket, photos: Mapping[UUID, Picture], now: datetime) -> Card:
    operations = list(ticket.operations.all())
    current = next((o for o in operations if o.state not in CLOSED), None)
    due, tone = due_in_words(ticket, now)
    person = ticket.with_person
    return Card(
        number=ticket.number, name=ticket.piece_name + (f" × {ticket.quantity}" if ticket.quantity > 1 else ""),
        detail=_detail(ticket, current), photo=photos.get(ticket.picture) if ticket.picture else None,
        metal=metal_shown(ticket.alloy), fineness=find_alloy(ticket.alloy).fineness, due=due, tone=tone,
        held=ticket.state == TicketState.ON_HOLD, done=sum(o.state in CLOSED for o in operations), of=len(operations),
        initials=person.initials if person else "", person=str(person) if person else "", flags=_flags(ticket, current),
    )  # fmt: skip


def _detail(ticket: Ticket, current: Operation | None) -> str:
    size = _size(ticket)
    return " · ".join(part for part in (current.title if current else "", size) if part)


def _flags(ticket: Ticket, current: Operation | None) -> list[dict[str, str]]:
    flags = [{"text": _why(hold), "tone": "late"} for hold in ticket.open_holds]
    if current and current.craft == "approve":
        flags.append({"text": _("Customer to approve"), "tone": "info"})
    if current and current.attempt > 1:
        flags.append({"text": _("Came back"), "tone": "late"})
    if ticket.engraving:
        flags.append({"text": _("Engraved"), "tone": "info"})
    if ticket.channel == "trade":
        flags.append({"text": _("Trade"), "tone": "ok"})
    return flags


def _why(hold: Hold) -> str:
    """The cause in words; where it has none of its own, the words of whoever holds it."""
    return hold.reason[:40] if hold.cause == HoldCause.OTHER else str(hold.get_cause_display())


def columns(tickets: Iterable[Ticket], *, now: datetime, stages: Iterable[StageLoad] = ()) -> list[Column]:
    """Six columns by the stage of the current operation, each with what its stages at every site take at once."""
    made = {stage: Column(stage=stage, name=str(Stage(stage).label)) for stage in Stage.values}
    for one in stages:
        made[one.stage].most += one.most_tickets
        made[one.stage].days = max(made[one.stage].days, one.days)
    rows = list(tickets)
    for ticket, card in zip(rows, cards(rows, now=now), strict=True):
        column = made[ticket.stage or Stage.PACKAGING]
        (column.cards if len(column.cards) < AT_ONCE else column.more).append(card)
    return list(made.values())


def _size(ticket: Ticket) -> str:
    """The ring size on the house's first chart, as little as a card has room for."""
    first = SYSTEMS[0]
    return f"{first}\xa0{nearest(first, ticket.ring_inner_um).label}" if ticket.ring_inner_um else ""
