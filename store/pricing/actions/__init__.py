"""Writing down what the list pages show, and the price lists of the trade."""

from store.pricing.actions.listing import FIXINGS_SEEN, USUAL_SIZE_UM, follow_fixings, list_piece, usual_size
from store.pricing.actions.price_lists import WrongList, give_list, write_list

__all__ = [
    "FIXINGS_SEEN",
    "USUAL_SIZE_UM",
    "WrongList",
    "follow_fixings",
    "give_list",
    "list_piece",
    "usual_size",
    "write_list",
]
