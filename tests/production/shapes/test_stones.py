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
