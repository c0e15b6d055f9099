"""How much cash a seller may take from one customer, and in which law that stands."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.house.models import Seller


class CashRule(models.Model):
    """A seller's limit on linked payments in cash, as an admin set it. Amounts are in minor units of its currency.

    Linked are the payments of one order and those of one customer within `window_days`. Who pays `ask_who_minor` or
    more in cash gives a name and a telephone number or e-mail, so that the next payment can be told to be theirs.
    """

    seller = models.OneToOneField(Seller, on_delete=models.CASCADE, related_name="cash_rule")
    limit_minor = models.PositiveBigIntegerField(_("most cash from one customer"))
    window_days = models.PositiveSmallIntegerField(_("days within which payments are linked"))
    ask_who_minor = models.PositiveBigIntegerField(_("ask who pays from"))
    source = models.CharField(_("where the limit stands"), max_length=240)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit_minor__gt=0, window_days__gt=0), name="payments_cash_rule_limits")
        ]

    def __str__(self) -> str:
        return f"{self.seller}: {self.limit_minor}"


HIGH_VALUE_DEALERS = (
    "Money Laundering Regulations 2017 (UK), regulation 14: cash of EUR 10,000 or more, in one operation or several "
    "that appear to be linked, is for registered high value dealers"
)
SET_UNTIL_CHANGED = {
    "GBP": {"limit_minor": 8_000_00, "window_days": 90, "ask_who_minor": 500_00,
            "source": HIGH_VALUE_DEALERS + "; kept below it in pounds, a default of the house"},
    "EUR": {"limit_minor": 9_999_99, "window_days": 90, "ask_who_minor": 500_00, "source": HIGH_VALUE_DEALERS},
}  # fmt: skip
"""Until an admin sets a seller's rule. The EUR 10,000 are the law's; the sums in pounds, the window and from when a
customer is asked are the house's defaults. A currency that is not here takes no cash before a rule is set."""


def cash_rule_of(seller: Seller) -> CashRule | None:
    """The seller's rule: the one that was set, else that of its currency, else none."""
    found = CashRule.objects.filter(seller=seller).first()
    if found is not None or seller.currency not in SET_UNTIL_CHANGED:
        return found
    return CashRule(seller=seller, **SET_UNTIL_CHANGED[seller.currency])
