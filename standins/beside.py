"""Running a command of manage.py beside a demo that is open: `python -m standins.beside simulate --days 7`."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from standins.place import ROOT, folder
from standins.servers import environment

ENV = "env.json"
TOLD = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "STATIC_ROOT", "MEDIA_ROOT", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE")  # fmt: skip


def note(place: Path, env: Mapping[str, str]) -> None:
    """Write down where the demo's servers are, for nobody else's eyes."""
    file = place / ENV
    file.touch(mode=0o600)
    file.write_text(json.dumps({name: env[name] for name in TOLD if name in env}))


def main(words: Sequence[str]) -> int:
    """Run it with what the demo's own children are told. One line where no demo was ever opened here."""
    file = folder("demo") / ENV
    if not file.exists():
        print("No demo is open here: start one with make demo, and leave it running.", file=sys.stderr)
        return 1
    env = environment("demo") | json.loads(file.read_text())
    return subprocess.call([sys.executable, ROOT / "manage.py", *words], env=env, cwd=os.fspath(ROOT))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
