"""Amounts and currencies as Stripe takes them."""

from standins.stripe.refusals import Refused, invalid

# Smallest charge in minor units: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
SMALLEST = {
    "gbp": 30,
    "eur": 50,
    "usd": 50,
    "thb": 1000,
    "jpy": 50,
    "chf": 50,
    "aud": 50,
    "cad": 50,
    "sgd": 50,
    "hkd": 400,
}
LARGEST = 99_999_999
NO_MINOR_UNIT = {"jpy"}


def known_currency(code: str, param: str) -> str:
    """The code in lower case; only currencies the stand-in knows the rules of."""
    if code.lower() not in SMALLEST:
        raise invalid(f"Invalid currency: {code}. Stripe stand-in knows {', '.join(sorted(SMALLEST))}.", param)
    return code.lower()


def check_amount(minor: int, currency: str, param: str) -> None:
    """Refuse what is too small or too large to charge."""
    if minor < SMALLEST[currency]:
        least = written(SMALLEST[currency], currency)
        raise Refused(f"The amount due must add up to at least {least}.", code="amount_too_small", param=param)
    if minor > LARGEST:
        raise Refused(
            f"The amount due must be no more than {written(LARGEST, currency)}.", code="amount_too_large", param=param
        )


def written(minor: int, currency: str) -> str:
    """1234567, gbp: `12,345.67 GBP`."""
    if currency in NO_MINOR_UNIT:
        return f"{minor:,} {currency.upper()}"
    return f"{minor // 100:,}.{minor % 100:02d} {currency.upper()}"
