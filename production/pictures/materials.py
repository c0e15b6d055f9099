"""What pieces are made of, as light sees it: metals by reflectance, stones by refraction, trays by colour.

Metal colours by Gulbrandsen's artist-friendly Fresnel (JCGT 3(4), 2014) from the alloy's reflectance; a stone's colour
is what passes each time light enters or leaves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

METALS: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "gold yellow": ((1.0, 0.735, 0.335), (1.0, 0.94, 0.72)),
    "gold rose": ((0.965, 0.635, 0.475), (0.98, 0.88, 0.82)),
    "gold white": ((0.83, 0.815, 0.785), (0.7, 0.7, 0.7)),
    "silver white": ((0.965, 0.955, 0.925), (0.95, 0.95, 0.95)),
    "palladium grey": ((0.735, 0.70, 0.655), (0.62, 0.62, 0.62)),
    "platinum grey": ((0.72, 0.70, 0.67), (0.6, 0.6, 0.6)),
}
"""(reflectance looking straight on, tint at grazing angles), linear sRGB, by metal and colour of the alloy."""


@dataclass(frozen=True)
class Gem:
    """A stone to light: refraction, its spread from red to blue, and what passes through (entry and exit each)."""

    index: float
    spread: float = 0.0
    colour: tuple[float, float, float] | None = None


GEMS = {
    "diamond": Gem(2.417, 0.0165),
    "ruby": Gem(1.768, 0, (0.74, 0.028, 0.13)),
    "sapphire": Gem(1.768, 0, (0.10, 0.19, 0.66)),
    "spinel": Gem(1.718, 0, (0.86, 0.15, 0.33)),
    "emerald": Gem(1.58, 0, (0.06, 0.56, 0.25)),
    "amethyst": Gem(1.548, 0, (0.46, 0.17, 0.66)),
    "aquamarine": Gem(1.577, 0, (0.55, 0.82, 0.90)),
    "tourmaline": Gem(1.63, 0, (0.80, 0.22, 0.42)),
    "peridot": Gem(1.67, 0, (0.52, 0.74, 0.16)),
    "garnet": Gem(1.76, 0, (0.56, 0.03, 0.06)),
    "citrine": Gem(1.548, 0, (0.95, 0.66, 0.16)),
}

TRAYS = {
    "stone": "#dfe2dd",
    "sage": "#a9bcb2",
    "pewter": "#b4bcc2",
    "clay": "#c9b3a6",
    "blush": "#d8c6bf",
    "ink": "#12332f",
}


def stone(gem: str, shift: int) -> dict[str, Any]:
    """The surface of a stone; `shift` −1, 0, 1 is its refraction for red, green, blue."""
    made = GEMS[gem]
    glass: dict[str, Any] = {"type": "dielectric", "int_ior": made.index + made.spread * shift, "ext_ior": 1.000277}
    return glass | ({"specular_transmittance": {"type": "rgb", "value": list(made.colour)}} if made.colour else {})


PEARL = "pearl"
NACRE = 0.24
"""How much of the light nacre's layers send back as a mirror does; the rest comes from within."""
ORIENT = (
    (1.0, (0.80, 0.665, 0.615)),
    (0.85, (0.80, 0.68, 0.635)),
    (0.62, (0.70, 0.72, 0.645)),
    (0.38, (0.635, 0.66, 0.655)),
    (0.0, (0.52, 0.47, 0.46)),
)
"""A white pearl's colour by the cosine between its skin and the eye: rose in the middle, green and then blue around it."""


def orient(cosines: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Linear RGB of a pearl's skin where the cosine between it and the eye is this."""
    at, colours = np.array([c for c, _ in ORIENT[::-1]]), np.array([colour for _, colour in ORIENT[::-1]])
    return np.stack([np.interp(cosines, at, colours[:, k]) for k in range(3)], -1)


def pearl() -> dict[str, Any]:
    """A pearl's surface: a body lit from within, under nacre that mirrors softly. Its mesh carries `vertex_orient`."""
    within = {
        "type": "principled", "roughness": 0.3, "eta": 1.53, "clearcoat": 0.6, "clearcoat_gloss": 0.97,
        "base_color": {"type": "mesh_attribute", "name": "vertex_orient"},
    }  # fmt: skip
    n, k = _artist((0.86, 0.80, 0.79), (0.95, 0.97, 0.96))
    nacre = {
        "type": "roughconductor", "distribution": "ggx", "alpha": 0.075,
        "eta": {"type": "rgb", "value": n}, "k": {"type": "rgb", "value": k},
    }  # fmt: skip
    return {"type": "twosided", "skin": {"type": "blendbsdf", "weight": NACRE, "within": within, "nacre": nacre}}


DULL = {"wax": "#2f6b4f", "stand": "#5b6a66"}
"""Casting wax, as injected; the painted stand that earrings hang from."""


def surface(look: str, roughness: float) -> dict[str, Any]:
    """The surface of a metal, polished or not, or of something that is none."""
    if look not in DULL:
        return metal(look, roughness)
    colour = {"type": "rgb", "value": linear(DULL[look]).tolist()}
    return {
        "type": "roughplastic",
        "alpha": roughness,
        "int_ior": 1.44,
        "diffuse_reflectance": colour,
        "nonlinear": True,
    }


def metal(look: str, roughness: float) -> dict[str, Any]:
    """The surface of a polished or brushed metal."""
    n, k = _artist(*METALS[look])
    rgb = {"eta": {"type": "rgb", "value": n}, "k": {"type": "rgb", "value": k}}
    polished = {"type": "roughconductor", "distribution": "ggx", "alpha": roughness, **rgb}
    return {"type": "twosided", "bsdf": polished}


def _artist(reflectance: Sequence[float], tint: Sequence[float]) -> tuple[list[float], list[float]]:
    """Reflectance and edge tint as a metal's n and k."""
    r = np.clip(np.array(reflectance), 0.001, 0.999)
    g = np.array(tint)
    n = g * (1 - r) / (1 + r) + (1 - g) * (1 + np.sqrt(r)) / (1 - np.sqrt(r))
    k = np.sqrt(np.maximum(0, (r * (n + 1) ** 2 - (n - 1) ** 2) / (1 - r)))
    return n.tolist(), k.tolist()


def linear(colour: str) -> "np.ndarray[Any, Any]":
    """A #rrggbb colour as linear RGB."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.asarray(np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4))
