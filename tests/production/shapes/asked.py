"""Parameter sets anywhere within their own limits: for the tests that try a thousand, and for the bench that times them."""

from random import Random

from production.shapes.families import FAMILIES
from production.shapes.parameters import Choice, Measure, Parameter

WORDS = ("", "A", "ΑΓ", "Лю", "รัก")


def asked(pick: Random, family: str) -> dict[str, object]:
    """Some of the family's parameters, each anywhere within its limits; about half are left out."""
    return {one.name: _value(pick, one) for one in FAMILIES[family].parameters if pick.random() < 0.5}


def _value(pick: Random, one: Parameter) -> object:
    if isinstance(one, Measure):
        return pick.randint(one.least, one.most)
    return pick.choice(one.options if isinstance(one, Choice) else WORDS)
