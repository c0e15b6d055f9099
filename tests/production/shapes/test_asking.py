"""What a piece measures is worked out once, by the worker that draws and within its limits, and then known to everybody."""

import threading
import time

import pytest
from celery.signals import worker_process_init
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from foundation.reference.alloys import alloy
from production import offer
from production.shapes import asking, tasks
from production.shapes.building import build, fingerprint
from production.shapes.models import Measured
from production.shapes.pool import BuildFailed, Limits, Pool, Stalled
from tests.production.shapes import heavy

RING = {"family": "solitaire", "parameters": {"claws": 6, "stone_width_um": 5_100}}
NAME = fingerprint(**RING)
TIGHT = Limits(cpu_s=0.5, clock_s=2, data_bytes=200 * 2**20)


@pytest.fixture(autouse=True)
def _nothing_known(db):
    cache.clear()
    asking._known.cache_clear()
    yield
    cache.clear()
    asking._known.cache_clear()


@pytest.fixture
def waits(monkeypatch):
    """This process asks, as the site does. What it sends is kept."""
    sent = []
    monkeypatch.setattr(asking._Asker, "waits", True)
    monkeypatch.setattr(asking, "WAIT_S", 0.3)
    monkeypatch.setattr(asking, "measure", lambda *_: pytest.fail("built where somebody waits"))
    monkeypatch.setattr(asking.current_app, "send_task", lambda name, **told: sent.append((name, told)))
    return sent


@pytest.fixture
def answered(waits, monkeypatch):
    """The worker that draws is there, and does at once what it is sent."""

    def do(name, *, kwargs, **told):
        waits.append((name, told))
        tasks.measure(**kwargs)

    monkeypatch.setattr(asking.current_app, "send_task", do)
    return waits


@pytest.fixture
def drawn_by(monkeypatch):
    """Lets `heavy` draw instead."""
    made = []

    def let(work):
        pool = Pool(work, limits=TIGHT)
        made.append(pool)
        monkeypatch.setattr(tasks, "POOL", type("", (), {"do": staticmethod(lambda *_given: pool.do())}))

    yield let
    for pool in made:
        pool.close()


def test_one_build_serves_every_alloy(monkeypatch):
    first = offer.weigh(**RING, alloy="AU750Y")
    asking._known.cache_clear()
    monkeypatch.setattr(asking, "measure", lambda *_: pytest.fail("built again"))
    second = offer.weigh(**RING, alloy="PT950Ru")
    piece = build(**RING)
    for code, weighed in (("AU750Y", first), ("PT950Ru", second)):
        density = alloy(code).density_mg_per_cm3
        assert (weighed.finished_mg, weighed.casting_mg) == (piece.finished_mg(density), piece.casting_mg(density))
    assert (first.box_um, first.stones) == (second.box_um, second.stones)


def test_what_was_measured_needs_neither_cache_nor_worker_again(answered, monkeypatch):
    first = offer.weigh(**RING, alloy="AU750Y")
    cache.clear()
    asking._known.cache_clear()
    monkeypatch.setattr(asking.current_app, "send_task", lambda *_, **__: pytest.fail("asked again"))
    assert offer.weigh(**RING, alloy="AU750Y") == first


def test_a_row_tells_which_piece_it_is_and_is_never_changed():
    offer.weigh(**RING, alloy="AU750Y")
    row = Measured.objects.get(pk=NAME)
    assert (row.family, row.parameters["claws"], row.parameters["cut"]) == ("solitaire", 6, "round")
    row.volume_um3 += 1
    with pytest.raises(Exception, match="append_only"):
        row.save()


def test_where_somebody_waits_the_worker_that_draws_builds_with_the_same_answer(answered):
    asked = offer.weigh(**RING, alloy="AU750Y")
    assert [(name, told["queue"]) for name, told in answered] == [("shapes.measure", "measures")]
    assert asked.finished_mg == build(**RING).finished_mg(alloy("AU750Y").density_mg_per_cm3)


@pytest.mark.parametrize("work", [heavy.hang, heavy.eat])
def test_a_piece_that_takes_too_much_time_or_memory_is_refused_in_words_and_not_built_again(answered, drawn_by, work):
    drawn_by(work)
    with pytest.raises(offer.CannotWeigh, match="choose fewer or larger ones"):
        offer.weigh(**RING, alloy="AU750Y")
    drawn_by(heavy.be_killed)
    with pytest.raises(offer.CannotWeigh, match="choose fewer or larger ones") as again:
        offer.weigh(**RING, alloy="AG925")
    assert not isinstance(again.value, offer.NotWeighedYet)
    assert not Measured.objects.exists()


def test_what_the_drawing_refuses_comes_back_with_its_figures(answered, drawn_by):
    drawn_by(heavy.refuse)
    with pytest.raises(offer.CannotWeigh, match="This is 2 mm too wide") as refusal:
        offer.weigh(**RING, alloy="AU750Y")
    assert refusal.value.rule == "too_wide"


@pytest.mark.parametrize(
    ("family", "parameters", "thai"),
    [
        ("bezel_ring", {"stone_width_um": 14_000, "wall_um": 450}, "ในขนาดนี้ผนังของขอบหุ้มจะหนา 0.45 mm"),
        ("solitaire", {"claws": 7}, "หนามเตยสี่หรือหกหนาม"),
        ("solitaire", {"stone_width_um": 1}, "ความกว้างของพลอยต้องอยู่ระหว่าง 3 mm ถึง 14 mm"),
    ],
)
def test_a_refusal_is_read_in_the_reader_s_language_whoever_drew_first(answered, family, parameters, thai):
    for language, words in (("en", ""), ("th", thai), ("en", "")):
        with translation.override(language), pytest.raises(offer.CannotWeigh) as refusal:
            offer.weigh(family=family, parameters=parameters, alloy="AU750Y")
        assert words in str(refusal.value)
        assert str(refusal.value).isascii() == (language == "en")


def test_a_model_that_is_refused_is_too(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asked = {"family": "bezel_ring", "parameters": {"stone_width_um": 14_000, "wall_um": 450}}
    with translation.override("th"):
        tasks.draw_model(**asked)
    with pytest.raises(offer.CannotWeigh, match=r"The bezel's wall would be 0\.45 mm thick"):
        offer.model_of(**asked)
    with translation.override("th"), pytest.raises(offer.CannotWeigh, match="ในขนาดนี้ผนังของขอบหุ้มจะหนา"):
        offer.model_of(**asked)


def test_what_nobody_can_be_asked_for_is_refused_without_waiting(waits):
    with pytest.raises(offer.CannotWeigh, match=r"must be from .* to"):
        offer.weigh(family="solitaire", parameters={"stone_width_um": 1}, alloy="AU750Y")
    assert waits == []


def test_where_nobody_answers_one_sentence_says_what_to_do(waits):
    began = time.monotonic()
    with pytest.raises(offer.NotWeighedYet, match="try again in a minute"):
        offer.weigh(**RING, alloy="AU750Y")
    assert 0.3 <= time.monotonic() - began < 2
    assert not Measured.objects.exists()


def test_a_page_of_many_pieces_waits_once(waits):
    """Each is sent for, so that the next look finds them all."""
    began = time.monotonic()
    for width in range(5_200, 6_200, 100):
        with pytest.raises(offer.NotWeighedYet):
            offer.weigh(family="solitaire", parameters={"stone_width_um": width}, alloy="AU750Y")
    assert time.monotonic() - began < 2
    assert len(waits) == 10


@pytest.mark.django_db(transaction=True)
def test_as_soon_as_somebody_measures_again_askers_wait_again(waits, monkeypatch):
    """Here the worker is another thread, with a connection of its own."""
    with pytest.raises(offer.NotWeighedYet):
        offer.weigh(**RING, alloy="AU750Y")
    assert cache.get(asking.SILENCE)
    tasks.measure(**RING)
    monkeypatch.setattr(asking, "WAIT_S", 60)
    workers = []

    def hire(_name, *, kwargs, **_told):
        workers.append(threading.Thread(target=_measure_later, kwargs=kwargs))
        workers[-1].start()

    monkeypatch.setattr(asking.current_app, "send_task", hire)
    assert offer.weigh(family="band", parameters={"width_um": 4_100}, alloy="AU750Y").finished_mg > 1_000
    for worker in workers:
        worker.join()


def _measure_later(**piece):
    try:
        time.sleep(0.2)
        tasks.measure(**piece)
    finally:
        connection.close()


def test_many_who_ask_for_the_same_send_for_it_once(waits):
    for _ in range(3):
        with pytest.raises(offer.NotWeighedYet):
            offer.weigh(**RING, alloy="AU750Y")
    assert len(waits) == 1


@pytest.mark.parametrize("fault", [Stalled("ended by itself"), BuildFailed("Traceback")])
def test_a_build_that_broke_off_is_told_at_once_and_holds_up_no_other_piece(waits, monkeypatch, fault):
    monkeypatch.setattr(asking, "WAIT_S", 30)
    monkeypatch.setattr(tasks.POOL, "do", lambda *_: (_ for _ in ()).throw(fault))
    with pytest.raises(type(fault)):
        tasks.measure(**RING)
    began = time.monotonic()
    with pytest.raises(offer.NotWeighedYet):
        offer.weigh(**RING, alloy="AU750Y")
    assert time.monotonic() - began < 2
    assert cache.get(asking.SILENCE) is None


def test_a_broker_that_is_away_is_the_same_as_nobody(waits, monkeypatch):
    def away(*_, **__):
        raise ConnectionError("no broker")

    monkeypatch.setattr(asking.current_app, "send_task", away)
    with pytest.raises(offer.NotWeighedYet, match="try again in a minute"):
        offer.weigh(**RING, alloy="AU750Y")


def test_the_worker_measures_what_was_measured_only_once(monkeypatch):
    tasks.measure(**RING)
    monkeypatch.setattr(tasks.POOL, "do", lambda *_: pytest.fail("built again"))
    tasks.measure(**RING)
    assert Measured.objects.count() == 1


def test_prefork_workers_ask_and_commands_build(monkeypatch):
    monkeypatch.setattr(asking._Asker, "waits", False)
    worker_process_init.send(sender=None)
    assert asking._Asker.waits
