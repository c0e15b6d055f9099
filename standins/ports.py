"""Ports of this machine."""

import errno
import socket

from standins.refusal import CannotStart

HERE = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as asked:
        asked.bind((HERE, 0))
        return int(asked.getsockname()[1])


def is_free(port: int) -> bool:
    return _in_the_way(port) is None


def need_free(port: int) -> None:
    """Refuse a port that is taken or not allowed, in a sentence."""
    error = _in_the_way(port)
    if error is None:
        return
    if error.errno == errno.EACCES:
        raise CannotStart(f"Port {port} needs root. Choose one above 1023: make demo PORT=8000")
    raise CannotStart(f"Port {port} is taken. Choose another: make demo PORT={port + 10}")


def _in_the_way(port: int) -> OSError | None:
    for family, host in ((socket.AF_INET, HERE), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as asked:
                asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                asked.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return error  # a machine without IPv6 refuses otherwise, which is not in our way
    return None
