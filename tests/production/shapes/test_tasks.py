"""Models are drawn by workers of their own, kept whole, and what is too much to draw is refused once and for all."""

from functools import partial

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from foundation.outbox import actions
from foundation.outbox.models import Work
from production import offer
from production.shapes import kept, tasks
from production.shapes.pool import Limits, Pool, Stalled
from tests.production.shapes import heavy

RING = {"family": "solitaire", "parameters": {"claws": 6}}


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def drawn_by(monkeypatch):
    """Lets `heavy` draw instead."""
    made = []

    def let(work):
        made.append(Pool(work, limits=Limits(cpu_s=0.5, clock_s=20, data_bytes=200 * 2**20)))
        monkeypatch.setattr(made[-1], "do", partial(_without_parameters, made[-1].do))
        monkeypatch.setattr(tasks, "POOL", made[-1])

    yield let
    for pool in made:
        pool.close()


def _without_parameters(do, *_given):
    return do()


def test_drawing_is_owed_to_workers_of_its_own(monkeypatch, transactional_db):
    sent = []
    monkeypatch.setattr(actions.current_app, "send_task", lambda name, **told: sent.append((name, told["queue"])))
    assert offer.model_of(**RING) is None
    assert sent == [("outbox.deliver", "models")]
    assert actions.sweep(queue="") == 0
    assert actions.sweep(queue="models") == 1
    assert offer.model_of(**RING).endswith(".glb.gz")


def test_a_model_whose_file_is_gone_is_drawn_again(transactional_db, settings, tmp_path):
    for folder in ("here", "moved"):
        settings.MEDIA_ROOT = tmp_path / folder
        assert offer.model_of(**RING) is None
        assert Work.objects.filter(done_at=None).count() == 1
        assert actions.sweep(queue="models") == 1
        assert offer.model_of(**RING).endswith(".glb.gz")


def test_work_without_a_queue_is_left_alone_by_those_who_draw(db, monkeypatch):
    monkeypatch.setitem(actions.HANDLERS, "test.work", lambda: None)
    with transaction.atomic():
        actions.put("test.work", key="k1", payload={})
    assert [actions.sweep(queue="models"), actions.sweep(queue="")] == [0, 1]


@pytest.mark.parametrize("work", [heavy.hang, heavy.eat])
def test_a_piece_that_is_too_much_to_draw_is_refused_in_a_sentence_and_not_tried_again(db, drawn_by, work):
    drawn_by(work)
    assert offer.model_of(**RING) is None
    assert actions.drain() == 1
    with pytest.raises(offer.CannotWeigh, match="choose fewer or larger ones"):
        offer.model_of(**RING)
    assert Work.objects.waiting().count() == 0


def test_a_build_that_only_stalled_is_tried_again(db, drawn_by):
    drawn_by(heavy.be_killed)
    assert offer.model_of(**RING) is None
    assert actions.drain() == 0
    assert Stalled.__name__ in Work.objects.waiting().get().last_error
    assert offer.model_of(**RING) is None


def test_nobody_waits_for_a_drawing_inside_a_transaction(transactional_db, monkeypatch):
    """With one process and several threads, all but one wait their turn: no row and no snapshot may be held meanwhile."""
    inside = []
    monkeypatch.setattr(tasks.POOL, "do", lambda *_: inside.append(connection.in_atomic_block) or b"model")
    assert offer.model_of(**RING) is None
    assert actions.drain() == 1
    assert inside == [False]


def test_a_model_stands_whole_or_not_at_all(db, monkeypatch):
    """Whoever is killed while writing leaves nothing at the address that browsers keep for ever."""
    path = kept.model_path(**RING)
    with monkeypatch.context() as half, pytest.raises(KeyboardInterrupt):
        half.setattr(kept.Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        tasks.draw_model(**RING)
    assert not default_storage.exists(path)
    tasks.draw_model(**RING)
    assert default_storage.exists(path)
