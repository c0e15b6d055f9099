"""Static files are gathered and compressed, which takes long; so only when they or the libraries have changed."""

import hashlib
from pathlib import Path

from standins.place import ROOT

MARK = ".gathered"


def fingerprint() -> str:
    """Of every static file of ours, by name, size and time, and of the pinned libraries."""
    sum_ = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    sum_.update((ROOT / "config" / "settings.py").read_bytes())
    for top in ("foundation", "store", "production", "packaging", "config", "demo"):
        for path in sorted((ROOT / top).rglob("static/**/*")):
            seen = path.stat()
            sum_.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return sum_.hexdigest()


def is_gathered(folder: Path, now: str) -> bool:
    mark = folder / MARK
    return mark.exists() and mark.read_text() == now


def note_gathered(folder: Path, now: str) -> None:
    (folder / MARK).write_text(now)
