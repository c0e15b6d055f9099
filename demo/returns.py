"""What buyers of the demo house send back: most of it goes into the tray again, one piece in three was worn and goes to the pot."""

from datetime import timedelta

from demo.owed import do_what_is_owed
from demo.scene import Scene
from foundation.house.models import Site
from foundation.people.roles import Role
from store.orders import actions as orders
from store.orders.models import LeftPiece, Order
from store.payments.models import Payment
from store.returns import actions
from store.returns.actions import Finding, Wish
from store.returns.models import Becomes, Cause, Condition, Return
from store.returns.rights import chances

EVERY = timedelta(days=16)
"""So often somebody sends something back."""
AFTER, ON_THE_WAY = timedelta(days=4), timedelta(days=3)
WORDS = (
    (Cause.SIZE, "A size too small after all."), (Cause.MIND, "Lovely, but not on my hand."),
    (Cause.SIZE, "It turns on the finger."),
)  # fmt: skip
WORN_EVERY = 3
BOX_MINOR = 15_00
"""What is deducted where the ring was worn and its box is missing."""


def send_back(scene: Scene) -> None:
    """Now and then a buyer who paid by transfer asks to send one piece from the tray back: no till stands by to refund cards."""
    if Return.objects.filter(asked_at__gt=scene.now - EVERY).exists():
        return
    by_transfer = Payment.objects.filter(method="transfer").values("due")
    arrived = Order.objects.filter(
        state="completed", company=None, lines__purpose="stock", returns=None, dues__reference__in=by_transfer
    )
    for order in arrived.filter(parcels__delivered_at__lt=scene.now - AFTER).distinct().order_by("-pk")[:6]:
        chance = next((one for one in chances(order, now=scene.now) if not one.why_not), None)
        if chance is not None:
            cause, words = WORDS[Return.objects.count() % len(WORDS)]
            wishes = [Wish(chance.line, 1)]
            actions.ask_back(order=order, wishes=wishes, cause=cause, words=words, now=scene.now, by=None)
            do_what_is_owed()
            return


def look_at_what_came(scene: Scene) -> None:
    """The packers note what is here; the office decides on it the same morning."""
    sales, packer = scene.people[Role.SALES], scene.people[Role.PACKER]
    london = Site.objects.get(code="london")
    for awaited in Return.objects.filter(state="awaited", asked_at__lt=scene.now - ON_THE_WAY).order_by("pk"):
        back = actions.note_here(back=awaited, site=london, at=scene.now, by=packer)
        findings = {row.pk: _found(back) for row in back.lines.all()}
        agreed = actions.look(back, findings).agreed
        actions.decide(back=back, findings=findings, agreed=agreed, by=sales, now=scene.now)
        do_what_is_owed()
    for left in LeftPiece.objects.filter(state="lying", work_order=None).select_related("line"):
        orders.melt(left=left, by=sales, weighed_mg=max(left.line.metal_mg, 1) * left.quantity)
        do_what_is_owed()


def _found(back: Return) -> Finding:
    if back.pk % WORN_EVERY:
        return Finding()
    return Finding(Condition.WORN, BOX_MINOR, "Worn, and its box is missing.", Becomes.LEFT)
