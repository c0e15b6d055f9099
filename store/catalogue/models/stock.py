"""What lies in the tray, who holds it and until when, and every coming and going."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.house.models import Site
from foundation.moves import Flowing, Step
from store.catalogue.flow import HOLD_FLOW, HoldState
from store.catalogue.models.pieces import Variant
from store.catalogue.models.stones import StoneChoice


class StockQuerySet(models.QuerySet["Stock"]):
    def of(self, item: Variant | StoneChoice) -> Self:
        """The stock of this variant, or of this single stone, in the order in which rows are taken."""
        wanted = {"variant": item} if isinstance(item, Variant) else {"stone": item}
        return self.filter(**wanted).order_by("pk")


class Stock(models.Model):
    """How many of one thing lie at one site, and how many of those are held. Written by catalogue's actions only."""

    variant = models.ForeignKey(Variant, null=True, on_delete=models.PROTECT, related_name="stock")
    stone = models.ForeignKey(StoneChoice, null=True, on_delete=models.PROTECT, related_name="stock")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    on_hand = models.PositiveIntegerField(_("on hand"), default=0)
    held = models.PositiveIntegerField(_("held"), default=0)

    objects = StockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(held__lte=F("on_hand")), name="catalogue_stock_holds_what_is_there"),
            models.CheckConstraint(
                condition=Q(variant=None, stone__isnull=False) | Q(variant__isnull=False, stone=None),
                name="catalogue_stock_of_one_thing",
            ),
            models.UniqueConstraint(fields=["variant", "site"], name="catalogue_stock_of_variant_once"),
            models.UniqueConstraint(fields=["stone", "site"], name="catalogue_stock_of_stone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.variant or self.stone}: {self.on_hand}"

    @property
    def available(self) -> int:
        """How many can still be held."""
        return self.on_hand - self.held


class HoldQuerySet(models.QuerySet["Hold"]):
    def live(self) -> Self:
        """Those that stand, run out or not: what has run out stands until the sweep frees it."""
        return self.filter(state=HoldState.LIVE)

    def overdue(self, *, now: datetime) -> Self:
        """Those that have run out."""
        return self.live().filter(expires_at__lte=now)

    def of_key(self, *keys: UUID) -> Self:
        """Those of these basket or order lines, in the order in which rows are taken."""
        return self.filter(key__in=keys).order_by("stock_id", "pk")


class Hold(Flowing):
    """That some of a stock is kept for one basket line (`key`) until a time."""

    flow = HOLD_FLOW

    key = models.UUIDField()
    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="holds")
    quantity = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=HoldState.choices, default=HoldState.LIVE)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            HOLD_FLOW.constraint(),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="catalogue_hold_of_something"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=["live", "taken"]), name="catalogue_hold_once_per_line"
            ),
        ]
        triggers = HOLD_FLOW.triggers()
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="live"), name="catalogue_hold_live"),
            models.Index(fields=["key"], name="catalogue_hold_key"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.stock_id} {self.state}"


class HoldStep(Step):
    owner = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass


class MovementKind(models.TextChoices):
    RECEIVED = "received", _("received")
    SOLD = "sold", _("sold")
    RETURNED = "returned", _("come back")
    COUNTED = "counted", _("corrected by a count")
    MOVED = "moved", _("moved between sites")


class StockMovement(AppendOnly):
    """One coming or going. A stock's movements sum to what is on hand.

    What is moved between sites is two rows under one `transfer`, out of one stock and into the other: they sum to zero.
    """

    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=MovementKind.choices)
    quantity = models.IntegerField()
    hold = models.ForeignKey(Hold, null=True, on_delete=models.PROTECT, related_name="movements")
    transfer = models.UUIDField(null=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["received", "returned"], quantity__gt=0)
                | Q(kind="sold", quantity__lt=0)
                | Q(kind="counted")
                | Q(kind="moved", transfer__isnull=False),
                name="catalogue_movement_has_its_sign",
            ),
            models.UniqueConstraint(fields=["hold", "kind"], name="catalogue_movement_of_a_hold_once"),
            models.UniqueConstraint(fields=["transfer", "stock"], name="catalogue_movement_of_a_transfer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity:+d}"
