"""A bezel holds its stone: the collar's metal by a sum, the seat, the rubbed-over edge, the hole underneath."""

import math

import numpy as np
import pytest

from production.shapes.building import build
from production.shapes.claws import bezel, bezel_profile
from production.shapes.families.bezel_ring import OVER_FINGER_MM
from production.shapes.stones import Stone

LIFT_MM = 0.25


def pappus_mm3(profile: np.ndarray, radius_mm: float) -> float:
    """A profile of (scale, out, height) carried round a round stone: its area times the way of its centre."""
    r, z = profile[:, 0] * radius_mm + profile[:, 1], profile[:, 2]
    r1, z1 = np.roll(r, -1), np.roll(z, -1)
    return abs(math.pi / 3 * float(np.sum((r * r + r * r1 + r1 * r1) * (z1 - z))))


@pytest.mark.parametrize("wall_mm", [0.4, 0.7, 1.5])
@pytest.mark.parametrize("width_um", [3_000, 6_000, 14_000])
def test_a_round_collar_holds_the_metal_of_its_profile_carried_round(width_um: int, wall_mm: float) -> None:
    stone = Stone("round", width_um, width_um)
    sizes = {"wall_mm": wall_mm, "height_mm": 0.8 * stone.bottom_mm + 1.0}
    sum_mm3 = pappus_mm3(bezel_profile(stone, taper=0.12, **sizes), stone.width_mm / 2)
    assert bezel(stone, taper=0.12, **sizes).volume() == pytest.approx(sum_mm3, rel=0.015)


@pytest.mark.parametrize("kind", ["full", "half"])
@pytest.mark.parametrize("cut", ["round", "oval", "cushion", "emerald", "princess", "cabochon"])
def test_a_stone_in_a_bezel_ring_lies_in_its_seat_and_cannot_be_lifted_out(cut: str, kind: str) -> None:
    piece = build("bezel_ring", {"cut": cut, "bezel": kind})
    metal, group = piece.metal[0].solid, piece.stones[0]
    stone = group.stone.solid.transform(group.places[0].tolist())
    assert (stone ^ metal).volume() < 1e-4 * stone.volume()
    assert stone.min_gap(metal, 1.0) < 0.05
    held = (stone.translate((0, LIFT_MM, 0)) ^ metal).volume()
    assert held > 0.001 * stone.volume(), "nothing is rubbed over its edge"
    over_girdle = metal.trim_by_plane((0, 1, 0), float(group.places[0][1, 3]) + 0.05)
    assert len(over_girdle.decompose()) == (1 if kind == "full" else 2)


@pytest.mark.parametrize("cut", ["pear", "marquise"])
def test_points_stand_in_a_full_bezel(cut: str) -> None:
    piece = build("bezel_ring", {"cut": cut, "stone_width_um": 5_000})
    metal, group = piece.metal[0].solid, piece.stones[0]
    reach = group.stone.length_mm / 2
    low, high = metal.bounding_box()[2], metal.bounding_box()[5]
    assert min(-low, high) > reach + 0.5 if cut == "marquise" else max(-low, high) > reach


@pytest.mark.parametrize("width_um", [3_000, 6_000, 12_000])
def test_light_comes_in_from_under_the_stone_and_the_finger_touches_none(width_um: int) -> None:
    piece = build("bezel_ring", {"stone_width_um": width_um})
    metal, group = piece.metal[0].solid, piece.stones[0]
    stone = group.stone.solid.transform(group.places[0].tolist())
    finger = piece.parameters["inner_diameter_um"] / 2000
    assert stone.bounding_box()[1] >= finger + OVER_FINGER_MM - 1e-3
    culet = stone.bounding_box()[1]
    aside = 0.25 * group.stone.width_mm  # half way out to the girdle
    for x, z in ((0, 0), (aside, 0), (-aside, 0), (0, aside), (0, -aside)):
        assert metal.ray_cast((x, 0, z), (x, culet - 0.02, z)) == []


def test_a_thicker_wall_is_heavier_by_its_ring_of_metal() -> None:
    thin, thick = (build("bezel_ring", {"wall_um": wall}).volume_um3 / 1e9 for wall in (600, 900))
    stone = Stone("round", 6_000, 6_000)
    girdle = 17.32 / 2 + stone.bottom_mm + OVER_FINGER_MM
    low, high = (girdle - (17.32 / 2 + 0.5), girdle - (17.32 / 2 - 1.2))
    ring = math.pi * (3.9**2 - 3.6**2)
    assert 0.8 * ring * low < thick - thin < 1.2 * ring * high


def test_a_cabochon_sits_over_the_band_and_not_in_it() -> None:
    piece = build("bezel_ring", {"cut": "cabochon"})
    stone = piece.stones[0].stone.solid.transform(piece.stones[0].places[0].tolist())
    assert stone.bounding_box()[1] > 17.32 / 2 + 1.4
