"""News: written down first, then told."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from production.routes.stages import Stage
from production.signals import ticket_moved
from production.tickets.models import Evidence, News, Ticket


@transaction.atomic
def tell(*, ticket: Ticket, headline: str, words: str = "", photos: Sequence[UUID] = ()) -> News:
    """Write the next piece of news of a ticket and tell whoever listens. Its stage is that of the current operation."""
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    current = ticket.current
    news = News.objects.create(
        ticket=ticket,
        sequence=ticket.news.count() + 1,
        stage=current.stage if current else Stage.PACKAGING,
        headline=headline,
        words=words,
        photos=list(photos),
    )
    ticket_moved.send(
        Ticket, reference=ticket.reference, number=ticket.number, sequence=news.sequence, stage=news.stage,
        state=ticket.state, at=news.at, headline=headline, note=words, photos=[str(photo) for photo in photos],
    )  # fmt: skip
    return news


def untold_photos(ticket: Ticket) -> list[UUID]:
    """Photos released to the customer that no news has carried yet."""
    told = {photo for photos in ticket.news.values_list("photos", flat=True) for photo in photos}
    rows = Evidence.objects.filter(operation__ticket=ticket, for_customer=True, file__isnull=False)
    return [reference for reference in rows.values_list("file__reference", flat=True) if reference not in told]
