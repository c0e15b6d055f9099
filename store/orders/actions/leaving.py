"""Pieces that nobody waits for any more: laid aside when they are made, then sold out of the tray or melted."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.exact import rounded
from foundation.house.models import Site
from foundation.people.models import User
from foundation.reference.stones import by_size
from production import intake
from store.catalogue.actions import receive_stock, return_stock
from store.catalogue.models import Piece, Variant
from store.orders.flow import LeftState
from store.orders.models import LeftPiece, OrderLine, WorkOrder
from store.orders.wording import alloy_of


class CannotDecide(Exception):
    """Why this cannot become of the piece, in a sentence."""


def leave_made(work: WorkOrder, *, now: datetime) -> LeftPiece:
    """A piece that was called off is made: it is not packed, and the office decides what becomes of it. Once."""
    intake.lay_aside(reference=work.reference)
    site = Site.objects.workshops()[0]
    return leave(
        work.line,
        site=site,
        work=work,
        quantity=work.line.quantity,
        why=_("called off"),
        key=f"work:{work.pk}",
        now=now,
    )


def leave(
    line: OrderLine, *, site: Site, work: WorkOrder | None, quantity: int, why: str, key: str, now: datetime
) -> LeftPiece:
    """So many pieces of a line lie at a site, and nobody waits for them. Once per `key`."""
    facts = {"line": line, "site": site, "work_order": work, "quantity": quantity, "why": why[:200], "since": now}
    return LeftPiece.objects.get_or_create(key=key, defaults=facts)[0]


@transaction.atomic
def shelve(*, left: LeftPiece, price_minor: int, by: User) -> LeftPiece:
    """Lay it in the tray where it lies. What came from the tray has its stock number again; what was made to order gets
    one of its own, at `price_minor`, VAT included.

    Refuses, with WrongTurn, a piece with somebody's words on it; with CannotDecide what the catalogue does not have.
    """
    left = (
        LeftPiece.objects.select_related("line", "site", "work_order").select_for_update(of=("self",)).get(pk=left.pk)
    )
    left.move(LeftState.SHELVED, by=by)
    variant = Variant.objects.filter(sku=left.line.sku).first() if left.line.sku else _one_of_its_own(left, price_minor)
    if variant is None:
        raise CannotDecide(_("The catalogue has no such piece any more: melt it."))
    receive_stock(item=variant, site=left.site, quantity=left.quantity, by=by, note=left.why)
    left.sku = variant.sku
    left.save(update_fields=["sku"])
    return left


def _one_of_its_own(left: LeftPiece, price_minor: int) -> Variant | None:
    piece = Piece.objects.filter(reference=left.line.piece).first()
    if piece is None:
        return None
    if price_minor < 1:
        raise CannotDecide(_("Say what it costs in the tray."))
    line, made = left.line, (left.work_order.made if left.work_order else None) or {}
    stone = line.stones[0] if line.stones else {}
    count = sum(one.get("count", 1) for one in line.stones)
    number = left.work_order.number if left.work_order else line.reference.hex[:6].upper()
    sku = f"{line.style_code}-{number}"[:32]
    if lying := Variant.objects.filter(sku=sku).first():
        return lying  # another part of the same line: it costs what the first one does
    return Variant.objects.create(
        piece=piece, sku=sku, alloy=line.alloy, ring_inner_um=line.ring_inner_um, length_um=line.length_um,
        stone_species=stone.get("species", ""), stone_cut=stone.get("cut", ""), stone_grown=stone.get("grown", ""),
        stone_mct=sum(one.get("mct", 0) * one.get("count", 1) for one in line.stones), stone_count=count,
        stone_um=stone.get("width_um") if by_size(stone.get("species", "")) else None, stone_treatment=stone.get("treatment", ""),
        stone_origin=stone.get("origin", ""), report_lab=stone.get("report_lab", ""), report_number=stone.get("report_number", ""),
        metal_mg=rounded(Fraction(made.get("metal_mg", line.metal_mg), line.quantity)), marks=made.get("marks", ""), price_minor=price_minor,
        currency=line.order.currency, position=999,
    )  # fmt: skip


@transaction.atomic
def melt(*, left: LeftPiece, by: User, weighed_mg: int | None = None) -> LeftPiece:
    """Give it up: its metal goes to the returns of its alloy, its stones to where they came from.

    What a ticket made is booked at what it was weighed then, and melted whole: the parts in which it came back go to the
    pot together. What came from the tray, and a part whose others are not here, is weighed now, without its stones:
    refuses, with CannotDecide, one without a weight, and more than what was made of it.
    """
    left = LeftPiece.objects.select_related("line", "work_order").select_for_update(of=("self",)).get(pk=left.pk)
    left.move(LeftState.MELTED, by=by)
    if left.work_order is not None:
        return _melt_made(left, left.work_order, by=by, weighed_mg=weighed_mg)
    weighed_mg = _weighed(weighed_mg)
    if alloy_of(left.line.alloy) is None:
        raise CannotDecide(_("The house has no alloy %(alloy)s.") % {"alloy": left.line.alloy})
    intake.melt_stock(alloy=left.line.alloy, gross_mg=weighed_mg, by=by, key=f"left:{left.pk}")
    return left


def _weighed(mg: int | None) -> int:
    if not mg or mg < 1:
        raise CannotDecide(_("Take the stones out, weigh the metal, and write the grams down."))
    return mg


def _melt_made(left: LeftPiece, work: WorkOrder, *, by: User, weighed_mg: int | None) -> LeftPiece:
    """Everything that one ticket made, where all of it lies here; else this part of it, by its weight."""
    together = list(LeftPiece.objects.filter(work_order=work, state=LeftState.LYING).select_for_update().order_by("pk"))
    if left.quantity + sum(one.quantity for one in together) < left.line.quantity:
        return _melt_part(left, work, by=by, mg=_weighed(weighed_mg))
    for one in together:
        one.move(LeftState.MELTED, by=by)
    intake.melt_made(reference=work.reference, by=by)
    if left.line.hold:
        return_stock(key=left.line.hold, by=by)
    return left


def _melt_part(left: LeftPiece, work: WorkOrder, *, by: User, mg: int) -> LeftPiece:
    try:
        intake.melt_part(reference=work.reference, pieces=left.quantity, gross_mg=mg, by=by, key=str(left.pk))
    except intake.CannotMelt as refusal:
        raise CannotDecide(str(refusal)) from refusal
    return left


def to_weigh(lying: Sequence[LeftPiece]) -> set[int]:
    """Which of them, by their ids, are weighed before they are melted: from the tray, or without the others that were made with them."""
    here: Counter[int | None] = Counter()
    for left in lying:
        here[left.work_order_id] += left.quantity
    return {left.pk for left in lying if left.work_order_id is None or here[left.work_order_id] < left.line.quantity}
