"""The door for work: what the store asks of the workshop."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


class NotOpen(Exception):
    """The workshop takes no work yet."""


@dataclass(frozen=True)
class StoneWanted:
    """A stone, or `count` like stones, of which each weighs `mct` thousandths of a carat."""

    species: str
    cut: str
    length_um: int
    width_um: int
    mct: int
    count: int = 1
    label: str = ""


@dataclass(frozen=True)
class WorkOrder:
    """What is to be made. `reference` is the asker's own: the same reference is the same ticket."""

    reference: UUID
    number: str
    purpose: str
    kind: str
    piece_name: str
    style_code: str
    family: str
    parameters: dict[str, Any]
    alloy: str
    ring_inner_um: int | None
    stones: tuple[StoneWanted, ...]
    engraving: str
    engraving_place: str
    finish: str
    plating: str
    quantity: int
    channel: str
    brand: str
    site: str
    language: str
    customer: str
    wish: str
    files: tuple[UUID, ...]
    promise_on: date
    needs_approval: bool
    picture: UUID | None


def open_ticket(order: WorkOrder) -> str:
    """The number of the ticket for this work order, opened if there is none."""
    raise NotOpen


def approve_design(*, reference: UUID, revision: int, by_name: str) -> None:
    """The customer approved this revision."""
    raise NotOpen


def comment_on_design(*, reference: UUID, revision: int, text: str, by_name: str) -> None:
    """The customer wants another revision."""
    raise NotOpen


def cancel_ticket(*, reference: UUID, reason: str) -> None:
    """The work is not wanted any more."""
    raise NotOpen
