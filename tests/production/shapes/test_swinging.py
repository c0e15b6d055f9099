"""What hangs turns through its arc and touches nothing: measured in every cut and at several sizes, forwards and sideways.

A bail is turned about the wire of its eye, an ear wire about the same, a chain's link about its neighbour's end.
"""

import numpy as np
import pytest
from manifold3d import Manifold

from production.shapes.bail import BAIL_WIRE_MM, EYE_WIRE_MM, PLAY_MM
from production.shapes.building import LEAST_PLAY_MM, build
from production.shapes.families import FAMILIES
from production.shapes.families.drop import WIRE_MM
from production.shapes.piece import Piece

HANGING = {"bezel_pendant": BAIL_WIRE_MM, "drop": WIRE_MM}
"""Families of two bodies that hang in each other, and half the wire of what the piece hangs from."""
SIDEWAYS = range(-80, 81, 20)
FORWARDS = {"bezel_pendant": range(-80, 81, 20), "drop": range(-20, 81, 20)}
"""Behind a drop stands its ear wire, and the ear: there it swings a third of the way."""
WIDTHS_UM = (3_000, 14_000)
LEAST_MM = 0.05


def cuts(family: str) -> tuple[str, ...]:
    return next(one.options for one in FAMILIES[family].parameters if one.name == "cut")


def about(body: Manifold, degrees: tuple[float, float, float], at: tuple[float, float, float]) -> Manifold:
    return body.translate(tuple(-x for x in at)).rotate(degrees).translate(at)


def clearance(piece: Piece, hung_from: Manifold) -> float:
    stones = [group.stone.solid.transform(place.tolist()) for group in piece.stones for place in group.places]
    return min(body.min_gap(hung_from, 2 * LEAST_MM) for body in (piece.metal[0].solid, *stones))


def level_of(piece: Piece) -> float:
    """How far behind the girdle the eye stands."""
    stone = piece.stones[0].stone
    return 0.0 if stone.cut == "pearl" else -0.25 * (0.8 * stone.bottom_mm + 0.25)


def pivots(piece: Piece) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """The middle of the eye's wire at its top, and of the wire that runs through the eye as it hangs."""
    top, level = piece.metal[0].solid.bounding_box()[4] - EYE_WIRE_MM, level_of(piece)
    return (0, top, level), (0, top - EYE_WIRE_MM - PLAY_MM - HANGING[piece.family], level)


@pytest.mark.parametrize("width_um", WIDTHS_UM)
@pytest.mark.parametrize(("family", "cut"), [(family, cut) for family in HANGING for cut in cuts(family)])
def test_what_hangs_swings_forwards_and_sideways_and_touches_nothing(family: str, cut: str, width_um: int) -> None:
    piece = build(family, {"cut": cut, "stone_width_um": width_um})
    fixed, hangs = piece.metal[0].solid, piece.metal[1].solid
    eye, wire = pivots(piece)
    forwards = {angle: clearance(piece, about(hangs, (angle, 0, 0), eye)) for angle in FORWARDS[family]}
    sideways = {angle: clearance(piece, about(hangs, (0, 0, angle), wire)) for angle in SIDEWAYS}
    assert min(forwards.values()) > LEAST_MM, forwards
    assert min(sideways.values()) > LEAST_MM, sideways
    assert (fixed ^ about(hangs, (60, 0, 0), eye)).volume() == 0
    assert fixed.min_gap(hangs, 1.0) < 0.3, "it hangs in its eye, not beside it"


def test_the_measure_finds_a_bail_that_does_touch() -> None:
    """The control: turned about a point beside its eye, the bail runs into it."""
    piece = build("bezel_pendant", {})
    eye, _wire = pivots(piece)
    beside = (eye[0], eye[1] + 0.6, eye[2])
    assert min(clearance(piece, about(piece.metal[1].solid, (angle, 0, 0), beside)) for angle in SIDEWAYS) == 0


@pytest.mark.parametrize(
    "sizes",
    [
        {},
        {"wire_um": 300, "link_width_um": 1_200, "link_length_um": 1_500},
        {"wire_um": 1_500, "link_width_um": 5_000, "link_length_um": 9_000},
        {"wire_um": 500, "link_width_um": 1_600, "link_length_um": 1_600},
    ],
)
def test_a_chain_s_link_turns_in_its_neighbour_both_ways(sizes: dict[str, int]) -> None:
    """Either about the other's end or about its own: as a chain that is laid round a corner, and one that is lifted."""
    piece = build("trace_chain", {"length_um": 900_000} | sizes)
    here, there = (np.vstack([place, [0, 0, 0, 1]]) for place in piece.metal[0].places[:2])
    link = piece.metal[0].solid
    other = link.transform((np.linalg.inv(here) @ there)[:3].tolist())  # as the first one sees the second
    length, wire = (int(piece.parameters[name]) / 1000 for name in ("link_length_um", "wire_um"))
    end = ((length - wire) / 2, 0.0, 0.0)
    own_end = ((length - wire) / 2 - 1.12 * wire, 0.0, 0.0)
    for angle in range(-60, 61, 20):
        assert link.min_gap(about(other, (0, angle, 0), end), 0.1) > LEAST_PLAY_MM, angle
        assert link.min_gap(about(other, (0, 0, angle), own_end), 0.1) > LEAST_PLAY_MM, angle


def test_every_family_of_more_than_one_body_is_among_these() -> None:
    assert {family for family in FAMILIES if build(family, {}).body_count > 1} == {*HANGING, "trace_chain"}
