"""Exact sums: the one rounding rule of the house, and sharing a whole without losing a part of it."""

from collections.abc import Sequence
from fractions import Fraction


class NotExact(TypeError):
    """A number that is not whole was given where only whole units are kept."""


class CannotShare(ValueError):
    """A whole cannot be shared by these weights."""


def whole(value: object, what: str) -> int:
    """`value`, if it is an int. Floats, Decimals and booleans are refused: they are how fractions of a penny get in."""
    if type(value) is not int:
        raise NotExact(f"{what} is kept in whole units; {value!r} is not a whole number.")
    return value


def rounded(value: Fraction | int) -> int:
    """The nearest whole number; an exact half goes away from zero.

    Half away from zero, because a person who checks an invoice by hand rounds so, and because a refund then is the
    exact mirror of the sale. We round once per printed amount and never sum rounded guesses, so the even-handedness
    of half-even has nothing to gain here.
    """
    n, d = Fraction(value).as_integer_ratio()
    nearest = (2 * abs(n) + d) // (2 * d)
    return nearest if n >= 0 else -nearest


def share(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` shared in proportion to `weights` by largest remainder; the shares always sum to `total`.

    A tie goes to the larger weight, then to the earlier one. A weight of 0 gets 0. A negative total is the mirror of
    the positive one. Refuses no weights, negative weights, and weights that are all 0 (unless there is nothing to share).
    """
    whole(total, "A total")
    if any(whole(w, "A weight") < 0 for w in weights):
        raise CannotShare("A share cannot have a negative weight.")
    if not (of := sum(weights)):
        if total:
            raise CannotShare("There is nothing to share the amount over.")
        return tuple(0 for _ in weights)
    shares = [abs(total) * w // of for w in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(abs(total) * weights[i] % of), -weights[i], i))
    for i in by_remainder[: abs(total) - sum(shares)]:
        shares[i] += 1
    return tuple(shares) if total >= 0 else tuple(-s for s in shares)


def written(value: Fraction | int, places: int) -> str:
    """`value` in digits with a decimal point and exactly `places` decimals."""
    scaled = rounded(Fraction(value) * 10**places)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if scaled < 0 else text
