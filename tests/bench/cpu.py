"""CPU milliseconds of processes and everything below them, from /proc."""

import os
from pathlib import Path

from django.db import connection

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _below(pid: int) -> list[int]:
    parents = {
        int(one.name): stat for one in Path("/proc").iterdir() if one.name.isdigit() and (stat := _stat(int(one.name)))
    }
    found, next_ones = [pid], [pid]
    while next_ones:
        next_ones = [child for child, stat in parents.items() if int(stat[1]) in next_ones]
        found += next_ones
    return found


def spent_ms(pid: int) -> float:
    """What a process, its living children and those it has buried have spent."""
    total = 0.0
    for one in _below(pid):
        if stat := _stat(one):
            total += sum(int(stat[n]) for n in (11, 12, 13, 14)) * TICK_MS
    return total


def postmaster() -> int:
    """PostgreSQL's first process."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    return int((Path(folder) / "postmaster.pid").read_text().split("\n", 1)[0])
