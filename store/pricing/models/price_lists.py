"""Price lists of the trade: a share off the retail price before VAT, larger from so many pieces, and prices by name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.house.models import Seller
from store.buyers.models import TradeCompany
from store.catalogue.models import Variant
from store.pricing.trade import Break, Terms


class PriceList(models.Model):
    """What a group of companies pays. Discounts are hundredths of a per cent of the retail price before VAT."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="price_lists")
    name = models.CharField(_("name"), max_length=60, unique=True)
    discount_bp = models.PositiveIntegerField(_("off retail before VAT, hundredths of a per cent"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(discount_bp__lt=10_000), name="pricing_list_leaves_a_price"),
        ]

    def __str__(self) -> str:
        return self.name

    def terms(self) -> Terms:
        """The list as a sum takes it, in three queries at most."""
        return Terms(
            discount_bp=self.discount_bp,
            breaks=tuple(Break(row.from_pieces, row.discount_bp) for row in self.breaks.all()),
            fixed=dict(self.prices.values_list("variant__sku", "net_minor")),
        )


class PriceBreak(models.Model):
    """From this many pieces of one style in an order, this share off instead."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="breaks")
    from_pieces = models.PositiveSmallIntegerField(_("from so many of one style"))
    discount_bp = models.PositiveIntegerField(_("off retail before VAT, hundredths of a per cent"))

    class Meta:
        ordering = ["from_pieces"]
        constraints = [
            models.UniqueConstraint(fields=["price_list", "from_pieces"], name="pricing_break_once"),
            models.CheckConstraint(
                condition=Q(discount_bp__lt=10_000, from_pieces__gt=1), name="pricing_break_leaves_a_price"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price_list} from {self.from_pieces}"


class ListedPrice(models.Model):
    """One variant's own net price on a list: it stands whatever the shares say."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="prices")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    net_minor = models.PositiveIntegerField(_("net price"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["price_list", "variant"], name="pricing_listed_once"),
            models.CheckConstraint(condition=Q(net_minor__gt=0), name="pricing_listed_is_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.price_list}: {self.variant}"


class CompanyPrices(models.Model):
    """Which list a company buys from."""

    company = models.OneToOneField(TradeCompany, on_delete=models.CASCADE, related_name="prices")
    price_list = models.ForeignKey(PriceList, on_delete=models.PROTECT, related_name="companies")

    def __str__(self) -> str:
        return f"{self.company}: {self.price_list}"
