"""What a piece's page first turns is built before anybody asks."""

import pytest
from django.utils import timezone

from foundation.outbox.actions import drain
from foundation.outbox.models import Work
from store.catalogue.actions import owe_models, set_measures
from store.pricing.turning import prepare
from tests.store import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def owed():
    return Work.objects.filter(kind="shapes.draw_model").count()


def test_a_shown_piece_turns_for_its_first_visitor_in_every_metal_and_stone(client):
    cast.fixings()
    piece = cast.ring("sill")
    stone = cast.single_stone(piece)
    owe_models(piece)
    drain()
    for asked in ({}, {"metal": "PT950Ru"}, {"stone": stone.pk}):
        told = client.get("/en/pieces/sill/model/", asked)
        assert told.status_code == 200
        assert told.json()["url"].endswith(".glb.gz")


def test_a_model_is_one_for_all_metals_and_owed_once_however_often_it_is_prepared():
    piece = cast.ring("sill")
    for _ in range(2):
        prepare(piece_id=piece.pk)
    assert owed() == 1


def test_other_measures_owe_other_models():
    piece = cast.ring("sill")
    prepare(piece_id=piece.pk)
    set_measures(piece=piece, parameters={"claws": 4, "band_width_um": 2400}, by=None)
    drain()
    assert owed() == 2


@pytest.mark.parametrize("fields", [{"family": ""}, {"published_at": None}, {"withdrawn_at": timezone.now()}])
def test_nothing_is_built_of_what_nobody_can_turn(fields):
    piece = cast.ring("sill")
    type(piece).objects.filter(pk=piece.pk).update(**fields)
    prepare(piece_id=piece.pk)
    assert owed() == 0


def test_a_shape_that_cannot_be_made_leaves_the_page_its_picture():
    piece = cast.ring("sill")
    type(piece).objects.filter(pk=piece.pk).update(parameters={"claws": 99})
    prepare(piece_id=piece.pk)
    assert owed() == 0
