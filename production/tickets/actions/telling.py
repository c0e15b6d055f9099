"""News: written down first, then told."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from production.routes.stages import Stage
from production.signals import ticket_moved
from production.tickets.models import Evidence, News, Ticket


@transaction.atomic
def tell(
    *,
    ticket: Ticket,
    headline: str,
    words: str = "",
    photos: Sequence[UUID] = (),
    facts: Mapping[str, Any] | None = None,
) -> News:
    """Write the next piece of news of a ticket and tell whoever listens. Its stage is that of the current operation; `facts` are
    what was done to the piece, in figures that its buyer may read.
    """
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    current = ticket.current
    news = News.objects.create(
        ticket=ticket,
        sequence=_next(ticket.reference),
        stage=current.stage if current else Stage.PACKAGING,
        headline=headline,
        words=words,
        photos=list(photos),
        facts=dict(facts or {}),
    )
    ticket_moved.send(
        Ticket, reference=ticket.reference, number=ticket.number, sequence=news.sequence, stage=news.stage,
        state=ticket.state, at=news.at, headline=headline, note=words, photos=[str(photo) for photo in photos],
        facts=news.facts,
    )  # fmt: skip
    return news


def _next(reference: UUID) -> int:
    """News is numbered without gaps over all bags of a work order; whoever tells next waits until this is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"news:{reference}"])
    return News.objects.filter(ticket__reference=reference).count() + 1


def untold_photos(ticket: Ticket) -> list[UUID]:
    """Photos released to the customer that no news has carried yet."""
    news = News.objects.filter(ticket__reference=ticket.reference).values_list("photos", flat=True)
    told = {photo for photos in news for photo in photos}
    rows = Evidence.objects.filter(operation__ticket=ticket, for_customer=True, file__isnull=False)
    return [reference for reference in rows.values_list("file__reference", flat=True) if reference not in told]
