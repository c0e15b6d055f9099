"""Casting: bags that wait, and one tree from its wax to the weights that come back."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.mass import format_mass
from foundation.people.doors import StaffRequest, staff
from foundation.reference.alloys import alloy as find_alloy
from production.board import reading
from production.board.facts import alloy_name
from production.board.refusals import REFUSALS
from production.casting import actions
from production.casting.actions import Outcome
from production.casting.bags import waiting
from production.casting.flow import AT_THE_FURNACE
from production.casting.models import Place, Tree
from production.metal.allowances import LossNeedsWitness
from production.metal.models import Lot
from production.metal.questions import lots_held
from production.planning.load import workshop_site
from production.tickets.models import Operation

OPEN = ("planned", "built", "charged", "poured")


@require_safe
@staff(*AT_THE_FURNACE)
def casting(request: StaffRequest) -> HttpResponse:
    """Bags that wait, by alloy, and the trees under way."""
    return _page(request)


def _page(request: StaffRequest, refusal: str = "") -> HttpResponse:
    site = workshop_site()
    groups: dict[str, list[Operation]] = {}
    for operation in waiting(site):
        groups.setdefault(operation.ticket.alloy, []).append(operation)
    shown = [{"name": alloy_name(code), "operations": rows} for code, rows in groups.items()]
    trees = Tree.objects.for_user(request.user).filter(site=site).prefetch_related("places")
    under_way, done = trees.filter(state__in=OPEN), trees.exclude(state__in=OPEN)[:10]
    context = {
        "groups": shown, "trees": [_row(tree) for tree in under_way], "done": [_row(tree) for tree in done],
        "refusal": refusal, "here": "casting",
    }  # fmt: skip
    return render(request, "board/casting.html", context, status=409 if refusal else 200)


def _row(tree: Tree) -> dict[str, object]:
    """A tree in the list: its number, its metal, the bags on it."""
    bags = len(tree.places.all())
    return {"number": tree.number, "metal": alloy_name(tree.alloy), "bags": bags, "state": tree.get_state_display()}


@require_POST
@staff(*AT_THE_FURNACE)
@once
def plan(request: StaffRequest) -> HttpResponse:
    """Put the chosen bags on a tree."""
    chosen = [int(pk) for pk in request.POST.getlist("operation") if pk.isdecimal()]
    rows = list(Operation.objects.filter(pk__in=chosen, craft="cast").select_related("ticket"))
    try:
        tree = actions.plan_tree(site=workshop_site(), operations=rows, on=timezone.localdate(), by=request.user)
    except REFUSALS as refusal:
        return _page(request, str(refusal))
    return redirect("board:tree", number=tree.number)


@require_safe
@staff(*AT_THE_FURNACE)
def tree(request: StaffRequest, number: str) -> HttpResponse:
    """One tree, and the one thing to do next."""
    return _tree_page(request, get_object_or_404(Tree.objects.for_user(request.user), number=number))


def _tree_page(request: StaffRequest, row: Tree, refusal: Exception | None = None) -> HttpResponse:
    alloy = find_alloy(row.alloy)
    lots = lots_held(site=row.site.code, alloy=row.alloy)
    said = request.POST if refusal else {}
    rest = (row.charge_mg or 0) - sum(place.cast_mg or 0 for place in row.places.all())
    context = {
        "tree": row, "metal": alloy_name(row.alloy), "places": [_place(place, said) for place in row.places.all()], "said": said,
        "lots": [_lot(lot, mg, said) for lot, mg in lots], "refusal": str(refusal or ""),
        "wanted": f"{row.wanted_mg / 1000:.2f}" if row.wanted_mg else "", "flask_c": said.get("flask_c") or _middle(alloy.flask_c),
        "pour_c": said.get("pour_c") or _middle(alloy.pour_c), "facts": _facts(row), "rest": rest, "here": "casting",
        "needs_witness": isinstance(refusal, LossNeedsWitness), "density": "bench",
    }  # fmt: skip
    return render(request, "board/tree.html", context, status=409 if refusal else 200)


def _place(row: Place, said: Mapping[str, str]) -> dict[str, object]:
    """A bag on the tree, with what was typed for it before it was refused."""
    typed = {name: said.get(f"{name}-{row.ticket}", "") for name in ("pattern", "cast")}
    return {"ticket": row.ticket, "pieces": row.pieces, "good": said.get(f"pieces-{row.ticket}", row.pieces), **typed}


def _lot(lot: Lot, mg: int, said: Mapping[str, str]) -> dict[str, object]:
    """A lot with what it holds, and what was typed for it before it was refused."""
    return {"lot": lot, "held": format_mass(mg, places=3), "typed": said.get(f"lot-{lot.pk}", "")}


def _middle(span: tuple[int, int] | None) -> str:
    return str(sum(span) // 2) if span else ""


SHOWN = ("charge_mg", "pieces_mg", "sprue_and_button_mg", "scrap_mg", "loss_mg")


def _facts(row: Tree) -> list[dict[str, str]]:
    """What was weighed so far, in the order of the sum."""
    fields = Tree._meta.fields  # noqa: SLF001  Django's own name for it
    weighed = [(field, getattr(row, field.name)) for field in fields if field.name in SHOWN]
    return [
        {"label": str(field.verbose_name).capitalize(), "value": format_mass(mg, places=3)}
        for field, mg in weighed
        if mg is not None
    ]


@require_POST
@staff(*AT_THE_FURNACE)
@once
def act(request: StaffRequest, number: str, what: str) -> HttpResponse:
    """The next step of a tree. Refused, it changes nothing and says why."""
    row = get_object_or_404(Tree.objects.for_user(request.user).select_related("site"), number=number)
    row.as_shown(request.POST.get("state", row.state))
    try:
        with transaction.atomic():
            ACTS[what](request, row)
    except REFUSALS as refusal:
        return _tree_page(request, get_object_or_404(Tree, number=number), refusal)
    return redirect("board:tree", number=number)


def _build(request: StaffRequest, row: Tree) -> None:
    patterns = {place.ticket: reading.grams(request, f"pattern-{place.ticket}") for place in row.places.all()}
    actions.build_tree(
        tree=row, patterns_mg=patterns, tree_mg=reading.grams(request, "tree"), base_mg=reading.grams(request, "base"),
        flask=request.POST.get("flask", ""), by=request.user,
    )  # fmt: skip


def _charge(request: StaffRequest, row: Tree) -> None:
    lots = {lot: reading.grams(request, f"lot-{lot.pk}", optional=True) for lot in Lot.objects.filter(alloy=row.alloy)}
    actions.charge_tree(
        tree=row, lots={lot: mg for lot, mg in lots.items() if mg}, returns_mg=reading.grams(request, "returns", optional=True),
        by=request.user,
    )  # fmt: skip


def _pour(request: StaffRequest, row: Tree) -> None:
    flask_c, pour_c = reading.whole(request, "flask_c"), reading.whole(request, "pour_c")
    actions.pour(tree=row, flask_c=flask_c, pour_c=pour_c, at=timezone.now(), by=request.user)


def _back(request: StaffRequest, row: Tree) -> None:
    outcome = {
        place.ticket: Outcome(
            reading.whole(request, f"pieces-{place.ticket}"),
            reading.grams(request, f"cast-{place.ticket}", optional=True),
        )
        for place in row.places.all()
    }
    actions.weigh_back(
        tree=row, outcome=outcome, sprue_and_button_mg=reading.grams(request, "sprue"),
        scrap_mg=reading.grams(request, "scrap", optional=True), by=request.user, witness=reading.witness(request),
    )  # fmt: skip


def _fail(request: StaffRequest, row: Tree) -> None:
    actions.fail_tree(tree=row, note=request.POST.get("note", ""), by=request.user)


def _cancel(request: StaffRequest, row: Tree) -> None:
    actions.cancel_tree(tree=row, by=request.user)


ACTS: dict[str, Callable[[StaffRequest, Tree], None]] = {
    "build": _build, "charge": _charge, "pour": _pour, "back": _back, "fail": _fail, "cancel": _cancel,
}  # fmt: skip
