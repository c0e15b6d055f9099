"""Whether the demo's own database already stands as this checkout wants it; then a start need not ask Django."""

import hashlib
from pathlib import Path

from standins.place import ROOT

MARK, WELCOME = "prepared", "welcome.txt"


def fingerprint() -> str:
    """Of every migration, ours by content and the libraries' by their pins."""
    sum_ = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/**/migrations/*.py")):
        sum_.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return sum_.hexdigest()


def stands(place: Path, now: str) -> bool:
    """Whether the folder's database was prepared from the same migrations."""
    mark = place / MARK
    return mark.exists() and mark.read_text() == now and (place / WELCOME).exists()


def note(place: Path, now: str) -> None:
    (place / MARK).write_text(now)
