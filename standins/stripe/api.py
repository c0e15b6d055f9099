"""The table of what the API answers: method and address to a deed, its parameters checked first."""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from standins.stripe import checkout, payments
from standins.stripe.books import Books, Thing
from standins.stripe.events import News
from standins.stripe.parameters import checked, unflatten
from standins.stripe.refusals import Refused, invalid

Answer = tuple[int, dict[str, Any], bool]  # status, body, whether it is a replay


@dataclass
class Api:
    """Stripe's HTTP API without the HTTP."""

    books: Books
    news: News
    base: str

    def answer(self, method: str, path: str, pairs: list[tuple[str, str]], key: str | None) -> Answer:
        """Act once per idempotency key. Raises Refused."""
        checkout.expire_due(self.books, self.news, time.time())
        if method != "POST":
            with self.books.lock:
                return 200, self._act(method, path, pairs), False
        with self.books.changing():
            return self._once(method, path, pairs, key) if key else (200, self._act(method, path, pairs), False)

    def _once(self, method: str, path: str, pairs: list[tuple[str, str]], key: str) -> Answer:
        """https://docs.stripe.com/api/idempotent_requests"""
        if len(key) > 255:
            raise Refused("Idempotency keys hold at most 255 characters.", kind="idempotency_error")
        asked = hashlib.sha256(f"{method} {path} {sorted(pairs)}".encode()).hexdigest()
        if key not in self.books.answers:
            self.books.answers[key] = [asked, self._act(method, path, pairs)]
            return 200, self.books.answers[key][1], False
        first, body = self.books.answers[key]
        if first != asked:
            message = (
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request."
            )
            raise Refused(message, kind="idempotency_error")
        return 200, body, True

    def _act(self, method: str, path: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
        for verb, pattern, shape, deed in ROUTES:
            if verb == method and (match := re.fullmatch(pattern, path)):
                asked = checked(unflatten(pairs), shape)
                expand = asked.pop("expand", None)
                return self.books.shown(deed(self, asked, *match.groups()), expand)
        raise Refused(f"Unrecognized request URL ({method}: {path}).", status=404)


def _retrieve(kind: str) -> Callable[[Api, dict[str, Any], str], Thing]:
    def deed(api: Api, asked: dict[str, Any], reference: str) -> Thing:
        return api.books.get(kind, reference)

    return deed


def _open_session(api: Api, asked: dict[str, Any]) -> Thing:
    return checkout.open_session(api.books, api.news, api.base, asked)


def _expire_session(api: Api, asked: dict[str, Any], reference: str) -> Thing:
    return checkout.expire_session(api.books, api.news, api.books.get("checkout.session", reference))


def _session_lines(api: Api, asked: dict[str, Any], reference: str) -> Thing:
    lines = checkout.line_items(api.books.get("checkout.session", reference))
    return _page(lines, {**asked, "limit": asked.get("limit", 10)}, f"/v1/checkout/sessions/{reference}/line_items")


def _refund(api: Api, asked: dict[str, Any]) -> Thing:
    return payments.refund(api.books, api.news, asked)


def _refunds(api: Api, asked: dict[str, Any]) -> Thing:
    wanted = [(name, asked[name]) for name in ("charge", "payment_intent") if name in asked]
    found = [one for one in api.books.all("refund") if all(one[name] == value for name, value in wanted)]
    return _page([api.books.shown(one) for one in found], asked, "/v1/refunds")


def _events(api: Api, asked: dict[str, Any]) -> Thing:
    types = asked.get("types") or ([asked["type"]] if "type" in asked else [])
    found = [one for one in api.books.all("event") if _fits(one, types, asked)]
    return _page([api.books.shown(one) for one in found], asked, "/v1/events")


def _fits(event: Thing, types: list[str], asked: dict[str, Any]) -> bool:
    at, limits = event["created"], asked.get("created", {})
    if isinstance(limits, int):
        limits = {"gte": limits, "lte": limits}
    in_time = (
        at > limits.get("gt", at - 1)
        and at >= limits.get("gte", at)
        and at < limits.get("lt", at + 1)
        and at <= limits.get("lte", at)
    )
    kind = not types or any(re.fullmatch(re.escape(one).replace(r"\*", ".*"), event["type"]) for one in types)
    delivered = asked.get("delivery_success", event["pending_webhooks"] == 0) == (event["pending_webhooks"] == 0)
    return in_time and kind and delivered


def _page(found: list[Thing], asked: dict[str, Any], url: str) -> Thing:
    """One page of a list, newest first. https://docs.stripe.com/api/pagination"""
    limit = asked.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid("limit is from 1 to 100.", "limit")
    at = {one.get("id"): i for i, one in enumerate(found)}
    for name in ("starting_after", "ending_before"):
        if name in asked and asked[name] not in at:
            raise invalid(f"No such object: '{asked[name]}'", name)
    if "ending_before" in asked:
        end = at[asked["ending_before"]]
        return _list(found[max(0, end - limit) : end], url, more=end > limit)
    start = at[asked["starting_after"]] + 1 if "starting_after" in asked else 0
    return _list(found[start : start + limit], url, more=len(found) > start + limit)


def _list(data: list[Thing], url: str, *, more: bool) -> Thing:
    return {"object": "list", "data": data, "has_more": more, "url": url}


Deed = Callable[..., Thing]
ROUTES: list[tuple[str, str, str, Deed]] = [
    ("POST", r"/v1/checkout/sessions", "checkout.SessionCreateParams", _open_session),
    ("GET", r"/v1/checkout/sessions/(\w+)", "checkout.SessionRetrieveParams", _retrieve("checkout.session")),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", "checkout.SessionExpireParams", _expire_session),
    ("GET", r"/v1/checkout/sessions/(\w+)/line_items", "checkout.SessionListLineItemsParams", _session_lines),
    ("GET", r"/v1/payment_intents/(\w+)", "PaymentIntentRetrieveParams", _retrieve("payment_intent")),
    ("GET", r"/v1/charges/(\w+)", "ChargeRetrieveParams", _retrieve("charge")),
    ("POST", r"/v1/refunds", "RefundCreateParams", _refund),
    ("GET", r"/v1/refunds", "RefundListParams", _refunds),
    ("GET", r"/v1/refunds/(\w+)", "RefundRetrieveParams", _retrieve("refund")),
    ("GET", r"/v1/events", "EventListParams", _events),
    ("GET", r"/v1/events/(\w+)", "EventRetrieveParams", _retrieve("event")),
]
