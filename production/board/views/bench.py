"""One ticket at one bench: a job on one screen, with big buttons."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.files.links import picture, url
from foundation.files.models import File
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import WORKSHOP, Role
from production.board import cards, facts, reading
from production.board.refusals import REFUSALS, Unreadable
from production.designs.models import Revision
from production.metal.allowances import LossNeedsWitness
from production.tickets import actions
from production.tickets.actions.evidence import PHOTOGRAPHED, WEIGHED_AT_THE_BENCH
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import Evidence, Operation, Ticket
from production.tickets.models.holds import SAID_BY_PEOPLE, Hold
from production.tickets.models.operations import CLOSED
from production.tickets.questions import crafts_people

OWN_PAGES = {"draw": "board:design", "approve": "board:design", "cast": "board:casting", "inspect": "board:inspect"}
"""Crafts that have a page of their own."""


@require_safe
@staff(*WORKSHOP, Role.SALES)
def ticket(request: StaffRequest, number: str) -> HttpResponse:
    """The job bag: what it is, where it stands, and what this person may do now."""
    return page(request, find_ticket(request, number))


def find_ticket(request: StaffRequest, number: str) -> Ticket:
    """The ticket, for somebody who may see it."""
    rows = Ticket.objects.for_user(request.user).select_related("site", "with_person", "merged_into")
    return get_object_or_404(rows, number=number)


def page(request: StaffRequest, row: Ticket, refusal: Exception | None = None) -> HttpResponse:
    """The bench page; with a refusal, the same page saying it."""
    steps = Operation.objects.select_related("done_by").prefetch_related("evidence", "copied_from__evidence")
    prefetch_related_objects([row], Prefetch("operations", steps))
    operations = list(row.operations.all())
    current = next((o for o in operations if o.state not in CLOSED), None)
    prefetch_related_objects([row], Prefetch("holds", Hold.objects.select_related("by", "ended_by")))
    due, tone = cards.due_in_words(row, timezone.now())
    said = request.POST if refusal else {}
    context = {
        "ticket": row, "operation": current, "facts": facts.facts(row), "stops": facts.ribbon(operations), "steps": facts.steps(operations),
        "due": due, "due_tone": tone, "photo": _photo(row), "shown_in": facts.shown_in(row), "designs": _designs(row), "sketches": _sketches(row),
        "choices": _choices(request, current), "said": said, "weights": _weights(current, said), "photos_asked": _photos(current),
        "missing": current.evidence_is_missing(None) if current else "", "own_page": _own_page(row, current),
        "open": row.state in (TicketState.OPEN, TicketState.ON_HOLD),
        "running": bool(current and current.state == OperationState.RUNNING), "others": _others(row, current), "refusal": str(refusal or ""),
        "needs_witness": isinstance(refusal, LossNeedsWitness), "fresh": timezone.now(), "density": "bench",
        "losses": facts.losses(row, request.user), "stones_here": facts.stones_here(row),
        "bags": facts.bags(row, request.user),
        "holds": facts.holds(row, request.user, timezone.now()), "causes": [(one.value, one.label) for one in SAID_BY_PEOPLE],
    }  # fmt: skip
    return render(request, "board/ticket.html", context, status=409 if refusal else 200)


def _others(row: Ticket, current: Operation | None) -> list[dict[str, str]]:
    """Who else could take the bag that somebody is working on."""
    if current is None or current.state != OperationState.RUNNING or current.craft == "cast":
        return []
    people = crafts_people(current)
    return [{"reference": str(person.reference), "name": str(person)} for person in people if person != row.with_person]


def _photo(row: Ticket) -> object:
    file = File.objects.filter(reference=row.picture).first() if row.picture else None
    return picture(file) if file and file.is_picture else None


def _designs(row: Ticket) -> list[dict[str, str]]:
    revisions = (
        Revision.objects.filter(brief__reference=row.reference).select_related("render", "cad").order_by("-number")
    )
    return [
        {
            "name": _("Design %(n)s") % {"n": r.number},
            "state": r.get_state_display(),
            "render": url(r.render),
            "cad": url(r.cad),
        }
        for r in revisions[:1]
    ]


def _sketches(row: Ticket) -> list[object]:
    return [picture(file) for file in File.objects.filter(reference__in=row.files) if file.is_picture]


def _choices(request: StaffRequest, current: Operation | None) -> list[object]:
    """Buttons of the current operation; finishing one with a page of its own is done there."""
    if current is None or current.is_by_the_house:
        return []
    hidden = {OperationState.SKIPPED, *({OperationState.DONE} if current.craft in OWN_PAGES else set())}
    return [choice for choice in current.choices_for(request.user) if choice.to not in hidden]


def _weights(current: Operation | None, said: Mapping[str, str]) -> list[dict[str, str]]:
    if current is None or current.state != OperationState.RUNNING or current.craft in OWN_PAGES:
        return []
    there = {row.kind: row for row in current.evidence.all()}
    asked = [
        kind
        for kind in WEIGHED_AT_THE_BENCH
        if kind in current.evidence_needed or kind == "filings" or _is_let_in(kind, current)
    ]
    if "weight_out" not in asked:
        return []
    return [_weight(kind, there.get(kind)) | {"typed": said.get(kind, "")} for kind in asked]


def _is_let_in(kind: str, current: Operation) -> bool:
    """A ring that is made larger may get metal."""
    return kind == "added" and current.craft == "resize"


def _weight(kind: str, row: Evidence | None) -> dict[str, str]:
    read = f"{row.mg / 1000:.2f}" if row and row.mg else ""
    return {"kind": kind, "label": str(Evidence.Kind(kind).label).capitalize(), "read": read}


def _photos(current: Operation | None) -> list[dict[str, str]]:
    if current is None or current.state != OperationState.RUNNING or current.craft in OWN_PAGES:
        return []
    asked = [kind for kind in PHOTOGRAPHED if kind in current.evidence_needed]
    return [{"kind": kind, "label": str(Evidence.Kind(kind).label).capitalize()} for kind in asked or ["photo"]]


def _own_page(row: Ticket, current: Operation | None) -> dict[str, str]:
    if current is None or current.craft not in OWN_PAGES:
        return {}
    words = {"cast": _("Go to casting"), "inspect": _("Go to the inspection")}
    return {"page": OWN_PAGES[current.craft], "words": words.get(current.craft, _("Go to the design"))}


@require_POST
@staff(*WORKSHOP)
@once
def act(request: StaffRequest, number: str, what: str) -> HttpResponse:
    """A button of the bench page. Refused, it changes nothing and says why."""
    row = find_ticket(request, number)
    try:
        with transaction.atomic():
            ACTS[what](request, row, meant(request, row))
    except REFUSALS as refusal:
        return page(request, find_ticket(request, number), refusal)
    return redirect("board:ticket", number=number)


def meant(request: StaffRequest, row: Ticket) -> Operation:
    """The operation that the page showed, as it showed it: a stale page is refused when it is moved."""
    meant = request.POST.get("operation", "")
    current = row.current
    if current is None or (meant and str(current.pk) != meant):
        raise WrongTurn(_("This ticket has moved on since you opened the page. Look again."))
    current.as_shown(request.POST.get("state", current.state))
    return current


def _key(request: StaffRequest) -> str:
    return request.POST["action_id"][:40]


def _start(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    actions.start_operation(operation=operation, by=request.user)


def _pause(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    actions.pause_operation(operation=operation, by=request.user)


def _done(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    """Weights and photos that stand in the form are written first: one tap finishes the job."""
    _leave(request, operation)
    signer = reading.witness(request)
    actions.finish_operation(operation=operation, by=request.user, action_id=_key(request), witness=signer)


def _save(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    _leave(request, operation)


def _leave(request: StaffRequest, operation: Operation) -> None:
    typed = [kind for kind in WEIGHED_AT_THE_BENCH if request.POST.get(kind, "").strip()]
    actions.leave(
        operation=operation, weights={kind: reading.grams(request, kind) for kind in typed},
        photos={kind: reading.upload(request, kind) for kind in PHOTOGRAPHED if kind in request.FILES},
        text=request.POST.get("note", ""), for_customer="for_customer" in request.POST, by=request.user,
        action_id=_key(request),
    )  # fmt: skip


def _problem(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    text = request.POST.get("problem", "")
    actions.report_problem(operation=operation, text=text, by=request.user, action_id=_key(request))


def _hold(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    cause, until = request.POST.get("cause", ""), reading.day(request, "until")
    if cause not in SAID_BY_PEOPLE:
        raise Unreadable(_("Choose why it rests."))
    actions.hold(ticket=row, cause=cause, reason=request.POST.get("reason", ""), until=until, by=request.user)


def _resume(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    chosen = request.POST.get("hold", "")
    over = get_object_or_404(row.holds, pk=chosen) if chosen.isdecimal() else None
    actions.resume(ticket=row, by=request.user, hold=over)


def _hand_over(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    chosen = reading.reference(request, "to")
    to = crafts_people(operation).filter(reference=chosen).first() if chosen else None
    if to is None:
        raise Unreadable(_("Choose who takes it."))
    actions.hand_over(ticket=row, to=to, by=request.user, action_id=_key(request))


def _split(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    actions.split(ticket=row, pieces=reading.whole(request, "pieces"), by=request.user)


def _merge(request: StaffRequest, row: Ticket, operation: Operation) -> None:
    other = get_object_or_404(Ticket.objects.of_work(row.reference), number=request.POST.get("other", "")[:12])
    actions.merge(ticket=row, other=other, by=request.user)


ACTS: dict[str, Callable[[StaffRequest, Ticket, Operation], None]] = {
    "start": _start, "pause": _pause, "done": _done, "save": _save, "problem": _problem, "hold": _hold, "resume": _resume,
    "hand-over": _hand_over, "split": _split, "merge": _merge,
}  # fmt: skip
