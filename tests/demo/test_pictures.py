"""Every committed picture is what its manifest says: there, small, of the size, of the exact model, looked at."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from demo.catalogue import DESIGNS
from demo.pictures import FOLDER
from demo.shelves import in_the_making, making_of, manifest, pictures_of
from foundation.images import rebuild, renditions
from foundation.reference.alloys import alloy
from production.shapes.building import build, fingerprint
from production.shapes.claws import claw_mm
from store.shop.cards import WIDTHS as CARD_WIDTHS

MOST_BYTES, MOST_ALTOGETHER = 40 * 1024, 8 * 1024 * 1024
SOLD, MAKING = sorted(manifest().items()), sorted(in_the_making().items())
PICTURES = SOLD + MAKING
LOOKED_AT = (Path(__file__).parents[2] / "docs" / "pictures.md").read_text()
STAGES = {"wax", "casting", "unpolished", "set", "polished"}


@pytest.mark.parametrize(("name", "told"), PICTURES, ids=[name for name, _ in PICTURES])
def test_a_picture_in_the_manifest_exists_is_small_and_has_the_size_of_a_card(name, told):
    assert (FOLDER / name).stat().st_size <= MOST_BYTES
    with Image.open(FOLDER / name) as picture:
        assert (picture.format, picture.size) == ("WEBP", (800, 1000))


@pytest.mark.parametrize(("name", "told"), PICTURES, ids=[name for name, _ in PICTURES])
def test_a_picture_is_of_the_shape_that_is_sold(name, told):
    design = next(one for one in DESIGNS if one.style == told["style"])
    assert told["parameters"] == design.parameters | design.shown_with
    assert told["shape"] == fingerprint(told["family"], told["parameters"])
    assert told["tray"] == design.tray
    assert not told["alloy"] or told["alloy"] in {*design.metals, *design.prices}


@pytest.mark.parametrize(("name", "told"), PICTURES, ids=[name for name, _ in PICTURES])
def test_nothing_is_burnt_out_or_black_over_much_of_a_picture(name, told):
    with Image.open(FOLDER / name) as picture:
        grey = np.asarray(picture.convert("L"))
    assert (grey >= 253).mean() < 0.06, "burnt out"
    assert (grey <= 3).mean() < 0.02, "black"


HEAVIEST = sorted((name for name, _ in PICTURES), key=lambda name: -(FOLDER / name).stat().st_size)[:10]
MOST_OF_A_CARD = 35 * 1024


@pytest.mark.parametrize("name", HEAVIEST)
def test_the_heaviest_pictures_stay_light_as_the_widest_card_of_a_sharp_screen(name):
    """A card is at most 24 % of 1,520 px across: twice as sharp, 730, for which a browser takes the next width made."""
    jpeg = rebuild((FOLDER / name).read_bytes()).jpeg
    width = min(width for width in CARD_WIDTHS if width >= 2 * 1520 * 24 // 100)
    made = {kind: content for _, kind, content in renditions(jpeg, widths=(width,))}
    assert len(made["avif"]) <= MOST_OF_A_CARD


def test_there_is_no_picture_that_the_manifest_does_not_know():
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.webp")}
    assert found == {name for name, _ in PICTURES}
    assert sum((FOLDER / name).stat().st_size for name in found) < MOST_ALTOGETHER


def test_every_piece_has_a_picture_that_says_how_it_was_made():
    for design in DESIGNS:
        assert pictures_of(design), design.slug
        assert all("Computer-made picture of the exact model" in told["alt"] for _, told in PICTURES)


def test_there_are_24_pieces_or_more_most_of_them_in_two_metals_and_two_views():
    metals = {design.slug: [told["alloy"] for _, told in pictures_of(design)] for design in DESIGNS}
    assert len(DESIGNS) >= 24
    assert [design.slug for design in DESIGNS if metals[design.slug][:1] != [design.pictured[0]]] == []
    assert sum(len(set(found)) >= 2 for found in metals.values()) > len(DESIGNS) / 2
    assert sum(Counter(found).most_common(1)[0][1] >= 2 for found in metals.values()) > len(DESIGNS) / 2


def test_six_pieces_are_shown_at_every_stage_of_the_making_each_labelled_as_no_photo():
    stages = {design.slug: set(making_of(design.style, told["alloy"])) for design in DESIGNS for _, told in MAKING
              if told["style"] == design.style and told["alloy"]}  # fmt: skip
    assert sum(found == STAGES for found in stages.values()) >= 6, stages
    assert all("not a photo from the bench" in told["alt"] for _, told in MAKING)


def test_the_making_of_a_piece_in_another_metal_than_was_taken_is_its_wax_alone():
    assert set(making_of("AJ-101", "AU375Y")) == {"wax"}
    assert making_of("AJ-101", "PT950Ru")["casting"] == "sill/PT950Ru-casting.webp"


def test_every_picture_is_listed_among_those_that_were_looked_at():
    assert [name for name, _ in PICTURES if f"`{name}`" not in LOOKED_AT] == []


def test_gold_on_a_cool_tray_is_taken_over_a_card_so_that_it_is_not_green():
    for name, told in SOLD:
        if told["tray"] in ("sage", "pewter") and alloy(told["alloy"]).colour == "yellow":
            assert told.get("card"), name


def test_the_scale_of_a_picture_is_that_of_the_piece():
    for name, told in PICTURES:
        if told["family"] == "band" and told["view"] == "three_quarter":
            assert 1.15 * told["piece_um"][0] < told["width_um"] < 2.4 * told["piece_um"][0], name


def test_a_claw_is_thick_enough_to_be_seen_in_the_picture():
    for name, told in SOLD:
        if told["family"] in ("solitaire", "halo", "three_stone", "stud") and told["view"] == "detail":
            stone = build(told["family"], told["parameters"]).stones[0].stone
            assert 2000 * claw_mm(stone) / told["um_per_px"] > 12, name
