"""Making papers.

A template is a Typst file in its room's `papers/` folder; data reaches it as JSON only, so no text that a customer
typed can ever be read as markup. Fonts are the house's own, never the machine's.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).resolve().parent / "fonts"


class NoSuchPaper(Exception):
    """There is no template of that name."""


def make_pdf(template: str, data: dict[str, Any]) -> bytes:
    """The paper as PDF/UA-1, the kind that a screen reader can read. `template` is "<room>:<name>", e.g. "packing:label"."""
    return _compile(template, data, format="pdf", pdf_standards=["ua-1"])


def make_png(template: str, data: dict[str, Any], *, ppi: int = 144) -> bytes:
    """The paper's first page as a picture, for a preview on screen."""
    made = _compile(template, data, format="png", ppi=ppi)
    return made[0] if isinstance(made, list) else made


def _compile(template: str, data: dict[str, Any], **how: Any) -> Any:
    return typst.compile(
        str(_place(template)),
        root=str(ROOT),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **how,
    )


@cache
def _place(template: str) -> Path:
    room, _, name = template.partition(":")
    spec = find_spec(room)
    places = [Path(p) / "papers" / f"{name}.typ" for p in (spec.submodule_search_locations or [] if spec else [])]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise NoSuchPaper(f"no paper {template}")
    return found
