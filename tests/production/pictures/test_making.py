"""What stands on the tray at each stage of the making: claws open before the stone is in, a sprue only on the casting."""

import numpy as np
import pytest

from production.shapes.building import build

making = pytest.importorskip("production.pictures.making")
PIECES = {
    "solitaire": {"cut": "oval", "stone_width_um": 6000, "stone_length_um": 8000, "gem": "ruby", "claws": 4},
    "halo": {"cut": "cushion", "stone_width_um": 5500, "gem": "spinel", "halo_stone_um": 1300},
}


@pytest.mark.parametrize("family", PIECES)
def test_before_setting_the_claws_stand_open_and_keep_their_metal(family):
    piece = build(family, PIECES[family])
    closed = piece.metal[0].solid
    opened = making.opened(piece, closed)
    assert opened.bounding_box()[4] > closed.bounding_box()[4] + 0.2
    assert opened.volume() == pytest.approx(closed.volume(), rel=0.005)
    group = piece.stones[0]
    above = group.stone.solid.translate((0, 0, 0.4)).transform(group.places[0].tolist())
    assert (opened ^ above).volume() < 0.25 * (closed ^ above).volume()


def test_the_casting_has_its_sprue_and_no_stones_and_the_finished_piece_the_other_way_round():
    piece = build("solitaire", PIECES["solitaire"])
    casting, polished = (making.at_stage(piece, "gold yellow", stage) for stage in ("casting", "polished"))
    assert not any(body.is_stone for body in casting)
    assert any(body.is_stone for body in polished)
    long, short = (np.ptp(np.concatenate([body.vertices for body in one]), axis=0).max() for one in (casting, polished))
    assert long > short + 8


def test_every_stage_lies_on_the_tray():
    piece = build("solitaire", PIECES["solitaire"])
    for stage in making.STAGES:
        low = min(float(body.vertices[:, 1].min()) for body in making.at_stage(piece, "platinum grey", stage))
        assert low == pytest.approx(0, abs=1e-4)


def test_wax_is_wax_whatever_the_metal():
    piece = build("solitaire", PIECES["solitaire"])
    assert {body.material for body in making.at_stage(piece, "", "wax")} == {"wax"}
