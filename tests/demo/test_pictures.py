"""Every committed picture is what its manifest says: there, small, of the size, of the exact model."""

import pytest
from PIL import Image

from demo.pictures import FOLDER
from demo.pieces import DESIGNS
from demo.shelves import manifest, pictures_of
from production.shapes.building import fingerprint

MOST_BYTES, MOST_ALTOGETHER = 40 * 1024, 4 * 1024 * 1024
PICTURES = sorted(manifest().items())


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


def test_there_is_no_picture_that_the_manifest_does_not_know():
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.webp")}
    assert found == {name for name, _ in PICTURES}
    assert sum((FOLDER / name).stat().st_size for name in found) < MOST_ALTOGETHER


def test_every_piece_has_a_picture_that_says_how_it_was_made():
    for design in DESIGNS:
        assert pictures_of(design), design.slug
        assert all("Computer-made picture of the exact model" in told["alt"] for _, told in pictures_of(design))


def test_the_scale_of_a_picture_is_that_of_the_piece():
    for name, told in PICTURES:
        if told["family"] == "band" and told["view"] == "three_quarter":
            assert 1.2 * told["piece_um"][0] < told["width_um"] < 2.2 * told["piece_um"][0], name
