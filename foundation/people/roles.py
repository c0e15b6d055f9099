"""The roles of the house. A person may have several."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    CUSTOMER = "customer", _("Customer")
    TRADE_BUYER = "trade_buyer", _("Trade buyer")
    DESIGNER = "designer", _("Designer")
    CASTER = "caster", _("Caster")
    BENCH_JEWELLER = "bench_jeweller", _("Bench jeweller")
    SETTER = "setter", _("Setter")
    POLISHER = "polisher", _("Polisher")
    INSPECTOR = "inspector", _("Inspector")
    PACKER = "packer", _("Packer")
    PRODUCTION_MANAGER = "production_manager", _("Production manager")
    SALES = "sales", _("Sales")
    ADMIN = "admin", _("Admin")


BUYERS = frozenset({Role.CUSTOMER, Role.TRADE_BUYER})
STAFF = frozenset(Role) - BUYERS
MAKERS = (Role.DESIGNER, Role.CASTER, Role.BENCH_JEWELLER, Role.SETTER, Role.POLISHER)
WORKSHOP = (*MAKERS, Role.INSPECTOR, Role.PACKER, Role.PRODUCTION_MANAGER, Role.ADMIN)
OFFICE = (Role.SALES, Role.PRODUCTION_MANAGER, Role.ADMIN)
