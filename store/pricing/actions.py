"""Writing down what the list pages show."""

from django.db import transaction

from store.catalogue.models import Piece
from store.pricing.models import Listing


@transaction.atomic
def list_piece(*, piece_id: int) -> int:
    """Write the piece's listings anew."""
    Listing.objects.filter(piece_id=piece_id).delete()
    Piece.objects.filter(pk=piece_id).on_show()
    return 0


def follow_fixings() -> None:
    """x"""
