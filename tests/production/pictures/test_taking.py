"""What the studio knows: every metal the house casts, every family from two sides or more; what it does not know it refuses."""

import io

import pytest
from PIL import Image

from foundation.reference.alloys import ALLOYS
from production.pictures import taking
from production.shapes.building import build
from production.shapes.families import FAMILIES
from production.shapes.parameters import Refused


@pytest.mark.parametrize("code", [one.code for one in ALLOYS if one.metal != "base"])
def test_every_precious_alloy_has_a_look(code):
    taking.refuse_unseen(build("band", {}), code)


def test_a_stone_or_a_metal_whose_look_is_not_known_is_refused_rather_than_shown_falsely():
    with pytest.raises(Refused, match="cannot show this stone"):
        taking.refuse_unseen(build("bezel_pendant", {"gem": "opal", "cut": "cabochon"}), "AG925")
    with pytest.raises(Refused, match="does not know how this metal looks"):
        taking.refuse_unseen(build("band", {}), next(one.code for one in ALLOYS if one.metal == "base"))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_shown_from_three_sides_the_card_of_the_shop_first(family):
    sides = taking.views(family, {})
    assert sides[0] == "three_quarter"
    assert len(sides) >= 3


@pytest.mark.parametrize(
    ("code", "tray", "over"),
    [("AU750Y", "sage", True), ("AU750Y", "clay", False), ("AG925", "blush", True), ("AG925", "sage", False),
     ("PT950Ru", "sage", False), ("", "sage", False)],
)  # fmt: skip
def test_gold_on_a_cool_tray_and_silver_on_a_warm_one_are_taken_over_a_card(code, tray, over):
    assert taking.over_card(code, tray) is over


@pytest.mark.slow
@pytest.mark.skipif(not taking.is_equipped(), reason="the optional extra [render] is not installed: make studio")
def test_the_renderer_takes_a_picture_in_which_the_piece_is_told_from_its_tray():
    png, width_um = taking.work("band", {}, "AU750Y", "three_quarter", "clay", 160)
    with Image.open(io.BytesIO(png)) as picture:
        grey = picture.convert("L")
        assert picture.size == (160, 200)
    low, high = grey.getextrema()
    assert high - low > 120
    assert 20_000 < width_um < 60_000
