"""HTTP: the API for the library, the page for the customer, the control door for tests. On this machine only."""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from standins.stripe import checkout, control, page
from standins.stripe.api import Api
from standins.stripe.books import Books
from standins.stripe.events import API_VERSION, News
from standins.stripe.refusals import Refused

HERE = "127.0.0.1"
PAY = "/c/pay/"
EXPIRE_EVERY_S = 1.0


@dataclass
class Standin:
    """A running stand-in. `with Standin(webhook=…, secret=…) as stripe:` in a test; `serve()` in a process."""

    port: int = 0
    webhook: str | None = None
    secret: str = "whsec_standin"
    state: Path | None = None
    books: Books = field(init=False)
    news: News = field(init=False)
    api: Api = field(init=False)

    def __post_init__(self) -> None:
        self.books = Books(self.state)
        self.news = News(self.books, self.webhook, self.secret)
        self.http = ThreadingHTTPServer((HERE, self.port), type("Handler", (Handler,), {"standin": self}))
        self.http.daemon_threads = True
        self.port = self.http.server_port
        self.api = Api(self.books, self.news, self.url)

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}"

    def serve(self) -> None:
        """Answer until `close`; news and expiry run beside."""
        self.news.start()
        threading.Thread(target=self._expire_for_ever, name="stripe expiry", daemon=True).start()
        self.http.serve_forever(poll_interval=0.02)

    def close(self) -> None:
        self.news.ended.set()
        self.http.shutdown()
        self.http.server_close()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve, name="stripe stand-in", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _expire_for_ever(self) -> None:
        while not self.news.ended.wait(EXPIRE_EVERY_S):
            checkout.expire_due(self.books, self.news, time.time())


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    standin: Standin

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.path_asked = urlsplit(self.path)
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = self.path_asked.path
        try:
            if path.startswith(PAY):
                self._page(path.removeprefix(PAY))
            elif path.startswith(control.DOOR):
                self._control(path.removeprefix(control.DOOR))
            else:
                self._api(path)
        except Refused as no:
            self._json(no.status, no.body)
        except Exception as error:
            self._json(500, {"error": {"type": "api_error", "message": f"The stand-in failed: {error!r}"}})
            raise

    def _api(self, path: str) -> None:
        self._check_key()
        knobs = self.standin.news.knobs
        time.sleep(knobs.delay_s)
        text = self.path_asked.query if self.command == "GET" else self.body
        pairs = parse_qsl(text, keep_blank_values=True)
        key = self.headers.get("Idempotency-Key")
        status, body, replayed = self.standin.api.answer(self.command, path, pairs, key)
        if knobs.drop_replies > 0:
            knobs.drop_replies -= 1
            self.close_connection = True  # the deed is done and nobody hears of it
            return
        self._json(status, body, {"Idempotent-Replayed": "true"} if replayed else {})

    def _check_key(self) -> None:
        kind, _, key = self.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or not key.startswith(("sk_test_", "rk_test_")):
            raise Refused("Invalid API Key provided. The stand-in takes test keys only.", status=401)
        asked = self.headers.get("Stripe-Version", API_VERSION)
        if asked != API_VERSION:
            raise Refused(f"The stand-in speaks {API_VERSION}, not {asked}.", param="Stripe-Version")

    def _page(self, reference: str) -> None:
        standin = self.standin
        checkout.expire_due(standin.books, standin.news, time.time())
        session = standin.books.get("checkout.session", reference)
        given = dict(parse_qsl(self.body)) if self.command == "POST" else {}
        refused = page.pay(standin.books, standin.news, session, given) if given else None
        if given and refused is None:
            self._send(303, b"", {"Location": page.after(session)})
            return
        html = page.draw(session, refused=refused, given=given).encode()
        self._send(402 if refused else 200, html, {"Content-Type": "text/html; charset=utf-8"})

    def _control(self, deed: str) -> None:
        if self.command == "GET":
            self._json(200, control.look(self.standin.books, self.standin.news))
        else:
            self._json(200, control.act(self.standin.books, self.standin.news, deed, json.loads(self.body or "{}")))

    def _json(self, status: int, body: Any, more: dict[str, str] | None = None) -> None:
        headers = {"Content-Type": "application/json", "Request-Id": f"req_{secrets.token_hex(7)}", **(more or {})}
        self._send(status, json.dumps(body).encode(), headers)

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data)), "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Only what went wrong is worth a line."""
        if len(args) > 1 and str(args[1]) >= "400":
            super().log_message(format, *args)
