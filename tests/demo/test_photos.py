"""The demo's photos from the bench show the piece in its metal, or in the one nearest to it, and say which."""

import pytest

from demo.photos import _at_stage, labelled


@pytest.mark.parametrize(
    ("alloy", "craft", "stage", "shown"),
    [
        ("AU750Y", "set", "set", "fanlight/AU750Y-set.webp"),
        ("AU750R", "set", "", "fanlight/AU750Y-detail.webp"),
        ("AU750R", "clean", "", "fanlight/AU750Y-three_quarter.webp"),
        ("AU750W-Pd", "clean", "", "fanlight/PT950Ru-three_quarter.webp"),
        ("AU750R", "pattern", "wax", "fanlight/wax.webp"),
    ],
)
def test_it_shows_its_metal_or_the_nearest(alloy, craft, stage, shown):
    assert _at_stage("AJ-109", alloy, craft, stage)[0] == shown


def test_all_photos_of_a_bag_show_the_same_metal():
    shown = {_at_stage("AJ-109", "AU750R", craft, "")[1] for craft in ("clean", "set", "polish", "engrave")}
    assert shown == {"AU750Y"}


def test_one_in_another_metal_is_another_picture_since_it_names_the_metal():
    assert labelled("AJ-109", "AU750R", "set", "") != labelled("AJ-108", "AU750W-Pd", "set", "")
