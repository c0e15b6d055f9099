"""What a build costs, family by family: parameter sets at random, refusals left out; models; what the pool's process holds."""

import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles

from production.shapes.building import build
from production.shapes.families import FAMILIES
from production.shapes.glb import glb
from production.shapes.model import model
from production.shapes.parameters import Refused
from production.shapes.pool import Pool, plan_for_one_processor
from tests.production.shapes.asked import asked

HEAVIEST: dict[str, dict[str, object]] = {
    "eternity": {"span": "full", "stone_width_um": 1_200, "inner_diameter_um": 26_000},
    "halo": {"cut": "oval", "stone_width_um": 10_000, "halo_stone_um": 1_000},
    "band": {"surface": "milgrain", "width_um": 12_000, "engraving_inside": "Ana & Ivo"},
}


@dataclass(frozen=True)
class Built:
    """CPU milliseconds of each build of a family, and KB of each model."""

    family: str
    cpu_ms: list[float]
    glb_kb: list[float]


def families(times: int) -> list[Built]:
    """So many builds of every family, as the pool's process makes them.

    The first of each, which reads typefaces and cuts the stones, counts like the others.
    """
    plan_for_one_processor()
    return [_family(family, times) for family in FAMILIES]


def _family(family: str, times: int) -> Built:
    built = Built(family, [], [])
    for parameters in _sets(family):
        began = time.process_time()
        try:
            piece = build(family, parameters)
        except Refused:
            continue
        built.cpu_ms.append(1000 * (time.process_time() - began))
        built.glb_kb.append(len(gzip.compress(glb(piece), 9)) / 1024)
        if len(built.cpu_ms) == times:
            break
    return built


def _sets(family: str) -> Iterator[dict[str, object]]:
    pick = Random(f"bench {family}")
    while True:
        yield asked(pick, family)


def table(all_built: list[Built]) -> str:
    """As a table; the last row is all families together."""
    together = Built("all", [x for b in all_built for x in b.cpu_ms], [x for b in all_built for x in b.glb_kb])
    return "\n".join(
        [
            "| family | builds | CPU ms, median | p95 | longest | model KB gzipped, median | largest |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            *(
                f"| {b.family.replace('_', ' ')} | {len(b.cpu_ms)} | {median(b.cpu_ms):.0f} | {quantiles(b.cpu_ms, n=20)[-1]:.0f} "
                f"| {max(b.cpu_ms):.0f} | {median(b.glb_kb):.0f} | {max(b.glb_kb):.0f} |"
                for b in [*all_built, together]
            ),
        ]
    )


def pool_peaks() -> str:
    """The most memory the pool's process held while it drew each of the heaviest pieces, in a process of its own each."""
    peaks = (
        f"{family}: {peak_mb(family, parameters):.0f} MB ({parameters})" for family, parameters in HEAVIEST.items()
    )
    return "Most memory the pool's process held: " + "; ".join(peaks)


def peak_mb(family: str, parameters: dict[str, object]) -> float:
    """Peak resident memory, MB, of a pool's process that draws this one piece."""
    pool, before = Pool(model), _children()
    try:
        pool.do(family, parameters)
        return max(_peak_kb(pid) for pid in _children() - before) / 1024
    finally:
        pool.close()


def _children() -> set[int]:
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def _peak_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])
