"""One question, one answer: what does this cost, and why."""

from dataclasses import dataclass

from store.catalogue.models import Variant


@dataclass(frozen=True)
class Price:
    """A price of one, VAT included and taken apart. net + tax = gross."""

    net_minor: int
    tax_minor: int
    gross_minor: int
    currency: str


def price_of(*, variant: Variant, vat_rate_bp: int) -> Price:
    """What a ready-made variant costs: its fixed price, with the VAT that is in it, rounded half up."""
    gross = variant.price_minor
    tax = (2 * gross * vat_rate_bp + 10_000 + vat_rate_bp) // (2 * (10_000 + vat_rate_bp))
    return Price(net_minor=gross - tax, tax_minor=tax, gross_minor=gross, currency=variant.currency)
