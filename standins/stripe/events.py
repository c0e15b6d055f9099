"""News: an event for each thing that happened, delivered to the webhook, signed, again until it is answered with 2xx."""

import hashlib
import hmac
import json
import random
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from standins.stripe.books import Books, Thing

API_VERSION = "2026-10-28.endive"
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 60.0  # Stripe: hours, for three days; order never promised


@dataclass
class Knobs:
    """What a test may turn: the world at its worst."""

    by_hand: bool = False  # nothing is delivered until asked
    copies: int = 1  # every event is delivered so often
    shuffle: bool = False  # what waits is delivered in any order
    delay_s: float = 0.0  # before every answer of the API
    drop_replies: int = 0  # so many next answers are lost after the deed


@dataclass
class News:
    """Makes events and delivers them from a thread of its own."""

    books: Books
    webhook: str | None
    secret: str
    knobs: Knobs = field(default_factory=Knobs)
    log: list[tuple[str, int]] = field(default_factory=list)  # event id, status; 0: no answer
    waits: dict[str, tuple[float, float]] = field(default_factory=dict)  # event id: not before, next wait
    ring: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        threading.Thread(target=self._deliver_for_ever, name="stripe news", daemon=True).start()

    def tell(self, kind: str, about: Thing) -> None:
        event = self.books.add(
            "event",
            "evt",
            type=kind,
            api_version=API_VERSION,
            data={"object": self.books.shown(about)},
            pending_webhooks=1 if self.webhook else 0,
            request={"id": None, "idempotency_key": None},
        )
        if self.webhook:
            self.books.pending.append(event["id"])
            self.ring.set()

    def deliver(self, reference: str) -> int:
        """Deliver one event now and answer the status heard; 0 when nobody answered."""
        with self.books.lock:
            body = json.dumps(self.books.shown(self.books.get("event", reference))).encode()
        status = self._post(body)
        self.log.append((reference, status))
        if 200 <= status < 300:
            self._settle(reference)
        return status

    def signature(self, body: bytes, at: int) -> str:
        """https://docs.stripe.com/webhooks#verify-manually"""
        sum_ = hmac.new(self.secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
        return f"t={at},v1={sum_}"

    def due(self, now: float) -> list[str]:
        with self.books.lock:
            waiting = [one for one in self.books.pending if self.waits.get(one, (0.0, 0.0))[0] <= now]
        if self.knobs.shuffle:
            random.shuffle(waiting)
        return waiting

    def _deliver_for_ever(self) -> None:
        while not self.ended.is_set():
            self.ring.wait(timeout=0.2)
            self.ring.clear()
            if not self.knobs.by_hand:
                for reference in self.due(time.monotonic()):
                    self._try(reference)

    def _try(self, reference: str) -> None:
        if reference not in self.books.things:
            return  # cleared meanwhile
        heard = [self.deliver(reference) for _ in range(max(1, self.knobs.copies))]
        if not any(200 <= status < 300 for status in heard):
            wait = self.waits.get(reference, (0.0, FIRST_WAIT_S))[1]
            self.waits[reference] = (time.monotonic() + wait, min(wait * 2, LONGEST_WAIT_S))

    def _settle(self, reference: str) -> None:
        with self.books.changing():
            if reference in self.books.pending:
                self.books.pending.remove(reference)
                self.books.things[reference]["pending_webhooks"] = 0
        self.waits.pop(reference, None)

    def _post(self, body: bytes) -> int:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (stand-in)",
            "Stripe-Signature": self.signature(body, int(time.time())),
        }
        asked = urllib.request.Request(self.webhook or "", data=body, method="POST", headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0
