import math

import pytest

from production.shapes.building import build
from production.shapes.parameters import Refused

NUMBERS = [0, -5, 10**9, math.nan, math.inf, "wide", None, True]


@pytest.mark.parametrize("asked", NUMBERS)
def test_a_size_that_is_no_size_is_refused_in_one_sentence(asked: object) -> None:
    with pytest.raises(Refused) as refusal:
        build("band", {"inner_diameter_um": asked})
    assert refusal.value.rule in ("not_a_number", "out_of_limits")
    assert str(refusal.value).startswith("The ring's inside width must be ")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("family", "parameters", "rule"),
    [
        ("tiara", {}, "no_such_family"),
        ("band", {"claws": 4}, "not_of_this_family"),
        ("band", {"thickness_um": 100}, "out_of_limits"),
        ("band", {"profile": "hexagonal"}, "not_offered"),
        ("band", {"surface": ["plain"]}, "not_offered"),
        ("band", {"engraving_inside": 5}, "not_text"),
        ("band", {"engraving_inside": "a" * 500}, "too_many_letters"),
        ("band", {"engraving_inside": "W" * 60}, "engraving_too_long"),
        ("band", {"engraving_inside": "forever 😀"}, "glyph_missing"),
        ("band", {"engraving_inside": "漢字"}, "glyph_missing"),
        ("band", {"engraving_inside": "for\0ever"}, "glyph_missing"),
        ("band", {"engraving_inside": "אהבה"}, "right_to_left"),
        ("band", {"engraving_inside": "حب"}, "right_to_left"),
        ("band", {"engraving_inside": "A", "width_um": 1_500}, "letters_too_small"),
        ("band", {"engraving_inside": "A", "engraving_outside": "B", "thickness_um": 1_200}, "wall_too_thin"),
        ("band", {"back_width_um": 5_000}, "back_wider_than_front"),
        ("band", {"surface": "milgrain", "width_um": 2_000}, "no_room_for_milgrain"),
        ("solitaire", {"claws": 5}, "claws_four_or_six"),
        ("solitaire", {"stone_width_um": 13_500, "inner_diameter_um": 13_000}, "stone_wider_than_finger"),
        ("solitaire", {"stone_length_um": 9_000}, "round_is_round"),
        ("solitaire", {"cut": "oval", "stone_length_um": 25_000}, "stone_out_of_shape"),
        ("solitaire", {"claws": 8}, "double_claws_for_corners"),
        ("solitaire", {"cut": "emerald", "stone_width_um": 4_500, "claws": 8}, "claw_too_thin"),
        ("solitaire", {"gem": "pearl"}, "pearls_are_not_cut"),
        ("bezel_pendant", {"stone_width_um": 20_000}, "wall_too_thin"),
        ("bezel_ring", {"stone_width_um": 14_000, "wall_um": 450}, "wall_too_thin"),
        ("bezel_ring", {"cut": "pear", "bezel": "half"}, "points_need_a_full_bezel"),
        ("bezel_ring", {"cut": "marquise", "bezel": "half"}, "points_need_a_full_bezel"),
        ("bezel_ring", {"stone_width_um": 13_500, "inner_diameter_um": 13_000}, "stone_wider_than_finger"),
        ("band", {"surface": "hammered", "width_um": 12_000, "thickness_um": 1_200}, "wall_too_thin"),
        ("eternity", {"stone_width_um": 3_000}, "stone_wider_than_band"),
        ("hoop", {"outer_diameter_um": 9_000, "wire_um": 5_000}, "hoop_too_tight"),
        ("trace_chain", {"wire_um": 1_500}, "links_too_tight"),
        ("bangle", {"inner_height_um": 80_000}, "taller_than_wide"),
    ],
)
def test_what_cannot_be_made_is_refused_by_its_rule_in_one_sentence(
    family: str, parameters: dict[str, object], rule: str
) -> None:
    with pytest.raises(Refused) as refusal:
        build(family, parameters)
    assert refusal.value.rule == rule
    assert str(refusal.value).endswith(".")
    assert "{" not in str(refusal.value)
