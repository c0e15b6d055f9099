"""The office has a piece's pictures taken, and sees how far the studio is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE
from production import studio as studio_door
from store.catalogue.actions.studio import answer_studio as answer
from store.catalogue.actions.studio import ask_studio
from store.catalogue.forms.pictures import StudioForm
from store.catalogue.models import Piece, View
from store.catalogue.wording import alloy_name

LOOK_AGAIN_MS = 4000
TONES = {"asked": "plain", "being_taken": "info", "taken": "ok", "not_taken": "late", "called_off": "plain"}


@staff(*OFFICE)
@once
def studio(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for pictures of a piece, and see what became of those that were asked for."""
    rows = Piece.objects.prefetch_related("metals", "variants", "stones", "photos")
    row = get_object_or_404(rows, pk=pk)
    form = StudioForm(request.POST or None, piece=row)
    if request.method == "POST" and form.is_valid() and _asked(request, row, form):
        return redirect("catalogue:studio", pk)
    context = {"form": form, "piece": row, **_standing(request, row)}
    template = "catalogue/_studio_asked.html" if "X-Fragment" in request.headers else "catalogue/studio.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@staff(*OFFICE)
@once
def answer_studio(request: StaffRequest, pk: int, picture: UUID) -> HttpResponse:
    """Ask again for a picture that was not taken, or call one off."""
    row = get_object_or_404(Piece, pk=pk)
    try:
        answer(piece=row, picture=picture, to=request.POST.get("to", ""), by=request.user)
    except studio_door.NoSuchPicture as missing:
        raise Http404 from missing
    except (WrongTurn, studio_door.StudioClosed) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("catalogue:studio", pk))
    return redirect("catalogue:studio", pk)


def _asked(request: StaffRequest, row: Piece, form: StudioForm) -> bool:
    """Ask; where it is refused, the form says why."""
    told = form.cleaned_data
    try:
        count = ask_studio(piece=row, alloys=told["alloys"], views=told["views"], by=request.user)
    except (studio_door.StudioClosed, studio_door.CannotPicture) as refusal:
        form.add_error(None, str(refusal))
        return False
    said = ngettext("The studio is asked for one picture.", "The studio is asked for %(count)d pictures.", count)
    messages.success(request, said % {"count": count} if count else _("All of them wait at the studio already."))
    return True


def _standing(request: StaffRequest, row: Piece) -> dict[str, Any]:
    stands = studio_door.studio(subject=row.reference, by=request.user)
    wait = sum(one.waits for one in stands.pictures)
    ended = [one for one in stands.pictures if one.state in ("taken", "not_taken")]
    return {
        "is_open": stands.is_open, "closed": str(studio_door.StudioClosed()), "asked": [_row(one) for one in stands.pictures],
        "done": len(ended), "of": len(ended) + wait, "again": LOOK_AGAIN_MS if wait else 0,
        "to_go": _to_go(stands.seconds_to_go),
    }  # fmt: skip


def _row(one: studio_door.PictureAsked) -> dict[str, Any]:
    return {
        "reference": one.reference, "words": f"{alloy_name(one.alloy)}, {View(one.view).label.lower()}", "why_not": one.why_not,
        "state": {"tone": TONES[one.state], "words": one.state_name}, "moves": one.moves,
    }  # fmt: skip


def _to_go(seconds: int | None) -> str:
    if not seconds:
        return ""
    minutes = max(1, round(seconds / 60))
    return ngettext("about a minute to go", "about %(count)d minutes to go", minutes) % {"count": minutes}
