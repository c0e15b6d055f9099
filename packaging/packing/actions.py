"""Packing: from being asked for a parcel to its arrival."""

import secrets
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.files.actions import keep_private
from foundation.house.models import Brand, Site
from foundation.paper.actions import make_pdf
from foundation.people.models import User
from packing import wording
from packing.flow import ParcelState
from packing.models import Content, PackSpec, Paper, Parcel, Scan, Supply, SupplyTaken
from packing.request import ParcelRequest

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class WrongPiece(Exception):
    """What was scanned does not belong in this parcel. `scanned` is its code, `wanted` are those that do."""

    def __init__(self, *, scanned: str, parcel: str, wanted: list[str]) -> None:
        self.scanned, self.wanted = scanned, wanted
        super().__init__(
            _("Wrong piece. You scanned %(code)s; parcel %(parcel)s takes %(wanted)s.")
            % {"code": scanned, "parcel": parcel, "wanted": ", ".join(wanted)}
        )


class NotPacking(Exception):
    """The parcel is not being packed."""


class NoTracking(Exception):
    """A parcel leaves with a tracking number; to our own counter, with the name of whoever takes it."""


@transaction.atomic
def request_parcel(*, request: ParcelRequest) -> Parcel:
    """Open a parcel with its contents and the supplies that its pack spec tells. Once per reference."""
    existing = Parcel.objects.filter(reference=request.reference).first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            parcel = _new_parcel(request)
    except IntegrityError:
        return Parcel.objects.get(reference=request.reference)
    Content.objects.bulk_create([Content(parcel=parcel, **vars(content)) for content in request.contents])
    _plan_supplies(parcel)
    return parcel


def _new_parcel(request: ParcelRequest) -> Parcel:
    brand = Brand.objects.get(code=request.brand)
    facts = {k: v for k, v in vars(request).items() if k not in {"brand", "site", "contents", "address_lines", "kind"}}
    return Parcel.objects.create(
        number="P-" + "".join(secrets.choice(LETTERS) for _ in range(6)),
        brand=brand,
        site=Site.objects.get(code=request.site),
        spec=PackSpec.objects.that_fits(brand=brand, channel=request.channel, kind=request.kind),
        address_lines=list(request.address_lines),
        **facts,
    )


def _plan_supplies(parcel: Parcel) -> None:
    lines = parcel.spec.lines.all() if parcel.spec else []
    wanted = [line for line in lines if parcel.gift or not line.for_gift]
    SupplyTaken.objects.bulk_create(
        [SupplyTaken(parcel=parcel, supply=line.supply, quantity=line.quantity) for line in wanted]
    )


@transaction.atomic
def start_packing(*, parcel: Parcel, by: User) -> None:
    """Take a parcel to the station; its papers are made meanwhile."""
    parcel.move(ParcelState.PACKING, by=by)


@transaction.atomic
def scan(*, parcel: Parcel, code: str, by: User) -> Content:
    """Put the piece with this code into the parcel; of several with the same code the next. Scanning again, once all of
    them are in it, changes nothing.

    Refuses a piece that does not belong in it, with both numbers.
    """
    code = code.strip().upper()
    _must_be_packing(parcel)
    rows = list(parcel.contents.select_for_update().order_by("pk"))
    same = [content for content in rows if content.code.upper() == code]
    found = next((content for content in same if content.scanned_at is None), same[0] if same else None)
    if found is None:
        raise WrongPiece(scanned=code[:80], parcel=parcel.number, wanted=[content.code for content in rows])
    Scan.objects.create(parcel=parcel, code=code[:80], by=by)
    if found.scanned_at is None:
        found.scanned_at, found.scanned_by = timezone.now(), by
        found.save(update_fields=["scanned_at", "scanned_by"])
    return found


@transaction.atomic
def take_supply(*, taken: SupplyTaken, by: User) -> None:
    """Tick a box, pouch or card as packed, and take it from what is left."""
    _must_be_packing(taken.parcel)
    done = SupplyTaken.objects.filter(pk=taken.pk, taken_at=None).update(taken_at=timezone.now(), taken_by=by)
    if done:
        rows = Supply.objects.filter(pk=taken.supply_id, on_hand__gte=taken.quantity)
        rows.update(on_hand=F("on_hand") - taken.quantity)


def _must_be_packing(parcel: Parcel) -> None:
    if parcel.state != ParcelState.PACKING:
        raise NotPacking(
            _("Parcel %(number)s is not being packed. Start packing it first.") % {"number": parcel.number}
        )


@transaction.atomic
def make_papers(*, parcel: Parcel) -> None:
    """Make the label and the care card, once each, in the buyer's language."""
    made = set(parcel.papers.values_list("kind", flat=True))
    for kind in ("label", "care_card"):
        if kind not in made:
            with override(parcel.language):
                pdf = make_pdf(f"packing:{kind}", wording.data(parcel))
            upload = SimpleUploadedFile(f"{parcel.number}-{kind}.pdf", pdf, "application/pdf")
            Paper.objects.create(parcel=parcel, kind=kind, file=keep_private(upload=upload, by=None, purpose="packing"))


@transaction.atomic
def seal_parcel(*, parcel: Parcel, by: User, now: datetime) -> None:
    """Close it. Refuses what was not scanned, not packed, or has no papers yet."""
    parcel.move(ParcelState.SEALED, by=by)
    parcel.sealed_at = now
    parcel.save(update_fields=["sealed_at"])


@transaction.atomic
def release_parcel(*, parcel: Parcel) -> None:
    """It may leave: what is owed for it is paid."""
    Parcel.objects.filter(pk=parcel.pk, released_at=None).update(released_at=timezone.now())


@transaction.atomic
def dispatch_parcel(*, parcel: Parcel, by: User, tracking_number: str = "", taken_by: str = "") -> None:
    """Hand it to its carrier; to our own counter, to whoever takes it there, with or without a number to follow it by.

    Refuses a parcel that is not sealed, not released, or that leaves without what is asked.
    """
    number = "".join(tracking_number.split()).upper()[:60]
    if parcel.to_our_counter:
        parcel.carrier = _named(taken_by)
    else:
        parcel.carrier = parcel.method.carrier if parcel.method else ""
    if number or not parcel.to_our_counter:
        _must_be_a_number(number)
    parcel.tracking_number = number
    parcel.tracking_url = parcel.method.tracking_url.replace("{number}", number) if parcel.method and number else ""
    parcel.save(update_fields=["carrier", "tracking_number", "tracking_url"])
    parcel.move(ParcelState.DISPATCHED, by=by)


def _named(taken_by: str) -> str:
    if not (name := " ".join(taken_by.split())[:40]):
        raise NoTracking(_("Write down who takes it to the counter."))
    return name


def _must_be_a_number(number: str) -> None:
    if not number.replace("-", "").isalnum() or len(number) < 6:
        raise NoTracking(_("Type or scan the carrier's tracking number: letters and digits, at least six."))


@transaction.atomic
def note_arrival(*, parcel: Parcel, by: User | None) -> None:
    """It has arrived."""
    parcel.move(ParcelState.DELIVERED, by=by)


@transaction.atomic
def reopen_parcel(*, parcel: Parcel, reason: str, by: User) -> None:
    """Open a sealed parcel again, with the reason."""
    parcel.move(ParcelState.PACKING, by=by, note=reason)


@transaction.atomic
def cancel_parcel(*, parcel: Parcel, reason: str, by: User | None) -> None:
    """Call it off before it leaves."""
    parcel.move(ParcelState.CANCELLED, by=by, note=reason)
