"""The style guide's pieces, one of every family and more where a family has two faces: pictures that were taken, and their models."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse

from demo.catalogue import DESIGNS
from demo.pictures import FOLDER
from demo.shelves import manifest
from foundation.reference.alloys import alloy
from foundation.ui.turned import Turned
from production.offer import model_of
from production.shapes.families import FAMILIES
from store.catalogue.wording import alloy_name, swatch

VIEW = "three_quarter"
SHOWN = (
    ("eave", "AU750Y"), ("jamb", "AU750R"), ("clerestory", "PT950Ru"), ("mullion", "AU750Y"), ("oculus", "AU750W-Pd"),
    ("louvre", "AU750W-Pd"), ("lintel", "AU750Y"), ("casement", "AU750Y"), ("fanlight", "PT950Ru"), ("transom", "AU750R"),
    ("atrium", "AU750W-Pd"), ("arcade", "AU750Y"), ("gable", "AU750Y"), ("belvedere", "AU750Y"), ("loggia", "AG925"),
    ("portico", "AG925"), ("roundel", "AU750Y"),
)  # fmt: skip
"""Piece and alloy: a band plain and with milgrain, stones round and step cut, a row half and all round, bangle and cuff."""


@dataclass(frozen=True)
class Taken:
    """One of them, as its picture's manifest tells it."""

    slug: str
    path: Path
    told: dict[str, Any]

    @property
    def metal(self) -> str:
        """The colour of its alloy, as discs and models name it."""
        return swatch(self.told["alloy"])

    def model(self) -> str | None:
        """The address of its model; None while it is being built. Refuses, with CannotWeigh, what has none."""
        return model_of(family=self.told["family"], parameters=self.told["parameters"])


def taken() -> dict[str, Taken]:
    """All of them by name, in the order of the page."""
    names = {slug: f"{slug}/{code}-{VIEW}.webp" for slug, code in SHOWN}
    return {slug: Taken(slug, FOLDER / name, manifest()[name]) for slug, name in names.items()}


def turned() -> list[Turned]:
    """What the style guide is given."""
    names = {design.slug: design.name for design in DESIGNS}
    return [_turned(one, names[one.slug]) for one in taken().values()]


def _turned(one: Taken, name: str) -> Turned:
    told = one.told
    title = FAMILIES[told["family"]].title
    source = reverse("demo:turned_picture", args=[one.slug])
    return Turned(
        name=f"{title}: {name}, {alloy_name(alloy(told['alloy']).code)}",
        picture={"src": source, "width": 800, "height": 1000, "alt": told["alt"]},
        across_um=told["width_um"],
        tray=told["tray"],
        ask=reverse("demo:turned_model", args=[one.slug]),
    )
