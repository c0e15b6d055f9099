"""One writer of state: only moves.py writes a thing's `state`."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {"foundation/moves.py"}


def _writes(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets):
                yield node.lineno
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"update", "bulk_update"}:
            if any(keyword.arg == "state" for keyword in node.keywords):
                yield node.lineno


def test_state_is_written_in_one_place():
    found = []
    for root in ("config", "store", "production", "packaging", "foundation", "demo"):
        for path in (ROOT / root).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if name not in ALLOWED and "migrations" not in name:
                found += [f"{name}:{line}" for line in _writes(ast.parse(path.read_text()))]
    assert found == []
