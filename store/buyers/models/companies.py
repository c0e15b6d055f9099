"""Companies of the trade: who they are, who buys for them, what they sent to show it, and on what terms."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from foundation.files.models import File
from foundation.house.models import Seller
from foundation.moves import Flowing, Step
from foundation.people.models import User, new_reference
from foundation.people.roles import OFFICE
from store.buyers.flow import COMPANY_FLOW, CompanyState


class CompanyQuerySet(models.QuerySet["TradeCompany"]):
    def for_user(self, user: Any) -> Self:
        """What this person may see: the office every company, a buyer their own, a stranger none."""
        if not isinstance(user, User):
            return self.none()
        return self if user.has_role(*OFFICE) else self.filter(people__user=user)

    def open(self) -> Self:
        """Those that may see trade prices and order."""
        return self.filter(state=CompanyState.APPROVED)


class TradeCompany(Flowing):
    """A retailer that buys from us, or asks to. Its terms count only while its account is open.

    `credit_limit_minor` is in the seller's currency and bounds open orders and unpaid invoices together.
    Its VAT number holds by its form and check digits, or is empty where it is not registered.
    """

    flow = COMPANY_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("company"), max_length=120)
    registration_number = models.CharField(_("company number"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("what you sell, and where"), blank=True)
    contact_name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    line1 = models.CharField(_("street and number"), max_length=120)
    line2 = models.CharField(_("second line"), max_length=120, blank=True)
    city = models.CharField(_("town or city"), max_length=80)
    region = models.CharField(_("county or province"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    country = models.CharField(_("country"), max_length=2)
    language = models.CharField(max_length=5, default="en")
    terms_days = models.PositiveSmallIntegerField(_("days to pay, from the invoice"), default=30)
    credit_limit_minor = models.PositiveBigIntegerField(_("credit limit"), default=0)
    applied_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=CompanyState.choices, default=CompanyState.APPLIED)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            COMPANY_FLOW.constraint(),
            models.UniqueConstraint(Lower("email"), condition=~Q(state="declined"), name="buyers_company_email_once"),
            models.UniqueConstraint(
                fields=["vat_number"],
                condition=~Q(state="declined") & ~Q(vat_number=""),
                name="buyers_company_vat_once",
            ),
            models.CheckConstraint(condition=Q(terms_days__lte=120), name="buyers_company_terms_bounded"),
        ]
        triggers = COMPANY_FLOW.triggers()

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it sees trade prices and may order."""
        return self.state == CompanyState.APPROVED

    def address_lines(self) -> tuple[str, ...]:
        """As they stand on an invoice, the country left out."""
        last = " ".join(part for part in (self.city, self.region, self.postcode) if part)
        return tuple(line for line in (self.line1, self.line2, last) if line)


class CompanyStep(Step):
    owner = models.ForeignKey(TradeCompany, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass


class CompanyPerson(models.Model):
    """That somebody buys for a company. Nobody buys for two."""

    company = models.ForeignKey(TradeCompany, on_delete=models.CASCADE, related_name="people")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="buys_for")
    since_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user} for {self.company}"


class CompanyPaper(models.Model):
    """A document that a company sent with its application."""

    company = models.ForeignKey(TradeCompany, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
