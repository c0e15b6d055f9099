"""Stones that broke or can't be found: reported at the bench, signed for by a second person."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.api.once import once
from foundation.people.doors import StaffRequest, staff
from production.board import reading
from production.board.refusals import REFUSALS
from production.board.views import bench
from production.stones.flow import AT_THE_BENCH
from production.stones.models import Allotment, Loss
from production.tickets import actions
from production.tickets.models import Operation, Ticket

ENDS = {"sign": actions.sign_lost, "find": actions.found_again}


@require_POST
@staff(*AT_THE_BENCH)
@once
def report(request: StaffRequest, number: str) -> HttpResponse:
    """A stone of this ticket is broken or lost. Refused, nothing is written."""
    ticket = bench.find_ticket(request, number)
    try:
        with transaction.atomic():
            _report(request, ticket, bench.meant(request, ticket))
    except REFUSALS as refusal:
        return bench.page(request, bench.find_ticket(request, number), refusal)
    return redirect("board:ticket", number=number)


def _report(request: StaffRequest, ticket: Ticket, operation: Operation) -> None:
    stones = Allotment.objects.of_ticket(ticket.number)
    said: dict[str, Any] = {
        "operation": operation, "allotment": get_object_or_404(stones, pk=reading.whole(request, "stone")),
        "pcs": reading.whole(request, "pcs"), "note": request.POST.get("happened", "")[:300], "by": request.user,
        "action_id": request.POST["action_id"][:40],
    }  # fmt: skip
    if request.POST.get("gone") == "lost":
        actions.report_lost(**said)
    else:
        actions.report_broken(**said)


@require_POST
@staff(*AT_THE_BENCH)
@once
def end(request: StaffRequest, number: str, loss: int, how: str) -> HttpResponse:
    """A second person signs for a loss, or somebody found the stone."""
    ticket = bench.find_ticket(request, number)
    row = get_object_or_404(Loss.objects.select_related("allotment"), pk=loss, allotment__ticket=ticket.number)
    try:
        with transaction.atomic():
            ENDS[how](loss=row, by=request.user, now=timezone.now())
    except REFUSALS as refusal:
        return bench.page(request, bench.find_ticket(request, number), refusal)
    return redirect("board:ticket", number=number)
