"""How a company's trade account goes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import Flow, Move
from foundation.people.roles import Role


class CompanyState(TextChoices):
    APPLIED = "applied", _("applied")
    APPROVED = "approved", _("open")
    DECLINED = "declined", _("declined")
    SUSPENDED = "suspended", _("suspended")


COMPANY_FLOW = Flow(
    CompanyState.APPLIED,
    [
        Move(CompanyState.APPLIED, CompanyState.APPROVED, by=(Role.SALES,), label=_("Open the account")),
        Move(CompanyState.APPLIED, CompanyState.DECLINED, by=(Role.SALES,), label=_("Decline")),
        Move(CompanyState.DECLINED, CompanyState.APPROVED, by=(Role.SALES,), label=_("Open it after all")),
        Move(CompanyState.APPROVED, CompanyState.SUSPENDED, by=(Role.SALES,), label=_("Suspend")),
        Move(CompanyState.SUSPENDED, CompanyState.APPROVED, by=(Role.SALES,), label=_("Open it again")),
    ],
)
