"""The designer's page: the brief, what the customer said, and the versions."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from foundation.api.once import once
from foundation.files.links import picture, url
from foundation.files.models import File
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import WORKSHOP, Role
from production.board import facts, reading
from production.board.refusals import REFUSALS
from production.designs.flow import RevisionState
from production.designs.models import Brief, Revision
from production.tickets import actions
from production.tickets.models import Ticket


@staff(*WORKSHOP)
@once
def design(request: StaffRequest, number: str) -> HttpResponse:
    """Show the brief; a designer uploads a version and shows it to the customer."""
    row = get_object_or_404(Ticket.objects.for_user(request.user), number=number)
    brief = get_object_or_404(Brief, reference=row.reference)
    if request.method != "POST":
        return _page(request, row, brief)
    try:
        with transaction.atomic():
            actions.draw(
                ticket=row, render=reading.upload(request, "render"), cad=reading.upload(request, "cad"),
                note=request.POST.get("note", ""), by=request.user, action_id=request.POST["action_id"][:40],
            )  # fmt: skip
    except REFUSALS as refusal:
        return _page(request, row, brief, str(refusal))
    return redirect("board:design", number=number)


def _page(request: StaffRequest, row: Ticket, brief: Brief, refusal: str = "") -> HttpResponse:
    rows = brief.revisions.select_related("render", "cad").prefetch_related("comments").order_by("-number")
    current = row.current
    context = {
        "ticket": row, "brief": brief, "facts": facts.facts(row), "revisions": [_revision(r) for r in rows],
        "sketches": [picture(f) for f in File.objects.filter(reference__in=brief.files) if f.is_picture],
        "may_draw": bool(current and current.craft in ("draw", "approve")) and request.user.has_role(Role.DESIGNER),
        "asks": row.operations.filter(craft="approve").exclude(state="skipped").exists(), "refusal": refusal, "here": "board",
        "note": request.POST.get("note", ""),
    }  # fmt: skip
    return render(request, "board/design.html", context, status=409 if refusal else 200)


def _revision(row: Revision) -> dict[str, object]:
    tones = {RevisionState.APPROVED: "ok", RevisionState.SHOWN: "soon"}
    return {
        "number": row.number, "state": row.get_state_display(), "tone": tones.get(RevisionState(row.state), "plain"),
        "picture": picture(row.render), "cad": url(row.cad), "cad_name": row.cad.name, "note": row.note,
        "approved_by": row.approved_by_name, "comments": list(row.comments.all()),
    }  # fmt: skip
