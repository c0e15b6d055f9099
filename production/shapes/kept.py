"""Files of drawn pieces, kept by the piece's fingerprint: the whole file, or why there is none."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from production.shapes.building import fingerprint
from production.shapes.parameters import Refused

DRAW_MODEL, DRAW_SHEET = "shapes.draw_model", "shapes.draw_sheet"
"""The work that is owed to whoever draws."""
FORMAT = 5  # raise it when the file of the same solid is written otherwise: an address never changes its bytes


def model_path(family: str, parameters: dict[str, object]) -> str:
    """Where the model of exactly this piece lies, below MEDIA_ROOT. Raises Refused for what cannot be asked."""
    return f"public/models/{fingerprint(family, parameters)}-{FORMAT}.glb.gz"


def is_answered(path: str) -> bool:
    """Whether the file of this path was drawn, or refused."""
    return default_storage.exists(path) or default_storage.exists(_refused(path))


def keep(path: str, content: bytes) -> None:
    """The whole file or none, whenever the process is killed: what stands at its address is kept by browsers for ever."""
    new = default_storage.save(f"{path}.new", ContentFile(content))
    Path(default_storage.path(new)).replace(default_storage.path(path))


def keep_refusal(path: str, refusal: Refused) -> None:
    """Why there will be no file at this path."""
    told = {"rule": refusal.rule, "sentence": refusal.sentence, "figures": refusal.figures}
    with override("en"):  # as the drawing has it, to be put into each reader's language
        keep(_refused(path), json.dumps(told, default=str).encode())


def refusal_of(path: str) -> Refused | None:
    """Why there will be no file at this path, if it was tried and refused."""
    if not default_storage.exists(_refused(path)):
        return None
    with default_storage.open(_refused(path)) as kept:
        told: dict[str, Any] = json.load(kept)
    return Refused(told["rule"], _(told["sentence"]), **{name: _said(one) for name, one in told["figures"].items()})


def _said(figure: Any) -> Any:
    """A part's name in the reader's language; a measure as it stands."""
    return _(figure) if isinstance(figure, str) and figure else figure


def _refused(path: str) -> str:
    return f"models-refused/{Path(path).name.removesuffix('.glb.gz')}.json"
