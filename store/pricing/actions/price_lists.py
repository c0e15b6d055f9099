"""Price lists of the trade: written whole, given to companies."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.house.models import Seller
from store.buyers.models import TradeCompany
from store.catalogue.models import Variant
from store.pricing.models import CompanyPrices, ListedPrice, PriceBreak, PriceList


class WrongList(Exception):
    """Why a price list cannot stand as it is, in a sentence."""


@transaction.atomic
def write_list(
    *,
    seller: Seller,
    name: str,
    discount_bp: int,
    breaks: Mapping[int, int],
    prices: Mapping[str, int],
    price_list: PriceList | None = None,
) -> PriceList:
    """Write a list whole: its share, its breaks ({pieces: share}), its own prices ({stock number: net minor}).

    Orders that are placed keep their prices. Refuses, with WrongList, a break that is no better than what comes
    before it, a name that is taken, and a stock number that there is not.
    """
    _check(discount_bp, breaks)
    same = PriceList.objects.filter(name=name).first()
    if same is not None and same != price_list:
        raise WrongList(_("There is a list called “%(name)s” already.") % {"name": name})
    row = price_list or PriceList(seller=seller)
    row.name, row.discount_bp = name, discount_bp
    row.save()
    row.breaks.all().delete()
    PriceBreak.objects.bulk_create(
        PriceBreak(price_list=row, from_pieces=pieces, discount_bp=share) for pieces, share in sorted(breaks.items())
    )
    _write_prices(row, prices)
    return row


@transaction.atomic
def give_list(*, company: TradeCompany, price_list: PriceList) -> CompanyPrices:
    """Let the company buy from this list."""
    row, _made = CompanyPrices.objects.update_or_create(company=company, defaults={"price_list": price_list})
    return row


def _check(discount_bp: int, breaks: Mapping[int, int]) -> None:
    last = discount_bp
    for pieces, share in sorted(breaks.items()):
        if pieces < 2:
            raise WrongList(_("A break begins at 2 pieces or more."))
        if share <= last:
            raise WrongList(
                _("From %(pieces)s pieces the discount has to be larger than before it.") % {"pieces": pieces}
            )
        last = share
    if not 0 <= last < 10_000:
        raise WrongList(_("A discount lies between nothing and less than the whole price."))


def _write_prices(row: PriceList, prices: Mapping[str, int]) -> None:
    variants = {variant.sku: variant for variant in Variant.objects.filter(sku__in=prices)}
    if lost := sorted(set(prices) - set(variants)):
        raise WrongList(_("There is no stock number %(sku)s.") % {"sku": lost[0]})
    row.prices.all().delete()
    ListedPrice.objects.bulk_create(
        ListedPrice(price_list=row, variant=variants[sku], net_minor=minor) for sku, minor in prices.items()
    )
