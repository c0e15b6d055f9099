"""Which model stands behind a choice, and which ones a piece's page is asked for first."""

from contextlib import suppress

from production.offer import CannotWeigh, model_of
from store.catalogue.models import Piece
from store.pricing.choices import Choice
from store.pricing.choosing import Ways, choose, with_ways


def model_of_choice(choice: Choice) -> str | None:
    """The address of the model of exactly this choice; None while it is being built. Refuses, with CannotWeigh, what has none."""
    measures = choice.piece.parameters_for(ring_inner_um=choice.ring_inner_um, stone=choice.stone)
    species = choice.stone.species if choice.stone else ""
    return model_of(family=choice.piece.family, parameters=measures, species=species)


def prepare(*, piece_id: int) -> None:
    """Owe the model of every metal and stone as the page first shows them, where it is not built yet.

    Sizes that somebody chooses are built when they are asked for. Safe to repeat.
    """
    piece = with_ways(Piece.objects.on_show().exclude(family="")).filter(pk=piece_id).first()
    if piece is None:
        return
    ways = Ways(piece)
    stones = [str(stone.pk) for stone in ways.stones] or [""]
    for asked in ({"metal": alloy, "stone": stone} for alloy in ways.alloys for stone in stones):
        with suppress(CannotWeigh):
            model_of_choice(choose(piece, asked, brand=piece.brand, today=None).choice)
