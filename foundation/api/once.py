"""Once: an action that a client names itself happens once, however often the request arrives.

A page's form carries a hidden `action_id`; a program sends an `Idempotency-Key` header. The name is written first, in
the same transaction as the effect: a second request waits for the first, then gets the same answer. A refused
request leaves nothing behind, neither effect nor name. Nothing outside our database may be called in such a view.
"""

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.files import File
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.api.models import ActionDone
from foundation.api.problems import Refused
from foundation.planned import planned
from foundation.written import rewritten

View = Callable[..., Any]
KEY = "Idempotency-Key"
GUEST = "Basket-Token"
"""A header by which guests' programs are told apart: two of them may well count their acts alike."""
SHORTEST_KEY, LONGEST_KEY = 8, 255
ONCE = "happens_once"
REFUSED = "is_a_refusal"
WRITE_NAME = """
    INSERT INTO api_actiondone (scope, key, asked, location, at) VALUES (%(scope)s, %(key)s, %(asked)s, '', %(at)s)
    ON CONFLICT DO NOTHING RETURNING id"""


class OtherContent(Exception):
    """The same id came with other content."""


def once(view: View) -> View:
    """A page's view whose POST happens once per `action_id`; a repeat is sent where the first was sent.

    No other method changes anything, so that none gets past the name: the rest are refused with 405.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get("action_id", "")
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            return _refusal(
                request, _("This form came without its own number. Open the page again and send it once more.")
            )
        try:
            return _page_once(request, key, functools.partial(view, request, *args, **kwargs))
        except OtherContent:
            return _refusal(request, _("This form was already sent with other content. Open the page again."))

    return wrapper


def once_api(method: View) -> View:
    """The same for a method of an API view: a repeat gets the same status and body."""

    @functools.wraps(method)
    def wrapper(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(KEY, "")
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            raise ValidationError({KEY: "Send an Idempotency-Key header of 8 to 255 characters."})
        try:
            return _answer_once(request, key, functools.partial(method, self, request, *args, **kwargs))
        except OtherContent:
            raise Refused("This Idempotency-Key was used with other content.", code="other_content") from None

    setattr(wrapper, ONCE, True)
    return wrapper


def is_once(method: object) -> bool:
    """Whether this method of an API view happens once per key."""
    return hasattr(method, ONCE)


class OnceMixin:
    """An API view whose POST needs an Idempotency-Key."""

    post: Callable[..., Any]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "post" in vars(cls):
            cls.post = once_api(vars(cls)["post"])


def refused(response: HttpResponse) -> HttpResponse:
    """Mark a redirect as a refusal: it leaves nothing behind, so that the same form can be sent again."""
    setattr(response, REFUSED, True)
    return response


@transaction.atomic
def _page_once(request: HttpRequest, key: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    done, first = _remember(_scope(request), key, _asked_by_form(request))
    if not first:
        return HttpResponseRedirect(done.location)
    response = act()
    if response.status_code >= 400 or not isinstance(response, HttpResponseRedirect) or hasattr(response, REFUSED):
        transaction.set_rollback(True)
        return response
    _store(done, status=302, location=response["Location"])
    return response


@transaction.atomic
def _answer_once(request: Request, key: str, act: Callable[[], Response]) -> Response:
    asked = hashlib.sha256(json.dumps(_plain(request.data), sort_keys=True, default=str).encode()).hexdigest()
    done, first = _remember(_scope(request), key, asked)
    if not first:
        return Response(done.body, status=done.status or 200, headers={"Idempotent-Replay": "true"})
    response = act()
    if response.status_code >= 400:
        transaction.set_rollback(True)
        return response
    _store(done, status=response.status_code, body=json.loads(JSONRenderer().render(response.data) or b"null"))
    return response


def _plain(sent: Any) -> Any:
    """What was asked as plain data; a file by its name and size."""
    if not isinstance(sent, MultiValueDict):
        return sent
    return {k: [f"{v.name} {v.size}" if isinstance(v, File) else v for v in vs] for k, vs in sent.lists()}


def act_id(request: Request) -> str:
    """The client's own name for this act, in 40 letters: the same for every try, another for anybody else."""
    named = f"{_scope(request)}:{request.headers.get('Idempotency-Key', '')}"
    return hashlib.sha256(named.encode()).hexdigest()[:40]


def _remember(scope: str, key: str, asked: str) -> tuple[ActionDone, bool]:
    """Write the name; where it is written already (waiting for whoever is writing it), read what came of it."""
    written = planned(WRITE_NAME, {"scope": scope, "key": key, "asked": asked, "at": timezone.now()})
    if written:
        return ActionDone(pk=written[0][0], scope=scope, key=key, asked=asked), True
    done = ActionDone.objects.get(scope=scope, key=key)
    if done.asked != asked:
        raise OtherContent
    return done, False


def _store(done: ActionDone, *, status: int, location: str = "", body: Any = None) -> None:
    done.status, done.location, done.body = status, location, body
    rewritten(done, "status", "location", "body")


def _scope(request: HttpRequest | Request) -> str:
    who = request.user.pk if request.user.is_authenticated else _guest(request)
    return f"{who}:{hashlib.sha256(request.path.encode()).hexdigest()[:32]}"


def _guest(request: HttpRequest | Request) -> str:
    secret = request.headers.get(GUEST, "")
    return f"guest-{hashlib.sha256(secret.encode()).hexdigest()[:32]}" if secret else "anybody"


def _asked_by_form(request: HttpRequest) -> str:
    """What was asked, leaving out what differs between two sendings of one form."""
    fields = sorted((k, v) for k, vs in request.POST.lists() for v in vs if k != "csrfmiddlewaretoken")
    files = sorted((k, f.name or "", f.size or 0) for k, fs in request.FILES.lists() for f in fs)
    return hashlib.sha256(repr((fields, files)).encode()).hexdigest()


def _refusal(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "ui/refused.html", {"sentence": sentence}, status=409)
