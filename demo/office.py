"""The demo's office: the morning's prices, deliveries, buyers' answers and money, what rests and goes on, what is called off."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum

from demo import buying
from demo.dice import dice
from demo.guests import COMMENTS, HOLDS, WHY
from demo.owed import FOR_THE_WORKER, do_what_is_owed
from demo.scene import Scene
from demo.workshop import BAHT_PER_POUND, FIXINGS, LOTS, SOURCE
from foundation.house.models import Seller
from foundation.people.roles import Role
from production.metal.actions import receive_lot
from production.metal.fixings import enter_fixing
from production.metal.models import Fixing, Lot
from production.metal.questions import lots_held
from production.stones.actions import receive_parcel
from production.stones.models import StoneParcel
from production.stones.questions import missing
from production.tickets import actions as tickets
from production.tickets.models import Ticket
from store.orders import actions as orders
from store.orders.models import Due, Order, OrderStep, ShownDesign
from store.payments import actions as payments
from store.payments.models import Payment, Refund

FEW_STONES, A_DOZEN = 4, 12
BEFORE_CASTING = ("draw", "approve", "pattern")
CALLED_OFF_EVERY = timedelta(days=30)


def enter_todays_fixings(scene: Scene) -> None:
    """The day's price of each metal: the demo's own, a little up or down each day."""
    today = scene.clock.at.date()
    if Fixing.objects.filter(on=today).exists():
        return
    for metal, days in FIXINGS.items():
        price = days[-1] * (10_000 + _drift_bp(scene, metal)) // 10_000 // 100 * 100
        for seller in Seller.objects.order_by("pk"):
            rate = 1 if seller.currency == "GBP" else BAHT_PER_POUND
            enter_fixing(
                seller=seller, metal=metal, minor_per_kg=price * rate, currency=seller.currency, on=today, source=SOURCE,
                by=scene.people[Role.ADMIN], today=today, confirmed=True,
            )  # fmt: skip


def _drift_bp(scene: Scene, metal: str) -> int:
    """How far from the demo's usual price: a slow wave and a little noise, within three hundredths."""
    day = scene.clock.at.date().toordinal()
    slow = sum(dice(scene.seed, metal, (day - n) // 7).randrange(-240, 241) for n in range(7)) // 7
    return slow + dice(scene.seed, metal, day, "noise").randrange(-50, 51)


def take_deliveries(scene: Scene) -> None:
    """More metal before a lot runs out, more stones before a parcel does."""
    today, by = scene.clock.at.date(), scene.people[Role.ADMIN]
    for alloy, usual_mg in LOTS:
        if sum(mg for _lot, mg in lots_held(alloy=alloy)) < usual_mg // 3:
            n = Lot.objects.filter(alloy=alloy).count() + 1
            receive_lot(
                number=f"L-{alloy}-{n}", site=scene.workshop, alloy=alloy, gross_mg=usual_mg, supplier="Demo Refinery", by=by,
                document=f"DN-{alloy}-{n}", received_on=today,
                origin_bp={"recycled_post_bp": 5_000 + 500 * (n % 4), "recycled_pre_bp": 2_500},
            )  # fmt: skip
    kinds = StoneParcel.objects.order_by().values("species", "cut", "length_um", "width_um")
    for kind in (
        kinds.annotate(left=Sum("pcs"), many=Count("pk"))
        .filter(left__lte=FEW_STONES)
        .order_by("species", "cut", "length_um")
    ):
        like = StoneParcel.objects.filter(
            **{name: kind[name] for name in ("species", "cut", "length_um", "width_um")}
        ).first()
        if like:
            _more_of(like, kind["many"] + 1, scene)


def fetch_missing_stones(scene: Scene) -> None:
    """What a bag wants and the safe has not, comes the next morning, a dozen more with it."""
    for wanted in missing():
        if not wanted.asked_for and not StoneParcel.objects.filter(number=f"P-W{wanted.pk}").exists():
            pcs = wanted.missing + A_DOZEN
            receive_parcel(
                number=f"P-W{wanted.pk}", site=wanted.site, species=wanted.species, cut=wanted.cut, length_um=wanted.length_um,
                width_um=wanted.width_um, pcs=pcs, mct=pcs * wanted.mct, received_on=scene.clock.at.date(),
                facts={"origin": "mined", "supplier": "Demo Gems, Chanthaburi"},
            )  # fmt: skip
            do_what_is_owed()


def _more_of(like: StoneParcel, n: int, scene: Scene) -> None:
    receive_parcel(
        number=f"{like.number}/{n}", site=like.site, species=like.species, cut=like.cut, length_um=like.length_um,
        width_um=like.width_um, pcs=like.received_pcs, mct=like.received_mct, received_on=scene.clock.at.date(),
        facts={"origin": like.origin, "treatment": like.treatment, "supplier": like.supplier},
    )  # fmt: skip


def answer_designs(scene: Scene) -> None:
    """Buyers look at what was drawn: most approve within two days, one in eight asks for a change first."""
    waiting = ShownDesign.objects.filter(approved_at=None, commented_at=None, work_order__state="opened")
    for design in waiting.select_related("work_order__line__order").order_by("pk"):
        odds = dice(scene.seed, "answer", design.pk)
        if scene.clock.at < design.shown_at + timedelta(hours=odds.choice((3, 8, 20, 30, 44))):
            continue
        work, order = design.work_order, design.work_order.line.order
        said: dict[str, Any] = {
            "order": order, "work_order": work, "revision": design.revision, "by_name": order.name, "now": scene.now,
        }  # fmt: skip
        if design.revision == 1 and odds.random() < 0.12:
            orders.comment_on_design(text=odds.choice(COMMENTS), **said)
        elif not ShownDesign.objects.filter(work_order=work, revision__gt=design.revision).exists():
            orders.approve_design(**said)
        do_what_is_owed()


def collect_balances(scene: Scene) -> None:
    """Buyers pay the rest when they are asked: by the second day, but for one in ten who takes a week."""
    asked = Due.objects.filter(state="asked", kind="balance").select_related("order").order_by("pk")
    for due in asked:
        odds = dice(scene.seed, "balance", due.pk)
        hours = 170 if odds.random() < 0.1 else odds.choice((2, 6, 20, 30, 42))
        if due.asked_at and scene.clock.at >= due.asked_at + timedelta(hours=hours):
            if odds.random() < 0.75:
                buying.pay_by_card(due.order, now=scene.now)
            else:
                buying.pay_by_transfer(due.order, people=scene.people, now=scene.now)


def let_rest_and_go_on(scene: Scene) -> None:
    """One bag in nine rests once, with its reason; after two to four days it goes on."""
    for ticket in Ticket.objects.filter(state="on_hold").order_by("pk"):
        since = ticket.steps.filter(new="on_hold").latest("pk").at
        if scene.clock.at > since + timedelta(days=dice(scene.seed, "rest", ticket.pk).choice((2, 3, 4))):
            tickets.resume(ticket=ticket, by=scene.people[Role.PRODUCTION_MANAGER])
            do_what_is_owed()
    for ticket in Ticket.objects.filter(state="open").order_by("pk"):
        if ticket.pk % 9 == 4 and not ticket.steps.filter(new="on_hold").exists():
            rest(scene, ticket, HOLDS[ticket.pk % len(HOLDS)][0])


def rest(scene: Scene, ticket: Ticket, craft: str) -> bool:
    """Lay a bag aside where it waits for this craft. False where it does not."""
    operation = ticket.current
    if operation is None or operation.craft != craft or operation.state != "ready":
        return False
    reason = next(words for wanted, words in HOLDS if wanted == craft)
    tickets.hold(ticket=ticket, cause=WHY[craft], reason=reason, by=scene.people[operation.roles[0]])
    do_what_is_owed()
    return True


def call_one_off(scene: Scene) -> None:
    """Once a month somebody who paid by transfer calls an order off before it is cast; the deposit goes back."""
    lately = OrderStep.objects.filter(new="cancelled", owner__channel="web", at__gt=scene.clock.at - CALLED_OFF_EVERY)
    if lately.exists():
        return
    by_transfer = Payment.objects.filter(method="transfer").values("due")
    found = Order.objects.filter(channel="web", state="confirmed", making="making", dues__reference__in=by_transfer)
    for order in found.distinct().order_by("-pk")[:12]:
        bag = Ticket.objects.filter(reference__in=order.lines.values("work_orders__reference")).first()
        if bag and (operation := bag.current) and operation.craft in BEFORE_CASTING and operation.state == "ready":
            orders.cancel_order(order=order, by=scene.people[Role.SALES], reason="The wedding is moved to next year.")
            do_what_is_owed()
            return


def send_money_back(scene: Scene) -> None:
    """What is owed back and did not come by card, sales sends from the bank."""
    for refund in Refund.objects.waiting().exclude(payment__method="card").order_by("pk"):
        payments.mark_paid_back(refund, by=scene.people[Role.SALES])
        do_what_is_owed()


def clear_up(scene: Scene) -> None:
    """What the clock does at night: orders that nobody paid run out, managers are told what is late."""
    orders.expire_unpaid(now=scene.now)
    tickets.warn_late(now=scene.now)
    post_letters()


def post_letters() -> None:
    """What was written since is handed to the mail."""
    do_what_is_owed(but=tuple(kind for kind in FOR_THE_WORKER if kind != "mail.post"))
