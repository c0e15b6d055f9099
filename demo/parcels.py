"""The demo's packer: parcels packed, handed over, arrived."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.buying import People
from demo.dice import dice
from demo.owed import do_what_is_owed
from demo.scene import Scene
from foundation.house.models import DeliveryMethod
from foundation.people.roles import Role
from packing import actions as packing
from packing.models import Parcel
from store.orders.flow import DueState
from store.orders.models import Due, DueKind

COURIER, COURIERS_DAYS = "DHL Express", 3
"""Who takes a piece from the benches to the showroom, and how long it takes."""


def pack(parcel: Parcel, *, people: People, now: datetime) -> None:
    """Scanned, boxed, sealed."""
    packer = people[Role.PACKER]
    packing.start_packing(parcel=parcel, by=packer)
    do_what_is_owed()
    for content in parcel.contents.all():
        packing.scan(parcel=parcel, code=content.code, by=packer)
    for taken in parcel.supplies.select_related("parcel"):
        packing.take_supply(taken=taken, by=packer)
    packing.seal_parcel(parcel=parcel, by=packer, now=now)
    do_what_is_owed()


def send(parcel: Parcel, *, people: People, tracking_number: str) -> None:
    """Handed to the carrier. To our own counter a courier takes it from the benches, a colleague from the office's tray."""
    parcel.refresh_from_db()
    by_hand = parcel.to_our_counter and not parcel.site.is_workshop
    packing.dispatch_parcel(
        parcel=parcel, tracking_number="" if by_hand else tracking_number, by=people[Role.PACKER],
        taken_by=people[Role.SALES].name if by_hand else COURIER,
    )  # fmt: skip
    do_what_is_owed()


def ask_for_a_balance(scene: Scene) -> None:
    """See that somebody is asked for the balance: where nobody is, the newest parcel of those paid for in part is packed."""
    balances = Due.objects.filter(kind=DueKind.BALANCE, order__channel="web")
    if balances.filter(state=DueState.ASKED).exists():
        return
    owed = balances.filter(state=DueState.OWED).values("order__number")
    parcel = Parcel.objects.filter(state="requested", order_number__in=owed).order_by("pk").last()
    if parcel is not None:
        pack(parcel, people=scene.people, now=scene.now)


def send_what_is_ready(scene: Scene) -> None:
    """The carrier calls: everything sealed and released leaves."""
    ready = Parcel.objects.filter(state="sealed").exclude(released_at=None).order_by("pk")
    for parcel in ready.select_related("brand__seller"):
        number = dice(scene.seed, "tracking", parcel.pk).randrange(10**8, 10**9)
        send(parcel, people=scene.people, tracking_number=f"AJ{number}{'GB' if parcel.country == 'GB' else 'TH'}")


def arrive(scene: Scene) -> None:
    """What has been long enough on its way is there."""
    days = dict(DeliveryMethod.objects.values_list("code", "days"))
    for parcel in Parcel.objects.filter(state="dispatched").select_related("site").order_by("pk"):
        left_at = parcel.steps.filter(new="dispatched").latest("pk").at
        extra = dice(scene.seed, "arrival", parcel.pk).choice((0, 1, 1, 2))
        if scene.clock.at >= left_at + timedelta(days=_days(parcel, days) + extra):
            packing.note_arrival(parcel=parcel, by=None)
            do_what_is_owed()


def _days(parcel: Parcel, by_method: dict[str, int]) -> int:
    if parcel.to_our_counter and parcel.site.is_workshop:
        return COURIERS_DAYS
    return by_method.get(parcel.delivery, 3)


def to_pack(scene: Scene) -> list[Parcel]:
    """Parcels that were asked for before today, oldest first."""
    today = scene.clock.at.astimezone(ZoneInfo(scene.workshop.time_zone)).date()
    return [
        parcel for parcel in Parcel.objects.filter(state="requested").order_by("pk") if parcel.made_at.date() < today
    ]
