"""The light over the table: one key light from the upper left, boxes of light and black cards all round.

Without black cards metal is grey porridge. Azimuth 0 is behind the camera, −90 its left; degrees.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
WARM = np.array((1, 0.985, 0.965))


@dataclass(frozen=True)
class Light:
    """(azimuth, elevation, half width, half height, radiance, softness) of every box and card; the sky between them.

    `key` is the lamp that throws the shadow: (azimuth, elevation, distance, width, radiance), lengths in times the
    width of the picture, so that the tray falls off alike under a stud and a bangle.
    """

    boxes: Sequence[tuple[float, ...]]
    cards: Sequence[tuple[float, ...]]
    key: tuple[float, float, float, float, float]
    top: float
    horizon: float
    bottom: float


FOR_METAL = Light(
    boxes=[(-18, 80, 34, 30, 2.6, 10), (64, 36, 12, 30, 2.8, 7), (178, 34, 46, 14, 1.6, 10), (-75, 18, 9, 24, 3.2, 6)],
    cards=[(-22, 16, 10, 30, 0.015, 4), (24, 10, 8, 26, 0.02, 4), (-100, 14, 14, 38, 0.02, 5), (104, 12, 14, 38, 0.03, 5),
           (150, 40, 9, 22, 0.05, 5), (-148, 44, 8, 22, 0.05, 5), (0, -3, 70, 4, 0.2, 6), (180, 5, 70, 9, 0.2, 8)],
    key=(-58, 50, 3.4, 1.5, 19.0), top=0.38, horizon=0.27, bottom=0.3,
)  # fmt: skip
FOR_STONES = Light(
    boxes=[(0, 80, 26, 22, 2.8, 6), (66, 46, 13, 24, 3.2, 5), (170, 46, 26, 12, 2.6, 6), (-75, 18, 9, 24, 3.0, 6),
           (20, 58, 5, 5, 16, 2), (120, 58, 5, 5, 16, 2), (-130, 60, 5, 5, 16, 2)],
    cards=[(0, 26, 24, 18, 0.01, 6), (-104, 14, 12, 38, 0.02, 6), (108, 12, 12, 38, 0.02, 6), (180, 6, 60, 9, 0.15, 8),
           (145, 62, 8, 14, 0.02, 4), (-160, 66, 8, 12, 0.02, 4)],
    key=(-56, 52, 3.4, 1.5, 19.0), top=0.33, horizon=0.26, bottom=0.3,
)  # fmt: skip


def environment(light: Light, width: int = 1024) -> Array:
    """Everything but the key light as one latitude-longitude picture."""
    height = width // 2
    v, u = np.mgrid[0:height, 0:width]
    theta, phi = (v + 0.5) / height * np.pi, (u + 0.5) / width * 2 * np.pi
    way = np.stack([np.sin(phi) * np.sin(theta), np.cos(theta), -np.cos(phi) * np.sin(theta)], -1)
    up = way[..., 1]
    above = light.horizon + (light.top - light.horizon) * np.clip(up, 0, 1) ** 0.8
    below = light.horizon + (light.bottom - light.horizon) * np.clip(-up * 3, 0, 1)
    sky = np.where(up > 0, above, below)[..., None] * WARM
    for azimuth, elevation, half_w, half_h, radiance, soft in light.boxes:
        mask, along = _patch(way, azimuth, elevation, half_w, half_h, soft)
        sky = sky * (1 - mask) + mask * radiance * (1 + 0.18 * np.clip(along, -1, 1))
    for azimuth, elevation, half_w, half_h, radiance, soft in light.cards:
        mask, _ = _patch(way, azimuth, elevation, half_w, half_h, soft)
        sky = sky * (1 - mask) + mask * radiance
    return np.asarray(sky, np.float32)


def towards(azimuth: float, elevation: float) -> Array:
    """The direction from the piece, as a unit vector."""
    a, e = math.radians(azimuth), math.radians(elevation)
    return np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])


def _patch(
    way: Array, azimuth: float, elevation: float, half_w: float, half_h: float, soft: float
) -> tuple[Array, Array]:
    centre = towards(azimuth, elevation)
    right = np.array([math.cos(math.radians(azimuth)), 0, -math.sin(math.radians(azimuth))])
    ahead = way @ centre
    x = np.degrees(np.arctan2(way @ right, ahead))
    y = np.degrees(np.arctan2(way @ np.cross(centre, right), ahead))
    edge = (
        np.clip((half_w - np.abs(x)) / soft + 0.5, 0, 1)
        * np.clip((half_h - np.abs(y)) / soft + 0.5, 0, 1)
        * (ahead > 0)
    )
    return (edge * edge * (3 - 2 * edge))[..., None], (y / half_h)[..., None]
