"""A family of pieces: a name, what may be asked for, and the drawing that makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from production.shapes.parameters import Given, Parameter, Text
from production.shapes.piece import Made
from production.shapes.points import POINTED


@dataclass(frozen=True)
class Family:
    """`make` gets every parameter, read and within limits; it returns bodies and stones or refuses by a named rule."""

    name: str
    title: Text
    parameters: tuple[Parameter, ...]
    make: Callable[[Given], Made]
    pointed: int = 0  # added to the version where the stone has points
    version: int = 1  # raise it when the drawing changes, so that no cache serves the old one; not for other triangles on the same skin

    def version_of(self, given: Given) -> int:
        """The version of the drawing that is used for these parameters."""
        return self.version + (self.pointed if given.get("cut") in POINTED else 0)
