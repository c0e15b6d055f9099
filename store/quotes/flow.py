"""How a quote goes: drawn up, shared by its link, approved by whoever it is for, paid."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import Flow, Move
from foundation.people.roles import Role

SALES = (Role.SALES,)


class QuoteState(TextChoices):
    DRAFTED = "drafted", _("drafted")
    SHARED = "shared", _("shared")
    APPROVED = "approved", _("approved, to be paid")
    PAID = "paid", _("paid: an order")
    EXPIRED = "expired", _("run out")
    WITHDRAWN = "withdrawn", _("withdrawn")


QUOTE_FLOW = Flow(
    QuoteState.DRAFTED,
    [
        Move(QuoteState.DRAFTED, QuoteState.SHARED, by=SALES, needs=("not_over",), label=_("Make the link")),
        Move(QuoteState.DRAFTED, QuoteState.WITHDRAWN, by=SALES, label=_("Withdraw it")),
        Move(QuoteState.DRAFTED, QuoteState.EXPIRED),
        Move(QuoteState.SHARED, QuoteState.APPROVED, needs=("not_over",)),  # by its link: the house acts for the buyer
        Move(QuoteState.SHARED, QuoteState.EXPIRED),
        Move(QuoteState.SHARED, QuoteState.WITHDRAWN, by=SALES, label=_("Withdraw it")),
        Move(QuoteState.APPROVED, QuoteState.PAID),
        Move(QuoteState.APPROVED, QuoteState.EXPIRED),  # its order was not paid in time, or is off
        Move(QuoteState.APPROVED, QuoteState.WITHDRAWN, by=SALES, needs=("not_paid",), label=_("Withdraw it")),
        Move(QuoteState.EXPIRED, QuoteState.SHARED, by=SALES, needs=("not_over",), label=_("Renew it")),
        Move(QuoteState.EXPIRED, QuoteState.PAID),  # the money came late, and what was held was still there
        Move(QuoteState.EXPIRED, QuoteState.WITHDRAWN, by=SALES, label=_("Withdraw it")),
    ],
)
