import math

import numpy as np
import pytest
from manifold3d import JoinType

from production.shapes.building import build, fingerprint
from production.shapes.engraving import GRAVER_MM, lettering, outlines
from production.shapes.families import FAMILIES


@pytest.mark.parametrize(
    ("inner_um", "width_um", "thickness_um"), [(17_320, 4_000, 1_700), (19_760, 6_000, 2_000), (15_700, 2_000, 1_300)]
)
def test_a_flat_band_holds_the_metal_of_a_tube(inner_um: int, width_um: int, thickness_um: int) -> None:
    piece = build(
        "band", {"profile": "flat", "inner_diameter_um": inner_um, "width_um": width_um, "thickness_um": thickness_um}
    )
    tube = math.pi * ((inner_um / 2 + thickness_um) ** 2 - (inner_um / 2) ** 2) * width_um
    assert piece.volume_um3 == pytest.approx(tube, rel=0.015)


def test_a_closed_bangle_holds_the_metal_of_its_section_carried_round() -> None:
    piece = build("bangle", {"inner_width_um": 60_000, "inner_height_um": 60_000})
    wide = build("bangle", {"inner_width_um": 60_000, "inner_height_um": 60_000, "width_um": 12_000})
    assert wide.volume_um3 == pytest.approx(2 * piece.volume_um3, rel=0.015)


def test_a_chain_link_holds_the_metal_of_its_wire() -> None:
    link = build("trace_chain", {}).metal[0]
    wire, width, length = 0.5, 1.9, 2.7
    middle_line = math.pi * (width - wire) + 2 * (length - width)
    assert link.volume_um3 / 1e9 == pytest.approx(math.pi * (wire / 2) ** 2 * middle_line, rel=0.015)
    assert link.bodies()[0].min_gap(link.bodies()[1], 1.0) > 0.005


@pytest.mark.parametrize("family", ["bezel_pendant", "drop"])
def test_what_swings_never_touches_what_it_hangs_from(family: str) -> None:
    fixed, swinging = build(family, {}).metal
    assert 0.05 < fixed.solid.min_gap(swinging.solid, 1.0) < 0.3
    assert (fixed.solid ^ swinging.solid).volume() == 0


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"band", "bangle", "hoop", "signet", "trace_chain"}))
def test_every_stone_has_room_in_its_metal_and_metal_close_by(family: str) -> None:
    piece = build(family, {})
    metal = piece.metal[0].solid
    for group in piece.stones:
        stone = group.stone.solid.transform(group.places[0].tolist())
        assert (stone ^ metal).volume() < 1e-4 * stone.volume()
        assert stone.min_gap(metal, 1.0) < 0.05


@pytest.mark.parametrize(
    ("cut", "claws"),
    [("pear", 4), ("pear", 6), ("marquise", 4), ("marquise", 6), ("princess", 4), ("emerald", 8), ("cushion", 8)],
)
def test_a_setting_fits_its_stone_and_reaches_over_its_crown(cut: str, claws: int) -> None:
    piece = build("solitaire", {"cut": cut, "claws": claws})
    group, metal = piece.stones[0], piece.metal[0].solid
    place = group.places[0]
    stone = group.stone.solid.transform(place.tolist())
    assert (stone ^ metal).volume() < 1e-4 * stone.volume()
    assert stone.min_gap(metal, 1.0) < 0.05
    over_girdle = metal.trim_by_plane((0, 1, 0), float(place[1, 3]) + 0.1).decompose()
    assert sum(body.volume() > 0.05 for body in over_girdle) == claws


@pytest.mark.parametrize("family", ["stud", "drop"])
def test_a_pearl_meets_its_metal_only_at_the_peg_in_its_drilled_hole(family: str) -> None:
    piece = build(family, {"cut": "pearl"})
    radius = piece.stones[0].stone.width_mm / 2
    inside = (piece.stones[0].stone.solid ^ piece.metal[0].solid).volume()
    assert inside == pytest.approx(math.pi * 0.4**2 * radius, rel=0.06)
    assert piece.stones[0].stone.gem == "pearl"


def test_the_books_weigh_a_piece_exactly_by_its_density() -> None:
    piece = build("band", {})
    assert piece.finished_mg(15_580) == round(piece.volume_um3 * 15_580 / 10**12)
    assert piece.casting_mg(15_580) * 88 >= piece.finished_mg(15_580) * 100 > (piece.casting_mg(15_580) - 2) * 88


def test_an_engraving_takes_metal_away_in_every_script() -> None:
    plain = build("band", {"width_um": 5_000}).volume_um3
    for words in ("Ana & Ivo", "ΑΓΑΠΗ", "Любов 14·02", "ที่รัก"):
        for where in ("engraving_inside", "engraving_outside"):
            engraved = build("band", {"width_um": 5_000, where: words}).volume_um3
            assert 0.95 * plain < engraved < plain


def test_thai_marks_stand_over_their_letter_and_over_each_other() -> None:
    """Shaped, as Thai is written: a tone over a vowel moves up, and neither takes room of its own beside the letter."""

    def spans(words: str) -> tuple[float, float]:
        points = np.vstack(outlines(words, "sans"))
        return float(np.ptp(points[:, 0])), float(points[:, 1].max())

    (bare, _), (_, vowel), (_, tone), (both_wide, both_high) = (spans(words) for words in ("ท", "ที", "ท่", "ที่"))
    assert both_wide == pytest.approx(bare, rel=0.12)
    assert both_high > max(vowel, tone) + 0.05


@pytest.mark.parametrize("typeface", ["serif", "sans"])
@pytest.mark.parametrize("words", ["Ana & Ivo", "ΑΓΑΠΗ", "Любов", "ที่รัก", "iII.-"])
def test_no_stroke_is_narrower_than_the_graver(words: str, typeface: str) -> None:
    """A graver run along the inside reaches everything but the tips of corners; with a finer one's letters it would not."""

    def out_of_reach(narrowest_mm: float) -> float:
        cut = lettering(words, typeface=typeface, letter_mm=1.6, narrowest_mm=narrowest_mm)
        half = 0.48 * GRAVER_MM
        reached = cut.offset(-half, JoinType.Round, 2.0, 16).offset(half, JoinType.Round, 2.0, 16)
        return max((missed.area() for missed in (cut - reached).decompose()), default=0.0)

    assert out_of_reach(GRAVER_MM) < GRAVER_MM**2 / 3
    assert typeface == "sans" or out_of_reach(0.05) > GRAVER_MM**2 / 3


def test_the_fingerprint_names_the_piece_and_nothing_else() -> None:
    assert (
        fingerprint("band", {})
        == fingerprint("band", {"width_um": 4_000})
        == fingerprint("band", {"width_um": 4_000.0})
    )
    assert fingerprint("band", {}) != fingerprint("band", {"width_um": 4_001})
