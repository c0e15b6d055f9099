"""Doors for Celery."""

from celery import shared_task

from foundation.outbox.handlers import handles
from store.pricing import actions, turning


@handles("pricing.list_piece")
def list_piece(*, piece_id: int) -> None:
    """A piece, its price or its stock has changed: the list pages are to show it."""
    actions.list_piece(piece_id=piece_id)


@handles("pricing.draw_models")
def draw_models(*, piece_id: int) -> None:
    """A piece is shown, or its shape has changed: its models are to lie there before somebody asks to turn it."""
    turning.prepare(piece_id=piece_id)


@shared_task(name="pricing.follow_fixings")
def follow_fixings() -> None:
    """Where the day's fixings have changed, the pieces made to order are priced anew."""
    actions.follow_fixings()
