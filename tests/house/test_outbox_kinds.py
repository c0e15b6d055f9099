"""Whatever is put into the outbox has somebody who does it, and is asked for by ids, not by objects."""

import ast
import inspect
from pathlib import Path

from celery import current_app

from foundation.moves import Flowing
from foundation.outbox.handlers import HANDLERS

ROOT = Path(__file__).resolve().parents[2]
SIMPLE = {int, str, bool, list[str], "int", "str", "bool"}
TOLD = {
    ("orders.note_progress", "facts"), ("orders.note_progress", "photos"), ("orders.note_made", "made"),
    *((door, "parameters") for door in ("shapes.draw_model", "shapes.draw_sheet", "shapes.measure")),
}  # fmt: skip
"""What has no id here: the facts that another wing's news carried, and a shape, which is its parameters."""


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


def _taken(doors):
    """What each door takes that is no keyword of an id or a word."""
    return {
        (name, parameter.name)
        for name, door in doors.items()
        for parameter in inspect.signature(door).parameters.values()
        if parameter.kind is not parameter.KEYWORD_ONLY or parameter.annotation not in SIMPLE
    }


def test_handlers_take_ids_and_words_as_keywords():
    assert _taken(HANDLERS) - TOLD == set()


def test_celery_s_own_doors_take_the_same():
    current_app.loader.import_default_modules()
    ours = {name: task.run for name, task in current_app.tasks.items() if not name.startswith("celery.")}
    assert len(ours) >= 10
    assert _taken(ours) - TOLD == set()
