import math
from time import process_time

import numpy as np
import pytest

from production.shapes.cuts import planes_of
from production.shapes.stones import Stone


def facets_cut(stone: Stone) -> int:
    """Planes of the stone that really carry a face of some size, girdle left out."""
    mesh = stone.solid.to_mesh()
    corners = np.asarray(mesh.vert_properties, float)[:, :3][np.asarray(mesh.tri_verts)]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(normal, axis=1)
    keep = area > 1e-9
    normal, area, middle = normal[keep] / area[keep, None], area[keep], corners[keep].mean(1)
    planes = planes_of(stone.cut, stone.width_mm, stone.length_mm)[1]
    off = 1000 * (1 - normal @ planes[:, :3].T) + np.abs(middle @ planes[:, :3].T - planes[:, 3])
    return int(
        (
            np.bincount(off.argmin(1), weights=area * (off.min(1) < 0.05), minlength=len(planes))
            > 2e-4 * stone.width_mm**2
        ).sum()
    )


@pytest.mark.parametrize(
    ("cut", "length_um"),
    [("round", 6_500), ("oval", 9_000), ("cushion", 6_500), ("pear", 10_000), ("marquise", 13_000)],
)
def test_a_brilliant_has_57_facets(cut: str, length_um: int) -> None:
    assert facets_cut(Stone(cut, 6_500, length_um)) == 57


@pytest.mark.parametrize("cut", ["oval", "cushion", "emerald", "princess", "pear", "marquise"])
def test_every_corner_of_a_stone_lies_within_all_its_facets_and_a_new_outline_is_cut_in_a_moment(cut: str) -> None:
    took = []
    for length_um in (8_310, 8_320, 8_330):
        began = process_time()
        stone = Stone(cut, 6_500, length_um)
        corners = np.asarray(stone.solid.to_mesh().vert_properties, float)[:, :3]
        took.append(process_time() - began)
        over = corners @ stone.planes[:, :3].T - stone.planes[:, 3]
        assert over[:, : len(planes_of(cut, stone.width_mm, stone.length_mm)[1])].max() < 1e-4
        assert facets_cut(stone) > 9
    assert min(took) < 0.02


def slopes(stone: Stone) -> dict[float, float]:
    """The area, mm², of all facets that slope so many degrees against the girdle: crown over 0, pavilion under it."""
    mesh = stone.solid.to_mesh()
    corners = np.asarray(mesh.vert_properties, float)[:, :3][np.asarray(mesh.tri_verts)]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(normal, axis=1)
    degrees = np.degrees(np.arccos(np.clip(normal[:, 2] / area.clip(1e-12), -1, 1)))
    signed = np.where(degrees <= 90, degrees, degrees - 180).round(1) + 0.0
    return {angle: float(area[signed == angle].sum()) / 2 for angle in np.unique(signed[area > 1e-7])}


def corners_of(stone: Stone) -> set[tuple[float, float, float]]:
    """Where facets meet: share of the radius, degrees of azimuth past the last main facet, height as a share of the width."""
    x, y, z = np.asarray(stone.solid.to_mesh().vert_properties, float)[:, :3].T
    radius, azimuth = np.hypot(x, y) / (stone.width_mm / 2), np.degrees(np.arctan2(y, x)).round(1) % 45
    return set(zip(radius.round(3), azimuth, (z / stone.width_mm).round(4), strict=True))


def test_a_round_brilliant_has_the_proportions_it_is_said_to_have() -> None:
    """Table 57 %, crown 34.5°, pavilion 40.75°, girdle 3 % at the mains, stars 50 %, lower halves 77 %: depth 60.9 %."""
    stone = Stone("round", 6_500, 6_500)
    met, sloped = corners_of(stone), slopes(stone)
    crown, pavilion = math.tan(math.radians(34.5)) * 0.43 / 2, math.tan(math.radians(40.75)) / 2
    assert sloped[34.5] > 10
    assert sloped.get(-40.7, 0) + sloped.get(-40.8, 0) > 10
    assert (0.57, 0.0, round(0.015 + crown, 4)) in met  # a corner of the table
    assert {(1.0, 0.0, 0.015), (1.0, 0.0, -0.015)} <= met  # the girdle where a main meets it
    assert (0.0, 0.0, round(-0.015 - pavilion, 4)) in met  # the culet, a point
    star = 0.57 * math.cos(math.pi / 8)
    assert round((star + 1) / 2, 3) in {radius for radius, azimuth, z in met if azimuth == 22.5 and z > 0.03}
    assert 0.23 in {radius for radius, azimuth, z in met if azimuth == 22.5 and z < -0.03}
    assert stone.depth_um == pytest.approx(6_500 * (0.03 + crown + pavilion), abs=2)


@pytest.mark.parametrize(
    ("cut", "length_um", "angles", "table"),
    [
        ("emerald", 9_100, {46, 38, 28, -50, -45, -40}, 0.63),
        ("princess", 6_500, {36, 24}, 0.68),
    ],
)
def test_a_step_cut_has_its_rows_at_their_angles_and_its_table(
    cut: str, length_um: int, angles: set[int], table: float
) -> None:
    stone = Stone(cut, 6_500, length_um)
    sloped = slopes(stone)
    assert all(sloped[angle] > 5 for angle in angles)
    points = np.asarray(stone.solid.to_mesh().vert_properties, float)[:, :3]
    top = points[points[:, 2] > stone.top_mm - 1e-4]
    assert np.ptp(top[:, 0]) / 6.5 == pytest.approx(table, abs=1e-3)
    assert np.ptp(top[:, 1]) == pytest.approx(length_um / 1000 - (1 - table) * 6.5, abs=0.01)


# Weight formulae of the trade, carats from mm (L, W, H): length × width × depth × factor.
@pytest.mark.parametrize(
    ("cut", "width_um", "length_um", "factor"),
    [
        ("round", 6_500, 6_500, 0.0061),
        ("round", 3_000, 3_000, 0.0061),
        ("oval", 5_000, 7_000, 0.0062 * 36 / 35),
        ("emerald", 6_000, 6_000, 0.0080),
        ("emerald", 4_000, 6_000, 0.0092),
        ("emerald", 4_000, 8_000, 0.0100),
        ("princess", 5_000, 5_000, 0.0080),
        ("cushion", 6_000, 6_000, 3.52 * 0.0018),
        ("pear", 5_000, 7_500, 0.0060),
        ("marquise", 4_000, 8_000, 0.00580),
        ("cabochon", 6_000, 8_000, 3.52 * 0.0027),
    ],
)
def test_carats_are_within_five_per_cent_of_the_trade_formula(
    cut: str, width_um: int, length_um: int, factor: float
) -> None:
    stone = Stone(cut, width_um, length_um)
    formula_mct = width_um * length_um * stone.depth_um / 1e9 * factor * 1000
    assert stone.weight_mct == pytest.approx(formula_mct, rel=0.05)


def test_a_pearl_is_a_ball_of_its_own_weight() -> None:
    # 4/3 π 4³ mm³ × 2.70 mg/mm³ ÷ 0.2 mg a milli-carat × 1000
    assert Stone("pearl", 8_000, 8_000, "pearl").weight_mct == pytest.approx(3_619, rel=0.01)


def test_a_heavier_gem_of_the_same_size_weighs_more_by_its_specific_gravity() -> None:
    diamond, ruby = Stone("round", 6_000, 6_000, "diamond"), Stone("round", 6_000, 6_000, "ruby")
    assert ruby.weight_mct / diamond.weight_mct == pytest.approx(4.00 / 3.52, rel=0.01)
