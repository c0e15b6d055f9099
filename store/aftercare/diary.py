"""The diary of an order: what happened to it and to its pieces, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files.links import Picture
from store.aftercare import words
from store.orders import done, wording
from store.orders.models import Diary, Order, ShownDesign, WorkOrder

Files = dict[UUID, Picture]
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Entry:
    """One entry. `pieces` names those it is about, where the order has several."""

    title: str
    at: datetime
    text: str = ""
    photos: tuple[Picture, ...] = ()
    pieces: tuple[str, ...] = ()


def entries(order: Order, works: Sequence[WorkOrder], files: Files) -> tuple[Entry, ...]:
    """All of it, newest first. What happened to several pieces in one minute is one entry."""
    names = {work.pk: wording.line_short(work.line) for work in works} if len(works) > 1 else {}
    found = [*_news(order, files, names), *_drawn(works, files, names), *_of_the_order(order)]
    merged: dict[tuple[str, str, str], Entry] = {}
    for entry in sorted(found, key=lambda one: one.at, reverse=True):
        key = (entry.title, entry.text, f"{entry.at:%Y%m%d%H%M}")
        merged[key] = _together(merged[key], entry) if key in merged else entry
    return tuple(merged.values())


def _together(one: Entry, other: Entry) -> Entry:
    photos = tuple(dict.fromkeys((*one.photos, *other.photos)))
    return replace(one, photos=photos, pieces=tuple(dict.fromkeys((*one.pieces, *other.pieces))))


def _entry(title: str, at: datetime, text: str = "", photos: tuple[Picture, ...] = (), piece: str = "") -> Entry:
    return Entry(title, timezone.localtime(at), text, photos, (piece,) if piece else ())


def _news(order: Order, files: Files, names: dict[int, str]) -> Iterable[Entry]:
    """What the workshop and the packers told."""
    with_stones = {work.pk for line in order.lines.all() for work in line.work_orders.all() if line.stones}
    for entry in lasting(order.diary.all()):
        photos = tuple(files[photo] for photo in entry.photos if photo in files)
        title = words.entry(entry.headline, entry.stage, has_stones=entry.work_order_id in with_stones)
        text = entry.note or done.in_words(entry.facts)
        yield _entry(title, entry.at, text, photos, names.get(entry.work_order_id or 0, ""))


def lasting(rows: Iterable[Diary]) -> list[Diary]:
    """What is worth telling: a rest that was over within a minute made nobody wait."""
    rests: dict[int | None, Diary] = {}
    over: set[int] = set()
    found = sorted(rows, key=lambda row: row.at)
    for row in found:
        if row.headline == "on_hold":
            rests[row.work_order_id] = row
        elif row.headline == "resumed" and (rest := rests.pop(row.work_order_id, None)):
            over |= {rest.pk, row.pk} if row.at - rest.at < A_MOMENT else set()
    return [row for row in found if row.pk not in over]


def _drawn(works: Iterable[WorkOrder], files: Files, names: dict[int, str]) -> Iterable[Entry]:
    """What was shown and what was answered."""
    for work in works:
        piece = names.get(work.pk, "")
        for design in work.designs.all():
            of = {"piece": work.line.piece_name, "n": design.revision, "name": design.approved_by}
            picture = drawing(design, files)
            shown = (picture,) if picture else ()
            yield _entry(_("%(piece)s: design %(n)d is drawn") % of, design.shown_at, design.note, shown, piece)
            if design.commented_at:
                comment = f"“{design.comment}”" if design.comment else ""
                yield _entry(
                    _("You asked for a change of design %(n)d") % of, design.commented_at, comment, piece=piece
                )
            if design.approved_at:
                yield _entry(_("%(name)s approved design %(n)d of %(piece)s") % of, design.approved_at, piece=piece)


def _of_the_order(order: Order) -> Iterable[Entry]:
    """Placed, paid, taken back."""
    for at, title, text in (*words.milestones(order), *words.taken_back(order)):
        yield _entry(title, at, text)


def drawing(design: ShownDesign, files: Files) -> Picture | None:
    """The picture of a revision."""
    return files.get(design.render) if design.render else None
