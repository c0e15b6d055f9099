"""The shelves of a room, across the house: nothing leans on what stands above it, not even by way of a file between them.

The contract "Inside a room" in pyproject.toml holds this among the shelves of one room. Here a file whose name ends like a
shelf stands on it (`stop_views`, `changes_api`), any other stands as high as the highest of what it leans on, and rooms count as one.
"""

import functools
from collections.abc import Callable

import grimp
import pytest

HEIGHTS = {
    "urls": 6, "views": 5, "api": 5, "admin": 5, "receivers": 5, "page": 4, "forms": 3, "form": 3, "tasks": 3, "actions": 2,
    "models": 1, "flow": 0, "signals": 0,
}  # fmt: skip
GROUND = {"foundation.moves"}
"""`move()` writes the outbox's rows: the one action that every model with a state leans on."""


def shelf(module: str) -> int | None:
    """How high a file stands by its name; None where the name says nothing."""
    if module in GROUND:
        return 0
    ends = (part.rpartition("_")[2] for part in module.split(".")[1:])
    return next((HEIGHTS[end] for end in ends if end in HEIGHTS), None)


def upward(modules: set[str], leans_on: Callable[[str], set[str]]) -> list[str]:
    """Each import by which a file leans on what stands above it."""

    @functools.cache
    def height(module: str) -> int:
        named = shelf(module)
        return max(map(height, leans_on(module)), default=0) if named is None else named

    return sorted(
        f"{one} -> {other}" for one in modules - GROUND for other in leans_on(one) if height(other) > height(one)
    )


@pytest.mark.parametrize(
    ("imports", "found"),
    [
        ({"store.a.models": {"store.a.sums"}, "store.a.sums": {"store.b.actions.x"}}, ["store.a.models -> store.a.sums"]),
        ({"store.a.actions": {"store.b.stop_views"}}, ["store.a.actions -> store.b.stop_views"]),
        ({"store.a.forms": {"store.a.change_page"}}, ["store.a.forms -> store.a.change_page"]),
        ({"store.a.views.x": {"store.a.page"}, "store.a.page": {"store.b.forms"}}, []),
        ({"store.a.doors": {"store.a.actions"}, "store.a.models": {"foundation.moves"}}, []),
    ],
)  # fmt: skip
def test_what_leans_upward_is_seen(imports, found):
    assert upward(set(imports), lambda module: imports.get(module, set())) == found


def test_nothing_leans_on_what_stands_above_it():
    graph = grimp.build_graph("store", "production", "packing", "foundation", cache_dir=None)
    modules = {module for module in graph.modules if ".migrations" not in module}
    assert "store.orders.stop_views" in modules
    assert upward(modules, graph.find_modules_directly_imported_by) == []
