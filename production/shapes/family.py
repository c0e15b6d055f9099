"""A family of pieces: a name, what may be asked for, and the drawing that makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from production.shapes.parameters import Given, Parameter
from production.shapes.piece import Made


@dataclass(frozen=True)
class Family:
    """`make` gets every parameter, read and within limits; it returns bodies and stones or refuses by a named rule."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    make: Callable[[Given], Made]
