"""What a process of the pool is asked for: pure, so that it does without the house's settings."""

from collections.abc import Mapping

from production.shapes.measuring import Measures, measure
from production.shapes.model import model


def work(asked: str, family: str, parameters: Mapping[str, object]) -> Measures | bytes:
    """The piece's "measures", or its "model" for a browser. Refuses, with Refused, what cannot be made."""
    return measure(family, parameters) if asked == "measures" else model(family, parameters)
