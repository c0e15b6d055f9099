"""The exact model of what is in a bag: turned on the bench's screen, its drawing, its casting files."""

import time

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.outbox.actions import put_again
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import WORKSHOP
from foundation.reference.alloys import alloy
from production.board import facts
from production.board.cards import metal_shown
from production.board.views.bench import find_ticket
from production.offer import CannotWeigh, model_of
from production.shapes.building import coloured
from production.shapes.kept import DRAW_SHEET, refusal_of
from production.shapes.parameters import Refused
from production.shapes.sheets import MIME, SUFFIX, Sheet, sheet
from production.tickets.models import Ticket

WAITS_S, LOOKS_S = 8.0, 0.1
"""How long somebody waits for a file: building takes tenths of a second."""


@require_safe
@staff(*WORKSHOP)
def model(request: StaffRequest, number: str) -> HttpResponse:
    """Where the bag's model lies and in which metal it is shown; 202 while it is being built, 404 if it has none."""
    row = find_ticket(request, number)
    try:
        url = model_of(family=row.family, parameters=row.parameters, species=_species(row))
    except CannotWeigh as refusal:
        return JsonResponse({"detail": str(refusal)}, status=404)
    return JsonResponse({"url": url, "metal": metal_shown(row.alloy)}, status=200 if url else 202)


@require_safe
@staff(*WORKSHOP)
def drawing(request: StaffRequest, number: str) -> HttpResponse:
    """The dimensioned drawing, as large as the screen; by itself it opens at true size, for printing."""
    row = find_ticket(request, number)
    if not row.family:
        raise Http404
    return render(request, "board/drawing.html", {"ticket": row, "facts": facts.facts(row), "here": "board"})


@require_safe
@staff(*WORKSHOP)
def file(request: StaffRequest, number: str, kind: str) -> HttpResponseBase:
    """A file of the bag's exact model. Asked for the first time it is made, while one waits."""
    row = find_ticket(request, number)
    try:
        asked = _asked(row, kind)
        found = _there(asked) or _made(asked)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("board:ticket", number=number)
    if not found:
        messages.warning(request, _("The worker that draws has not come to it yet. Press again in a minute."))
        return redirect("board:ticket", number=number)
    name = f"{row.number}.{SUFFIX[kind]}"
    answer = FileResponse(
        default_storage.open(asked.path), content_type=MIME[kind], filename=name, as_attachment=kind != "drawing"
    )
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _species(row: Ticket) -> str:
    """What the chosen stone is: the first of those that go in."""
    return str(row.stones[0]["species"]) if row.stones else ""


def _asked(row: Ticket, kind: str) -> Sheet:
    if kind not in SUFFIX or not row.family:
        raise Http404
    shaped = coloured(row.family, row.parameters, _species(row))
    return sheet(kind, family=row.family, parameters=shaped, shrink_permille=alloy(row.alloy).shrink_permille)


def _there(asked: Sheet) -> bool:
    if default_storage.exists(asked.path):
        return True
    if told := refusal_of(asked.path):
        raise told
    return False


def _made(asked: Sheet) -> bool:
    """Owe it to the worker that draws, once, and look until it is there."""
    with transaction.atomic():
        put_again(DRAW_SHEET, key=f"{DRAW_SHEET}:{asked.path}", payload=asked.asked)
    until = time.monotonic() + WAITS_S
    while not (found := _there(asked)) and time.monotonic() < until:
        time.sleep(LOOKS_S)
    return found
