"""The supervisor's door: `python -m standins.run demo | test [pytest's words] | shell -- command`."""

import argparse
import sys
from collections.abc import Callable, Sequence

from standins import demo, suite
from standins.keeper import kept
from standins.refusal import CannotStart

LAST_PORT = 65534  # one more is needed beside it


def main(words: Sequence[str]) -> int:
    """Read the words, run the mode under a keeper, answer with its exit code."""
    asked, rest = _read(words)
    work: dict[str, Callable[[], int]] = {
        "demo": lambda: demo.run(_port(asked.port)),
        "test": lambda: suite.run(rest),
        "shell": lambda: suite.on_servers("shell", rest),
    }
    return kept(lambda: _told(work[asked.mode]), with_parent=asked.with_parent)


def _read(words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="python -m standins.run", description=__doc__, allow_abbrev=False)
    parser.add_argument("mode", choices=["demo", "test", "shell"])
    parser.add_argument("--port", default="8000", help="the demo's port (8000)")
    parser.add_argument("--with-parent", action="store_true", help="stop when whoever started this dies")
    if "--" in words:
        cut = list(words).index("--")
        return parser.parse_args(words[:cut]), list(words[cut + 1 :])
    return parser.parse_known_args(words)


def _port(said: str) -> int:
    if not (said.isdecimal() and 0 < int(said) <= LAST_PORT):
        raise CannotStart(f"PORT is '{said}'. It must be a number from 1 to {LAST_PORT}: make demo PORT=8000")
    return int(said)


def _told(work: Callable[[], int]) -> int:
    """A refusal is one line for a person, not a traceback."""
    try:
        return work()
    except CannotStart as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
