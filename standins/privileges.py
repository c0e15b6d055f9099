"""PostgreSQL runs neither as root nor as a user without a name. What else there is, the least intrusive way first."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from standins import kernel
from standins.children import as_user
from standins.refusal import CannotStart

NOBODY = "nobody"
ELSEWHERE = Path("/var/tmp")  # a folder of our own in it, owned by nobody, mode 0700


@dataclass(frozen=True)
class Standing:
    """As whom the server runs, from which programs, in which folder."""

    programs: Path
    home: Path
    user: str | None = None
    first: Callable[[], None] | None = None

    @property
    def owner(self) -> int:
        """The user id that owns the server's files."""
        return pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()

    def own(self, folder: Path) -> None:
        """Give `folder` and what is in it to the one who runs the server; only root can and needs to."""
        if os.geteuid() != 0 or not folder.exists():
            return
        for path in (folder, *folder.rglob("*")):
            if path.lstat().st_uid != self.owner:
                os.chown(path, self.owner, -1, follow_symlinks=False)


def step_down(programs: Path, home: Path) -> Standing:
    """Choose: ourselves; a user namespace, in which we have a name; `nobody` here; `nobody` in a copy. Else say what to do."""
    us = os.geteuid()
    if us != 0 and _has_a_name(us):
        return Standing(programs, home)
    become = partial(kernel.become, _somebody())
    if kernel.works_in_child(become):
        return Standing(programs, home, first=become)
    if us != 0:
        raise CannotStart(
            f"User {us} has no entry in this machine's passwd file, and PostgreSQL will not run without one. Run as a user who has, or set DATABASE_URL to a server of your own."
        )
    return _as_nobody(programs, home) or _as_nobody_elsewhere(programs, home)


def _has_a_name(user: int) -> bool:
    try:
        return bool(pwd.getpwuid(user))
    except KeyError:
        return False


def _somebody() -> int:
    """A user of this machine who is not root: PostgreSQL looks up its user's name and stops where there is none."""
    others = [one.pw_uid for one in pwd.getpwall() if one.pw_uid]
    nobody = [one.pw_uid for one in pwd.getpwall() if one.pw_name == NOBODY]
    return (nobody or others or [1000])[0]


def _as_nobody(programs: Path, home: Path) -> Standing | None:
    """Possible where nobody may walk to both folders."""
    home.mkdir(parents=True, exist_ok=True)
    reachable = _nobody_can([programs / "initdb", "--version"]) and _nobody_can(["ls", home.parent])
    return Standing(programs, home, user=NOBODY) if reachable else None


def _as_nobody_elsewhere(programs: Path, home: Path) -> Standing:
    place = ELSEWHERE / ("ajour-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12])
    try:
        place.mkdir(mode=0o755, exist_ok=True)
        if place.lstat().st_uid != 0 or place.is_symlink():
            raise PermissionError(f"{place} belongs to somebody else")
        standing = Standing(_copied(programs, place), place / "home", user=NOBODY)
    except (OSError, KeyError) as error:
        raise CannotStart(_no_way(str(error))) from error
    if not _nobody_can([standing.programs / "initdb", "--version"]):
        raise CannotStart(_no_way(f"nobody may not run programs in {place}"))
    return standing


def _copied(programs: Path, place: Path) -> Path:
    """The programs in `place`, with the libraries that the wheel keeps beside its package."""
    package = programs.parents[1]
    for folder in (package, package.with_name(package.name + ".libs")):
        if folder.exists() and not (place / folder.name).exists():
            shutil.copytree(folder, place / "copying", symlinks=True, dirs_exist_ok=True)
            (place / "copying").rename(place / folder.name)
    return place / programs.relative_to(package.parent)


def _no_way(why: str) -> str:
    return (
        "PostgreSQL does not run as root, and this machine offers no other way "
        f"({why}). Run as a normal user, or set DATABASE_URL to a server of your own."
    )


def _nobody_can(command: list[str | Path]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, cwd="/", check=False, timeout=20, **as_user(NOBODY))
    except (OSError, KeyError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
