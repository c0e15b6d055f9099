"""When a measured value passes. Numbers in, a verdict in words out.

Weight within the larger of 3 % and 0.05 g of what the design predicts, and ring size within 0.2 mm of inner diameter
(a quarter of a US size), are house defaults until the workshop has its own.
"""

from django.utils.translation import gettext as _

from foundation.length import format_mm
from foundation.mass import format_mass

WEIGHT_TOLERANCE_BP = 300
LEAST_WEIGHT_TOLERANCE_MG = 50
RING_TOLERANCE_UM = 200


def weight_fault(*, measured_mg: int, predicted_mg: int) -> str:
    """Why a weight does not pass; "" when it does."""
    allowed = max(LEAST_WEIGHT_TOLERANCE_MG, predicted_mg * WEIGHT_TOLERANCE_BP // 10_000)
    if abs(measured_mg - predicted_mg) <= allowed:
        return ""
    return _("It weighs %(measured)s; the design says %(predicted)s, give or take %(allowed)s.") % {
        "measured": format_mass(measured_mg), "predicted": format_mass(predicted_mg), "allowed": format_mass(allowed),
    }  # fmt: skip


def ring_fault(*, measured_um: int | None, asked_um: int) -> str:
    """Why an inner diameter does not pass; "" when it does. What nobody measured is asked for."""
    if measured_um is None:
        return _("Measure it inside: %(asked)s was asked for.") % {"asked": format_mm(asked_um)}
    if abs(measured_um - asked_um) <= RING_TOLERANCE_UM:
        return ""
    return _("It measures %(measured)s inside; %(asked)s was asked for.") % {
        "measured": format_mm(measured_um), "asked": format_mm(asked_um),
    }  # fmt: skip


def text_fault(*, read: str, approved: str) -> str:
    """Why an engraving does not pass; "" when it is the approved text, letter by letter."""
    if read.strip() == approved.strip():
        return ""
    return _("It reads “%(read)s”; approved was “%(approved)s”.") % {"read": read, "approved": approved}
