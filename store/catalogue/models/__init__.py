"""What the house offers: collections of pieces, and what of them lies in the tray."""

from store.catalogue.models.pieces import (
    Collection,
    Kind,
    MetalOffered,
    Photo,
    Piece,
    PieceQuerySet,
    Tray,
    Variant,
    View,
)
from store.catalogue.models.stock import Hold, HoldStep, MovementKind, Stock, StockMovement
from store.catalogue.models.stones import Grown, StoneChoice

__all__ = [
    "Collection",
    "Grown",
    "Hold",
    "HoldStep",
    "Kind",
    "MetalOffered",
    "MovementKind",
    "Photo",
    "Piece",
    "PieceQuerySet",
    "Stock",
    "StockMovement",
    "StoneChoice",
    "Tray",
    "Variant",
    "View",
]
