"""A finished piece that nobody waits for any more."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _

from foundation.house.models import Site
from foundation.moves import Flowing, Step
from foundation.people.models import User
from foundation.people.roles import OFFICE
from store.orders.flow import LEFT_FLOW, LeftState
from store.orders.models.lines import OrderLine, WorkOrder


class LeftPieceQuerySet(models.QuerySet["LeftPiece"]):
    def for_user(self, user: Any) -> Self:
        """The office's alone: whoever called it off has nothing more to do with it."""
        return self if isinstance(user, User) and user.has_role(*OFFICE) else self.none()


class LeftPiece(Flowing):
    """Pieces of a line that was called off once it was made, or that came back: they go to the tray, or to the pot.

    They lie at `site`; `sku` is what they are sold under once they lie in the tray.
    """

    flow = LEFT_FLOW

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="left")
    work_order = models.ForeignKey(WorkOrder, null=True, on_delete=models.PROTECT, related_name="left")
    quantity = models.PositiveSmallIntegerField(default=1)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    why = models.CharField(max_length=200)
    sku = models.CharField(max_length=32, blank=True)
    since = models.DateTimeField()
    state = models.CharField(max_length=12, choices=LeftState.choices, default=LeftState.LYING)

    objects = LeftPieceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            LEFT_FLOW.constraint(),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="orders_left_of_something"),
        ]
        triggers = LEFT_FLOW.triggers()

    def __str__(self) -> str:
        return f"{self.line}: {self.get_state_display()}"

    def why_not_shelved(self, by: User | None) -> str:
        """Why nobody else can have it as it is: it bears somebody's own words."""
        return _("It bears somebody’s words: melt it.") if self.line.engraving else ""


class LeftStep(Step):
    owner = models.ForeignKey(LeftPiece, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass
