"""Figures of one thing measured several times."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from tests.bench.cpu import postmaster, spent_ms


@dataclass(frozen=True)
class Figures:
    """Of `name`, once: how many a second, CPU milliseconds of the site and of PostgreSQL each, and bytes."""

    name: str
    per_s: float
    site_ms: float
    database_ms: float
    kb: float = 0.0


def measure(
    name: str, times: int, do: Callable[[int], int], *, pid: int, rounds: int = 3, uncounted: int = 5
) -> Figures:
    """Do it `times` times a round, one after the other, after a few that don't count; the median round."""
    for n in range(min(times, uncounted)):
        do(n)
    taken = [_round(name, times, do, pid, offset=(r + 1) * times) for r in range(rounds)]
    return Figures(
        name,
        median(one.per_s for one in taken),
        median(one.site_ms for one in taken),
        median(one.database_ms for one in taken),
        taken[0].kb,
    )


def _round(name: str, times: int, do: Callable[[int], int], pid: int, offset: int) -> Figures:
    below = postmaster()
    site, database, began, size = spent_ms(pid), spent_ms(below), perf_counter(), 0
    for n in range(times):
        size += do(offset + n)
    took = perf_counter() - began
    return Figures(
        name, times / took, (spent_ms(pid) - site) / times, (spent_ms(below) - database) / times, size / times / 1024
    )


def table(rows: list[Figures], ceiling: Figures | None = None) -> str:
    """As a table; `ceiling` gives the last column: how many times its CPU."""
    lines = [
        "| | each second | CPU ms, site | CPU ms, PostgreSQL | KB | × ceiling |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        ratio = f"{(row.site_ms + row.database_ms) / (ceiling.site_ms or 1):.0f}" if ceiling else ""
        kb = f"{row.kb:.0f}" if row.kb else ""
        lines.append(f"| {row.name} | {row.per_s:.1f} | {row.site_ms:.1f} | {row.database_ms:.1f} | {kb} | {ratio} |")
    return "\n".join(lines)
