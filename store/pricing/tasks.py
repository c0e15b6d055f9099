"""Doors for Celery."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from store.pricing import actions, turning


@handles("pricing.list_piece", _("Bring a piece in the lists up to date"))
def list_piece(*, piece_id: int) -> None:
    """A piece, its price or its stock has changed: the list pages are to show it."""
    actions.list_piece(piece_id=piece_id)


@handles("pricing.draw_models", _("Have a piece’s models drawn"))
def draw_models(*, piece_id: int) -> None:
    """A piece is shown, or its shape has changed: its models are to lie there before somebody asks to turn it."""
    turning.prepare(piece_id=piece_id)


@shared_task(name="pricing.follow_fixings")
def follow_fixings() -> None:
    """Where the day's fixings have changed, the pieces made to order are priced anew."""
    actions.follow_fixings()
