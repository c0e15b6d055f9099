"""One writer of state: only moves.py writes a thing's `state`."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {"foundation/moves.py"}


SETTERS = {"update", "bulk_update", "update_or_create", "setattr", "save"}


def _is_state(node):
    """Whether what is assigned to is a `state`, alone or among others."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    return any(isinstance(part, ast.Attribute) and part.attr == "state" for part in parts)


def _said(node):
    """Every name that a call hands over: its keywords, and words in its lists, dictionaries and places."""
    yield from (keyword.arg for keyword in node.keywords)
    for one in (
        *node.args,
        *(keyword.value for keyword in node.keywords if keyword.arg in {None, "defaults", "update_fields"}),
    ):
        yield from (part.value for part in ast.walk(one) if isinstance(part, ast.Constant))


def _writes(tree):
    for node in ast.walk(tree):
        targets = getattr(node, "targets", []) if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(map(_is_state, targets)):
            yield node.lineno
        if isinstance(node, ast.Call) and SETTERS & {getattr(node.func, "attr", ""), getattr(node.func, "id", "")}:
            if "state" in _said(node):
                yield node.lineno


@pytest.mark.parametrize(
    "written",
    [
        "order.state = 'paid'", "a, order.state = 1, 'paid'", "order.state: str = 'paid'", "rows.update(state='paid')",
        "rows.update(**{'state': 'paid'})", "Order.objects.bulk_update(rows, ['state'])", "setattr(order, 'state', 'paid')",
        "Order.objects.update_or_create(pk=1, defaults={'state': 'paid'})", "order.save(update_fields=['state'])",
    ],
)  # fmt: skip
def test_every_way_of_writing_it_is_seen(written):
    assert list(_writes(ast.parse(written))) == [1]


def test_state_is_written_in_one_place():
    found = []
    for root in ("config", "store", "production", "packaging", "foundation", "demo"):
        for path in (ROOT / root).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if name not in ALLOWED and "migrations" not in name:
                found += [f"{name}:{line}" for line in _writes(ast.parse(path.read_text()))]
    assert found == []
