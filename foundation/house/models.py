"""The house's own facts: who sells, under which name, where, and when it works. Rows that an admin edits."""

from datetime import time
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

WEEKDAYS = [(1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday")), (5, _("Friday")),
            (6, _("Saturday")), (7, _("Sunday"))]  # fmt: skip

LAWS_RETURN_DAYS, RETURN_DAYS = 14, 30
"""What the law gives who buys at a distance (Directive 2011/83/EU, Article 9; Consumer Contracts Regulations 2013, regulation
30), and what a brand gives until an admin says otherwise.
"""


class Seller(models.Model):
    """A legal entity that sells: on every order, invoice, payment and fixing."""

    code = models.SlugField(unique=True)
    legal_name = models.CharField(_("legal name"), max_length=200)
    address = models.TextField(_("address"))
    country = models.CharField(_("country"), max_length=2)
    currency = models.CharField(_("currency"), max_length=3)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    vat_rate_bp = models.PositiveIntegerField(_("VAT rate in hundredths of a per cent"), default=2000)
    invoice_prefix = models.CharField(_("invoice series"), max_length=8)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    bank_details = models.TextField(_("bank details for transfers"), blank=True)
    promptpay_id = models.CharField(_("PromptPay number"), max_length=20, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/London")

    def __str__(self) -> str:
        return self.legal_name


class Brand(models.Model):
    """A name the house sells under: on every order, mail, paper and parcel."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="brands")
    strapline = models.CharField(_("strapline"), max_length=160, blank=True)
    contact_email = models.EmailField(_("e-mail for customers"))
    whatsapp = models.CharField(max_length=20, blank=True)
    line_id = models.CharField("LINE", max_length=40, blank=True)
    making_rate_minor_per_hour = models.PositiveIntegerField(_("price of an hour's making"), default=6000)
    house_fee_minor = models.PositiveIntegerField(_("house and packing, per piece"), default=4500)
    metal_markup_bp = models.PositiveIntegerField(_("handling of metal, in hundredths of a per cent"), default=1500)
    deposit_percent = models.PositiveSmallIntegerField(_("deposit on made-to-order, per cent"), default=50)
    return_days = models.PositiveSmallIntegerField(
        _("days from arrival in which a piece may be sent back"), default=RETURN_DAYS, db_default=RETURN_DAYS,
        validators=[MinValueValidator(LAWS_RETURN_DAYS, _("The law gives buyers fourteen days: no less.")), MaxValueValidator(3650)],
        help_text=_("For what is ordered from now on. Orders keep the days they were bought with."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(return_days__gte=LAWS_RETURN_DAYS), name="house_brand_gives_the_laws_days"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(models.QuerySet["Site"]):
    def workshops(self) -> Self:
        """Those with benches, the house's first one first."""
        return self.filter(is_workshop=True).order_by("pk")


class Site(models.Model):
    """A place: on every piece in stock, lot, ticket and parcel."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="sites")
    address = models.TextField(_("address"))
    country = models.CharField(_("country"), max_length=2)
    time_zone = models.CharField(_("time zone"), max_length=40)
    is_workshop = models.BooleanField(_("has benches"), default=False)
    is_showroom = models.BooleanField(_("has a counter"), default=False, db_default=False)

    objects = SiteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Calendar(models.Model):
    """When a site works: its weekdays and hours, in the site's own zone."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="calendar")
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=WEEKDAYS), default=list)
    opens_at = models.TimeField(_("opens"), default=time(8, 30))
    closes_at = models.TimeField(_("closes"), default=time(17, 30))

    def __str__(self) -> str:
        return f"{self.site}: {self.opens_at:%H:%M} to {self.closes_at:%H:%M}"


class Holiday(models.Model):
    """A day on which a site does not work."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="holidays")
    on = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["site", "on"], name="house_holiday_once")]

    def __str__(self) -> str:
        return f"{date_format(self.on, 'D j M Y')}: {self.name}"


class DeliveryMethod(models.Model):
    """A way to send a parcel, as a seller offers it."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="delivery_methods")
    code = models.SlugField()
    name = models.CharField(_("name"), max_length=80)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    price_minor = models.PositiveIntegerField(_("price, VAT included"))
    days = models.PositiveSmallIntegerField(_("working days on the way"))
    carrier = models.CharField(_("carrier"), max_length=40)
    tracking_url = models.CharField(
        max_length=200, blank=True, validators=[RegexValidator(r"\{number\}", _("Put {number} where the number goes."))]
    )
    position = models.PositiveSmallIntegerField(default=0)
    collected_at = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("collected in person at"),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["seller", "code"], name="house_delivery_once")]

    def __str__(self) -> str:
        return self.name
