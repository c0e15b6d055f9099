"""Pieces that the style guide turns. The ground draws no shapes: a room above it that can, says here what it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True)
class Turned:
    """A piece to be turned: its picture (as `<c-photo>` takes it) and how wide that is, its tray, and where its model is asked for."""

    name: str
    picture: Values
    across_um: int
    tray: str
    ask: str


_told: list[Callable[[], Sequence[Turned]]] = []


def also_turns(pieces: Callable[[], Sequence[Turned]]) -> None:
    """From now on the style guide shows these too."""
    if pieces not in _told:
        _told.append(pieces)


def all_turned() -> list[Turned]:
    """Everything that was told."""
    return [piece for pieces in _told for piece in pieces()]
