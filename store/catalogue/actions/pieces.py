"""Adding pieces to what the house offers, showing them and taking them off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.files.actions import keep_image
from foundation.outbox.actions import put
from foundation.people.models import User
from store.catalogue.models import MetalOffered, Photo, Piece, StoneChoice, Variant


class NotReadyToShow(Exception):
    """What this piece still lacks, in a sentence."""


@transaction.atomic
def publish_piece(*, piece: Piece, by: User | None, now: datetime) -> Piece:
    """Show the piece to everybody. Refuses one without a picture, a collection, or any way to be bought."""
    if lacks := what_it_lacks(piece):
        raise NotReadyToShow(_("Before it can be shown, it needs %(lacks)s.") % {"lacks": _(", ").join(lacks)})
    piece.published_at = piece.published_at or now
    piece.withdrawn_at = None
    piece.save(update_fields=["published_at", "withdrawn_at"])
    relist(piece)
    owe_models(piece)
    return piece


@transaction.atomic
def withdraw_piece(*, piece: Piece, by: User | None, now: datetime) -> Piece:
    """Take the piece off the shop. What was sold of it keeps its page for those who own it; nothing is deleted."""
    if piece.published_at is None:
        raise NotReadyToShow(_("It is not on show."))
    piece.withdrawn_at = now
    piece.save(update_fields=["withdrawn_at"])
    relist(piece)
    return piece


def what_it_lacks(piece: Piece) -> list[str]:
    """What keeps a piece from being shown, in words."""
    metals = bool(piece.metals.all())
    ready = any(one.withdrawn_at is None for one in piece.variants.all())
    found = [
        (bool(piece.photos.all()), _("a picture")),
        (bool(piece.collections.all()), _("a collection")),
        (ready or piece.made_to_order, _("a price: a ready-made variant, or made to order")),
        (metals or not piece.made_to_order, _("a metal that it can be made in")),
    ]
    return [words for there, words in found if not there]


@transaction.atomic
def set_metals(*, piece: Piece, alloys: Sequence[str], by: User | None) -> None:
    """Offer the piece to order in exactly these alloys, in this order."""
    piece.metals.exclude(alloy__in=alloys).delete()
    for position, alloy in enumerate(alloys):
        MetalOffered.objects.update_or_create(piece=piece, alloy=alloy, defaults={"position": position})
    relist(piece)
    owe_models(piece)


@transaction.atomic
def add_photo(
    *,
    piece: Piece,
    upload: UploadedFile,
    by: User | None,
    alloy: str = "",
    view: str = "three_quarter",
    alt: str = "",
    width_um: int | None = None,
) -> Photo:
    """Add a picture, last in the row. Refuses, with the files' NotTaken, what is no picture."""
    file = keep_image(upload=upload, by=by, purpose="shop")
    position = piece.photos.count()
    return Photo.objects.create(
        piece=piece, file=file, alloy=alloy, view=view, alt=alt, position=position, width_um=width_um
    )


@transaction.atomic
def set_measures(*, piece: Piece, parameters: dict[str, Any], by: User | None) -> None:
    """Keep the measures of the piece's shape. Prices follow."""
    piece.parameters = parameters
    piece.save(update_fields=["parameters"])
    relist(piece)
    owe_models(piece)


@transaction.atomic
def price_variant(*, variant: Variant, price_minor: int, by: User | None) -> None:
    """Another price, VAT included. Baskets that have it at a lower one ask their buyer."""
    variant.price_minor = price_minor
    variant.save(update_fields=["price_minor"])
    relist(variant.piece)


@transaction.atomic
def withdraw_stone(*, stone: StoneChoice, now: datetime) -> None:
    """Offer the stone no longer."""
    stone.withdrawn_at = now
    stone.save(update_fields=["withdrawn_at"])
    relist(stone.piece)


def relist(piece: Piece) -> None:
    """Owe the list pages a new look at this piece."""
    put("pricing.list_piece", key=f"pricing.list_piece:{piece.pk}:{uuid4()}", payload={"piece_id": piece.pk})


def owe_models(piece: Piece, *, cause: str = "") -> None:
    """Owe the models that its page first turns, so that nobody waits for them. Under one `cause` once, else anew each time."""
    key = f"pricing.draw_models:{piece.pk}:{cause or uuid4()}"
    put("pricing.draw_models", key=key, payload={"piece_id": piece.pk})
