"""Write the pages of docs/ that are read off the code, or say that they have fallen behind."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.moves import Flowing

FLOWS = Path(settings.ROOT) / "docs" / "flows.md"
HEAD = """# Flows

Every state machine of the house, read off its table of moves by `manage.py write_docs`. Do not edit.
"""


class Command(BaseCommand):
    help = "Write docs/flows.md from the tables of moves; with --check, fail when it is behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail when behind")

    def handle(self, *args: Any, **options: Any) -> None:
        text = flows()
        if not options["check"]:
            FLOWS.write_text(text)
        elif not FLOWS.exists() or FLOWS.read_text() != text:
            raise CommandError("docs/flows.md is behind the code. Run: manage.py write_docs")


def flows() -> str:
    """The page: one section a flow, its diagram and its moves in words."""
    models = [m for m in apps.get_models() if issubclass(m, Flowing)]
    return "\n".join([HEAD, *(_section(m) for m in sorted(models, key=lambda m: m._meta.label))])  # noqa: SLF001  Django's own name for it


def _section(model: type[Flowing]) -> str:
    rows = [
        f"| {m.old} | {m.new} | {', '.join(m.by)} | {', '.join(m.needs) or '–'} | {', '.join(m.then) or '–'} |"
        for m in model.flow.moves.values()
    ]
    head = ["| from | to | by | needs | then |", "| --- | --- | --- | --- | --- |"]
    name = model._meta.label  # noqa: SLF001  Django's own name for it
    return "\n".join([f"## {name}", "", "```mermaid", model.flow.diagram(), "```", "", *head, *rows, ""])
