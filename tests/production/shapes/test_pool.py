"""A build that hangs or eats memory is ended and refused; the next one is built as if nothing had been."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from production.shapes.measuring import measure
from production.shapes.model import model
from production.shapes.parameters import Refused
from production.shapes.pool import BuildFailed, Limits, Pool, Stalled
from production.shapes.work import work
from tests.bench.shapes import HEAVIEST, peak_mb
from tests.production.shapes import heavy

TIGHT = Limits(cpu_s=0.5, clock_s=2, data_bytes=200 * 2**20)
SENTENCE = "choose fewer or larger ones."


@pytest.fixture
def pool():
    made = Pool(heavy.do, limits=TIGHT)
    yield made
    made.close()


@pytest.fixture
def of():
    made = []

    def open_pool(*given, **more):
        made.append(Pool(*given, **more))
        return made[-1]

    yield open_pool
    for one in made:
        one.close()


def test_a_build_that_hangs_is_ended_after_its_time_and_refused_in_a_sentence(of):
    pool = of(heavy.do, limits=replace(TIGHT, clock_s=30))  # half a second of a busy machine may be long
    first = pool.do("who")
    began = time.monotonic()
    with pytest.raises(Refused, match=SENTENCE) as refusal:
        pool.do("hang")
    assert refusal.value.rule == "takes_too_long"
    assert time.monotonic() - began < 30
    assert not Path(f"/proc/{first}").exists()
    assert pool.do("who") != first


def test_what_is_done_within_its_time_is_not_ended_however_often_it_is_done(pool):
    """The control: four builds together take more than one may."""
    assert [pool.do("spend", 0.3) for _ in range(4)] == ["spent"] * 4


def test_a_build_that_eats_memory_is_refused_in_a_sentence_and_the_next_is_built(pool):
    with pytest.raises(Refused, match=SENTENCE) as refusal:
        pool.do("eat")
    assert refusal.value.rule == "needs_too_much_memory"
    assert pool.do("spend", 0.01) == "spent"


@pytest.mark.parametrize("crashes", ["crash", "eat_in_native_code"])
def test_a_crash_has_a_sentence_of_its_own_and_the_next_is_built(pool, crashes):
    """Native code that gets no more memory crashes as by any fault: what is told is only what is known."""
    with pytest.raises(Refused, match="breaks off, twice: choose slightly different sizes") as refusal:
        pool.do(crashes)
    assert refusal.value.rule == "drawing_breaks_off"
    assert pool.do("spend", 0.01) == "spent"


def test_a_crash_is_tried_once_more_in_a_new_process(pool, tmp_path):
    assert pool.do("crash_once", str(tmp_path / "crashed")) == "drawn"


OWNER = """
if __name__ == "__main__":
    from production.shapes.pool import Pool
    from tests.production.shapes import heavy
    pool = Pool(heavy.do)
    print(pool.do("who"), flush=True)
    pool.do("wait", 2)
"""


def at_work(pid):
    """Whether it still runs: one that has ended may wait for whoever takes in orphans here."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_process_that_draws_ends_with_whoever_began_it_however_that_ends(tmp_path):
    script = tmp_path / "owner.py"
    script.write_text(OWNER)
    owner = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    drawing = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    until = time.monotonic() + 40
    while at_work(drawing):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_same_eater_is_let_be_where_the_limit_is_wider(of):
    """The control: it is the limit that ends it, not the build."""
    assert of(heavy.do, limits=Limits(cpu_s=60, clock_s=120, data_bytes=2 * 2**30)).do("eat_in_native_code") > 4000


def test_memory_that_earlier_builds_left_behind_refuses_nobody(pool):
    """The second fits only into a process of its own, and gets one."""
    first = pool.do("keep", 70)
    assert pool.do("keep", 70) != first


def test_who_waits_without_working_is_ended_by_the_clock_and_may_be_tried_again(pool):
    with pytest.raises(Stalled, match="not done after 2 s"):
        pool.do("wait", 60)
    assert pool.do("who")


def test_a_process_that_somebody_killed_is_no_refusal(pool):
    with pytest.raises(Stalled, match="ended by itself"):
        pool.do("be_killed")
    assert pool.do("who")


def test_what_the_drawing_refuses_comes_through_whole_and_a_fault_with_its_place(pool):
    with pytest.raises(Refused, match="2 mm too wide") as refusal:
        pool.do("refuse")
    assert (refusal.value.rule, refusal.value.figures) == ("too_wide", {"much": "2 mm"})
    with pytest.raises(BuildFailed, match=r"heavy\.py"):
        pool.do("stumble")
    assert pool.do("who")


@pytest.mark.parametrize("processes", [1, 2])
def test_a_pool_keeps_as_many_processes_as_it_was_given_whoever_asks(of, processes):
    crowded = of(heavy.do, processes=processes, limits=TIGHT)
    with ThreadPoolExecutor(4) as threads:
        seen = set(threads.map(lambda _: crowded.do("wait", 0.2), range(6)))
    assert len(seen) == processes


def test_a_real_piece_is_built_within_the_real_limits_and_has_the_same_bytes(of):
    assert of(model).do("solitaire", {"claws": 6}) == model("solitaire", {"claws": 6})


@pytest.mark.parametrize("family", ["halo", "three_stone", "bezel_ring"])
def test_what_one_processor_builds_is_what_several_build(of, family):
    assert of(work).do("measures", family, {}) == measure(family, {})


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux lets a process choose its processors")
def test_a_process_that_draws_plans_for_one_processor_and_may_run_on_any(of):
    threads, processors = of(heavy.do).do("threads_of_a_solid")
    assert threads <= 2
    assert processors == len(os.sched_getaffinity(0))


@pytest.mark.parametrize("family", sorted(HEAVIEST))
def test_the_heaviest_pieces_are_drawn_in_a_process_of_300_mb_at_most(family):
    assert 50 < peak_mb(family, HEAVIEST[family]) <= 300
