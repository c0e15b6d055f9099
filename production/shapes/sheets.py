"""Files of the exact model for the workshop: its dimensioned drawing, and casting files, larger by what the alloy shrinks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from production.shapes.building import fingerprint

FORMAT = 2  # raise it when the file of the same solid is written otherwise
SUFFIX = {"drawing": "svg", "stl": "stl", "3mf": "3mf"}
MIME = {"drawing": "image/svg+xml", "stl": "model/stl", "3mf": "model/3mf"}
"""Types as IANA registers them: https://www.iana.org/assignments/media-types/."""


@dataclass(frozen=True)
class Sheet:
    """One file of one piece. A drawing shows the finished piece; casting files are larger by `shrinkage_ppm`."""

    kind: str
    family: str
    parameters: Mapping[str, Any]
    shrinkage_ppm: int = 0

    @property
    def path(self) -> str:
        """Where it lies, below MEDIA_ROOT: the same piece, the same file. Raises Refused for what cannot be asked."""
        name = fingerprint(self.family, self.parameters)
        return f"private/sheets/{name}-{FORMAT}-{self.shrinkage_ppm}.{SUFFIX[self.kind]}"

    @property
    def asked(self) -> dict[str, Any]:
        """What the worker that draws is told."""
        return {**vars(self), "parameters": dict(self.parameters)}


def sheet(kind: str, *, family: str, parameters: Mapping[str, Any], shrink_permille: int) -> Sheet:
    """The file of this kind. Only what is cast is larger than the piece."""
    return Sheet(kind, family, parameters, 0 if kind == "drawing" else shrink_permille * 1000)
