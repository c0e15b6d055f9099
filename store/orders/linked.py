"""Which payments in cash are one customer's. Names, numbers and addresses in, sums out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class CashPaid:
    """Cash that one order brought, less what went back, and who is known to have paid it."""

    order: int
    minor: int
    keys: frozenset[str]


def keys_of(*, name: str, email: str, phone: str) -> frozenset[str]:
    """What a customer is known again by: e-mail, the last nine digits of a telephone number, name; any may be missing."""
    digits = re.sub(r"\D", "", phone)[-9:]
    found = {
        f"email:{email.strip().casefold()}" if email.strip() else "",
        f"phone:{digits}" if len(digits) >= 7 else "",
        f"name:{' '.join(name.casefold().split())}" if name.strip() else "",
    }
    return frozenset(found - {""})


def linked_minor(paid: Iterable[CashPaid], *, order: int, keys: frozenset[str]) -> int:
    """What this order, and everybody it shares a key with, at one remove or several, has paid in cash."""
    rest, known, total = list(paid), set(keys), 0
    while near := [one for one in rest if one.order == order or one.keys & known]:
        rest = [one for one in rest if one not in near]
        total += sum(one.minor for one in near)
        known |= {key for one in near for key in one.keys}
    return total
