"""Where a mode keeps its things: `.dev/<mode>` in the repository, or in the folder that AJOUR_DEV names."""

import fcntl
import os
from pathlib import Path
from typing import IO

from standins.refusal import CannotStart

ROOT = Path(__file__).resolve().parent.parent


def folder(mode: str) -> Path:
    """The mode's folder, made when missing and writable, else one clear sentence."""
    place = Path(os.environ.get("AJOUR_DEV") or ROOT / ".dev").resolve() / mode
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / ".writable").touch()
        (place / ".writable").unlink()
    except OSError as error:
        raise CannotStart(
            f"{place} can't be written ({error.strerror}). Give yourself the right to, or set AJOUR_DEV to another folder."
        ) from error
    return place


def locked(place: Path) -> IO[str]:
    """Hold the folder for ourselves until this process ends."""
    lock = (place / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CannotStart(
            f"Another one already runs in {place}. Stop it first, or set AJOUR_DEV to another folder."
        ) from error
    return lock
