"""Inspection: measured against asked, by somebody who did not make it."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.api.once import once
from foundation.length import parse_mm
from foundation.people.doors import StaffRequest, staff
from production.board import cards, facts, reading
from production.board.refusals import REFUSALS, Unreadable
from production.metal.allowances import LossNeedsWitness
from production.quality import actions
from production.quality.actions import Seen
from production.quality.defects import DEFECTS
from production.quality.models import AT_THE_LOUPE, Inspection
from production.routes.stages import Stage
from production.tickets import actions as tickets
from production.tickets.models import Operation, Ticket


@require_safe
@staff(*AT_THE_LOUPE)
def quality(request: StaffRequest) -> HttpResponse:
    """What waits for the loupe, and the latest verdicts."""
    now = timezone.now()
    rows = Ticket.objects.for_user(request.user).in_the_workshop().with_stage().select_related("with_person")
    waiting = [t for t in rows.prefetch_related("operations", "holds").order_by("due_at") if t.stage == Stage.QUALITY]
    verdicts = Inspection.objects.for_user(request.user).select_related("operation__ticket", "by").order_by("-pk")[:12]
    context = {"cards": cards.cards(waiting, now=now), "verdicts": verdicts, "here": "quality"}
    return render(request, "board/quality.html", context)


@staff(*AT_THE_LOUPE)
@once
def inspect(request: StaffRequest, number: str) -> HttpResponse:
    """One inspection: measure, look, pass or send back."""
    row = get_object_or_404(Ticket.objects.for_user(request.user), number=number)
    if request.method != "POST":
        return _page(request, row)
    try:
        with transaction.atomic():
            _judge(request, row)
    except REFUSALS as refusal:
        return _page(request, get_object_or_404(Ticket, pk=row.pk), refusal)
    return redirect("board:quality")


def _judge(request: StaffRequest, row: Ticket) -> None:
    operation = actions.take_to_the_loupe(ticket=row, by=request.user)
    seen = _seen(request, operation)
    key = request.POST["action_id"][:40]
    if "photo" in request.FILES:
        photo = reading.upload(request, "photo")
        tickets.add_photo(
            operation=operation, upload=photo, by=request.user, action_id=f"{key}:photo", for_customer=False
        )
    if request.POST.get("verdict") == "pass":
        signer = reading.witness(request)
        actions.pass_piece(operation=operation, seen=seen, by=request.user, action_id=key, witness=signer)
        return
    defect, words = request.POST.get("defect", ""), request.POST.get("words", "")[:1000]
    if defect not in {row.code for row in DEFECTS}:
        raise Unreadable(_("Choose what is wrong."))
    actions.send_piece_back(operation=operation, seen=seen, defect=defect, words=words, by=request.user)


def _seen(request: StaffRequest, operation: Operation) -> Seen:
    hallmark = request.POST.get("hallmark", "")
    if hallmark not in Inspection.Hallmark.values:
        raise Unreadable(_("Say how it stands with the hallmark."))
    return Seen(
        gross_mg=reading.grams(request, "weight"),
        ring_inner_um=_inner_um(request) if operation.ticket.ring_inner_um else None,
        stones_tight="stones_tight" in request.POST, surface_clean="surface_clean" in request.POST,
        engraving_read=request.POST.get("engraving", "")[:200], hallmark=hallmark,
    )  # fmt: skip


def _inner_um(request: StaffRequest) -> int:
    try:
        return parse_mm(request.POST.get("inner", "")[:20])
    except ValueError as refusal:
        raise Unreadable(str(refusal)) from refusal


def _page(request: StaffRequest, row: Ticket, refusal: Exception | None = None) -> HttpResponse:
    current = row.current
    context = {
        "ticket": row, "facts": facts.facts(row), "stops": facts.ribbon(list(row.operations.all())), "defects": DEFECTS, "said": request.POST,
        "hallmarks": Inspection.Hallmark.choices, "refusal": str(refusal or ""),
        "needs_witness": isinstance(refusal, LossNeedsWitness), "here": "quality", "density": "bench",
        "ready": bool(current and current.craft == "inspect"),
        "own_work": request.user.pk in actions.makers(row),
    }  # fmt: skip
    return render(request, "board/inspect.html", context, status=409 if refusal else 200)
