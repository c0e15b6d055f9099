"""The designer's page: the brief, what the customer said, and the versions."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from foundation.api.once import once
from foundation.files.links import picture, url
from foundation.files.models import File
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import WORKSHOP, Role
from production.board import facts, reading
from production.board.refusals import REFUSALS, Unreadable
from production.designs.actions import upload_revision
from production.designs.flow import RevisionState
from production.designs.models import Brief, Revision
from production.tickets import actions
from production.tickets.models import Operation, Ticket


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
            _draw(request, row, brief)
    except REFUSALS as refusal:
        return _page(request, row, brief, str(refusal))
    return redirect("board:design", number=number)


def _draw(request: StaffRequest, row: Ticket, brief: Brief) -> None:
    """Keep the version that was uploaded and show it. One act: a version that nobody is shown helps nobody."""
    if not request.user.has_role(Role.DESIGNER):
        raise Unreadable(_("Designs are shown by a designer."))
    operation = _begun(request, row)
    revision = upload_revision(
        brief=brief, render=reading.upload(request, "render"), cad=reading.upload(request, "cad"),
        note=request.POST.get("note", ""), predicted_mg=row.predicted_mg, by=request.user,
    )  # fmt: skip
    key = request.POST["action_id"][:40]
    actions.show_design(operation=operation, revision=revision, by=request.user, action_id=key)


def _begun(request: StaffRequest, row: Ticket) -> Operation:
    """The design stage's operation, started if it is the drawing and nobody began it."""
    operation = row.current
    if operation is None or operation.craft not in ("draw", "approve"):
        raise Unreadable(_("The design of this ticket is finished."))
    if operation.craft == "draw" and operation.state == "ready":
        actions.start_operation(operation=operation, by=request.user)
    return operation


def _page(request: StaffRequest, row: Ticket, brief: Brief, refusal: str = "") -> HttpResponse:
    rows = brief.revisions.select_related("render", "cad").prefetch_related("comments").order_by("-number")
    current = row.current
    context = {
        "ticket": row, "brief": brief, "facts": facts.facts(row), "revisions": [_revision(r) for r in rows],
        "sketches": [picture(f) for f in File.objects.filter(reference__in=brief.files) if f.is_picture],
        "may_draw": bool(current and current.craft in ("draw", "approve")) and request.user.has_role(Role.DESIGNER),
        "refusal": refusal, "here": "board",
    }  # fmt: skip
    return render(request, "board/design.html", context, status=409 if refusal else 200)


def _revision(row: Revision) -> dict[str, object]:
    tones = {RevisionState.APPROVED: "ok", RevisionState.SHOWN: "soon"}
    return {
        "number": row.number, "state": row.get_state_display(), "tone": tones.get(RevisionState(row.state), "plain"),
        "picture": picture(row.render), "cad": url(row.cad), "cad_name": row.cad.name, "note": row.note,
        "approved_by": row.approved_by_name, "comments": list(row.comments.all()),
    }  # fmt: skip
