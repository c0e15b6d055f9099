"""What the list pages show, and the price lists of the trade."""

from store.pricing.models.listing import Counts, Group, Listing, ListingQuerySet
from store.pricing.models.price_lists import CompanyPrices, ListedPrice, PriceBreak, PriceList

__all__ = [
    "CompanyPrices",
    "Counts",
    "Group",
    "ListedPrice",
    "Listing",
    "ListingQuerySet",
    "PriceBreak",
    "PriceList",
]
