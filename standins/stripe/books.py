"""What the stand-in remembers: objects, idempotent answers, deliveries. Kept in one file between runs when one is given."""

import contextlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from standins.stripe.refusals import unknown_object

Thing = dict[str, Any]


class Books:
    """Objects by id, in the order they were made. Every change happens under `changing`."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.lock = threading.RLock()
        self.things: dict[str, Thing] = {}
        self.answers: dict[str, Any] = {}
        self.pending: list[str] = []  # events whose webhook has not been answered with 2xx
        if file and file.exists():
            kept = json.loads(file.read_text())
            self.things, self.answers, self.pending = kept["things"], kept["answers"], kept["pending"]

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """One change: alone, and on disk when it is over."""
        with self.lock:
            try:
                yield
            finally:
                self.save()

    def save(self) -> None:
        if not self.file:
            return
        text = json.dumps({"things": self.things, "answers": self.answers, "pending": self.pending})
        draft = self.file.with_suffix(".new")
        draft.write_text(text)
        draft.replace(self.file)

    def clear(self) -> None:
        with self.changing():
            self.things.clear()
            self.answers.clear()
            self.pending.clear()

    def add(self, kind: str, prefix: str, **fields: Any) -> Thing:
        """A new thing, under its own `id` where it brings one."""
        reference = fields.pop("id", f"{prefix}_{secrets.token_hex(12)}")
        thing = {"id": reference, "object": kind, "created": int(time.time()), "livemode": False, **fields}
        self.things[reference] = thing
        return thing

    def get(self, kind: str, reference: str) -> Thing:
        thing = self.things.get(reference)
        if thing is None or thing["object"] != kind:
            raise unknown_object(kind.replace(".", " "), reference)
        return thing

    def all(self, kind: str) -> list[Thing]:
        """Newest first."""
        return [thing for thing in reversed(self.things.values()) if thing["object"] == kind]

    def shown(self, thing: Thing, expand: list[str] | None = None) -> Thing:
        """A copy for the outside: without our own notes, references expanded where asked."""
        out = {name: deepcopy(value) for name, value in thing.items() if not name.startswith("_")}
        for path in expand or []:
            name, _, rest = path.partition(".")
            if isinstance(out.get(name), str) and out[name] in self.things:
                out[name] = self.shown(self.things[out[name]], [rest] if rest else None)
        return out

    def balance(self) -> dict[str, int]:
        """Captured − refunded, by currency, in minor units: what an audit holds the house's own ledger against."""
        sums: dict[str, int] = {}
        for charge in self.all("charge"):
            sums[charge["currency"]] = (
                sums.get(charge["currency"], 0) + charge["amount_captured"] - charge["amount_refunded"]
            )
        return sums
