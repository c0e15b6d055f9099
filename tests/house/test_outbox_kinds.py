"""Whatever is put into the outbox has somebody who does it, and is asked for by ids, not by objects."""

import ast
import inspect
from pathlib import Path

from foundation.moves import Flowing
from foundation.outbox.handlers import HANDLERS

ROOT = Path(__file__).resolve().parents[2]
SIMPLE = {int, str, bool, "int", "str", "bool"}


def _kinds_put():
    for root in ("config", "store", "production", "packaging", "foundation", "demo"):
        for path in (ROOT / root).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                called = getattr(node, "func", None)
                name = getattr(called, "id", getattr(called, "attr", ""))
                if name == "put" and node.args and isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value, f"{path}:{node.lineno}"


def test_everything_that_is_put_is_handled():
    assert [(kind, at) for kind, at in _kinds_put() if kind not in HANDLERS] == []


def test_everything_that_a_move_owes_is_handled():
    flows = [m.flow for m in Flowing.__subclasses__()]
    owed = {kind for flow in flows for move in flow.moves.values() for kind in move.then}
    assert owed - set(HANDLERS) == set()


def test_handlers_take_ids_and_words_as_keywords():
    for kind, handler in HANDLERS.items():
        for parameter in inspect.signature(handler).parameters.values():
            assert parameter.kind is parameter.KEYWORD_ONLY, kind
