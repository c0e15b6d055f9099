"""What a process of the pool is asked for: pure, so that it does without the house's settings."""

from collections.abc import Mapping

from production.shapes.building import build
from production.shapes.drawing import svg
from production.shapes.export import stl, threemf
from production.shapes.measuring import Measures, measure
from production.shapes.model import model


def work(asked: str, family: str, parameters: Mapping[str, object], shrinkage_ppm: int = 0) -> Measures | bytes:
    """The piece's "measures", its "model" for a browser, its "drawing", or a casting file, "stl" or "3mf", larger by the shrinkage.

    Refuses, with Refused, what cannot be made.
    """
    if asked == "measures":
        return measure(family, parameters)
    if asked == "model":
        return model(family, parameters)
    piece = build(family, parameters)
    if asked == "drawing":
        return svg(piece).encode()
    return {"stl": stl, "3mf": threemf}[asked](piece, shrinkage_ppm=shrinkage_ppm)
