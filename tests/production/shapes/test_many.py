"""The whole parameter space, sampled: 1,000 sets within `make test`, 2,000 others in the slow lane, `make shapes`."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from production.shapes.families import FAMILIES
from tests.production.shapes.asked import asked
from tests.production.shapes.tried import GLB_KB, table, tried

# Fewer of what takes long, so that the thousand takes half a minute of CPU; the slow lane asks every family as often.
SETS = {
    "band": 100,
    "solitaire": 90,
    "bezel_ring": 60,
    "bezel_pendant": 90,
    "stud": 80,
    "signet": 90,
    "three_stone": 25,
    "halo": 25,
    "eternity": 20,
    "hoop": 110,
    "drop": 80,
    "trace_chain": 120,
    "bangle": 110,
}
SLOW_SETS = 2_000
LONGEST_MS = 3_000


def test_a_thousand_sets_cover_every_family() -> None:
    assert sum(SETS.values()) == 1_000
    assert set(SETS) == set(FAMILIES)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_whatever_is_asked_is_a_closed_piece_or_a_named_refusal(family: str) -> None:
    seen = []

    @settings(max_examples=SETS[family], deadline=None, derandomize=True, database=None)
    @given(st.randoms(use_true_random=False))
    def each(pick: Random) -> None:
        seen.append(tried(family, asked(pick, family)))

    each()
    assert len(seen) >= SETS[family]
    assert any(not one.rule for one in seen)
    assert max(one.cpu_ms for one in seen) < LONGEST_MS


@pytest.mark.slow
def test_two_thousand_sets_are_closed_pieces_or_named_refusals(capsys: pytest.CaptureFixture[str]) -> None:
    names, seen = sorted(FAMILIES), []
    picks = {family: Random(f"shapes {family}") for family in names}
    for k in range(SLOW_SETS):
        family = names[k % len(names)]
        parameters = asked(picks[family], family)
        try:
            seen.append(tried(family, parameters, with_model=True))
        except AssertionError as broken:
            raise AssertionError(f"{family} {parameters}: {broken}") from broken
    seen.sort(key=lambda one: one.family)
    with capsys.disabled():
        print(f"\n{table(seen)}")
    assert max(one.cpu_ms for one in seen) < LONGEST_MS
    too_large = [one for one in seen if one.glb_kb > GLB_KB.get(one.family, 250)]
    assert not too_large
