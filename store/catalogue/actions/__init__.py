"""Changes to what the house offers and to what lies in the tray."""

from store.catalogue.actions.pieces import (
    NotReadyToShow,
    add_photo,
    price_variant,
    publish_piece,
    relist,
    set_measures,
    set_metals,
    withdraw_piece,
    withdraw_stone,
)
from store.catalogue.actions.stock import (
    HeldForBuyers,
    OutOfStock,
    count_stock,
    expire_holds,
    extend_holds,
    hold_stock,
    receive_stock,
    release_hold,
    return_stock,
    take_all,
    take_stock,
)

__all__ = [
    "HeldForBuyers",
    "NotReadyToShow",
    "OutOfStock",
    "add_photo",
    "count_stock",
    "expire_holds",
    "extend_holds",
    "hold_stock",
    "price_variant",
    "publish_piece",
    "receive_stock",
    "release_hold",
    "relist",
    "return_stock",
    "set_measures",
    "set_metals",
    "take_all",
    "take_stock",
    "withdraw_piece",
    "withdraw_stone",
]
