"""Metal: lots as they came, the day's fixings, and double-entry books in fine weight.

Fine weight is an exact integer: gross milligrams × fineness in tenths of a per mille, so one unit is 0.1 µg and
nothing in these books is ever rounded.
"""

from datetime import date
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.house.models import Seller, Site
from foundation.people.models import User
from foundation.people.roles import OFFICE

METALS = ("gold", "silver", "platinum", "palladium")
"""What is fixed by the day."""
ORIGINS = ("mined_certified_bp", "recycled_post_bp", "recycled_pre_bp", "grandfathered_bp", "unknown_bp")
_KNOWN_PARTS = F("mined_certified_bp") + F("recycled_post_bp") + F("recycled_pre_bp") + F("grandfathered_bp")


class AccountKind(models.TextChoices):
    """What sort of place an account is."""

    SUPPLIER = "supplier", _("Supplier")
    VAULT = "vault", _("Vault")
    TICKET = "ticket", _("Ticket")
    TREE = "tree", _("Tree")
    BENCH = "bench", _("Bench")
    SCRAP = "scrap", _("Scrap")
    LOSS = "loss", _("Loss")
    FINISHED = "finished", _("Finished")
    ADJUST = "adjust", _("Adjustment")


HOLDING = tuple(AccountKind(kind) for kind in ("vault", "ticket", "tree", "bench", "scrap", "finished"))
"""Kinds that hold metal one can touch: never below nothing."""


class Lot(models.Model):
    """One delivery of one alloy. Its origin is a split by fine mass, in hundredths of a per cent: never one proud number."""

    number = models.CharField(_("lot"), max_length=40, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    alloy = models.CharField(_("alloy"), max_length=16)
    metal = models.CharField(_("metal"), max_length=16)
    fineness_ppt10 = models.PositiveSmallIntegerField(_("fineness in tenths of a per mille"))
    supplier = models.CharField(_("supplier"), max_length=120)
    document = models.CharField(_("delivery note or certificate"), max_length=120, blank=True)
    received_on = models.DateField(_("received"))
    mined_certified_bp = models.PositiveSmallIntegerField(_("mined, certified"), default=0)
    recycled_post_bp = models.PositiveSmallIntegerField(_("recycled after use"), default=0)
    recycled_pre_bp = models.PositiveSmallIntegerField(_("recycled before use"), default=0)
    grandfathered_bp = models.PositiveSmallIntegerField(_("grandfathered"), default=0)
    unknown_bp = models.PositiveSmallIntegerField(_("unknown"), default=0)

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fineness_ppt10__range=(1, 10000)), name="metal_lot_fineness"),
            models.CheckConstraint(condition=Q(unknown_bp=10000 - _KNOWN_PARTS), name="metal_lot_origin_whole"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def account_code(self) -> str:
        """Where this lot lies in the books."""
        return f"VAULT/{self.number}"


class FixingQuerySet(models.QuerySet["Fixing"]):
    def for_user(self, user: Any) -> Self:
        """The office's alone: what buyers see is the price that follows from it."""
        return self if isinstance(user, User) and user.has_role(*OFFICE) else self.none()

    def newest_first(self) -> Self:
        """The last word on a day wins."""
        return self.order_by("-on", "-pk")

    def latest_for(self, *, metal: str, currency: str, on: date | None = None) -> "Fixing | None":
        """The fixing in force on a day (the newest of all when no day is given)."""
        rows = self.filter(metal=metal, currency=currency)
        return (rows.filter(on__lte=on) if on else rows).newest_first().first()

    def latest_of_each(self, *, currency: str) -> dict[str, "Fixing"]:
        """The newest fixing of every metal in this currency."""
        rows = self.filter(currency=currency).order_by("metal", "-on", "-pk").distinct("metal")
        return {row.metal: row for row in rows}


class Fixing(AppendOnly):
    """A day's price of fine metal as the house entered it. A wrong one is followed by a right one, never changed."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="fixings")
    metal = models.CharField(_("metal"), max_length=16)
    minor_per_kg = models.BigIntegerField(_("price of a kilogram of fine metal, minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    on = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = FixingQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["currency", "metal", "-on", "-id"], name="metal_fixing_latest")]
        constraints = [models.CheckConstraint(condition=Q(minor_per_kg__gt=0), name="metal_fixing_positive")]

    def __str__(self) -> str:
        return f"{self.metal} {self.on}: {self.minor_per_kg} {self.currency} minor/kg"


class Account(models.Model):
    """A place where metal is, or has gone. One row per code and metal."""

    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    metal = models.CharField(max_length=16)
    fine_dug = models.BigIntegerField(_("fine metal held, in 0.1 µg"), default=0)

    class Meta:
        ordering = ["code", "metal"]
        constraints = [
            models.UniqueConstraint(fields=["code", "metal"], name="metal_account_once"),
            models.CheckConstraint(
                condition=Q(fine_dug__gte=0) | ~Q(kind__in=HOLDING), name="metal_account_not_below_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.metal})"


class Entry(AppendOnly):
    """One hand-over of metal. Its legs sum to nothing, per metal; the database refuses any other at commit."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        ISSUED = "issued", _("Issued")
        CAST = "cast", _("Cast")
        MOVED = "moved", _("Moved")
        RETURNED = "returned", _("Returned")
        WEIGHED = "weighed", _("Weighed")
        FINISHED = "finished", _("Finished")
        REVERSED = "reversed", _("Reversed")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=200, unique=True)
    reason = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        triggers: list[pgtrigger.Trigger] = [
            *AppendOnly.Meta.triggers,
            pgtrigger.Trigger(
                name="has_legs",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT count(*) FROM metal_leg WHERE entry_id = NEW.id) < 2 THEN
                        RAISE EXCEPTION 'entry % has fewer than two legs', NEW.key USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Leg(AppendOnly):
    """One side of a hand-over: so much metal into an account, or out of it (less than nothing)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="legs")
    alloy = models.CharField(max_length=16)
    gross_mg = models.BigIntegerField()
    fineness_ppt10 = models.PositiveSmallIntegerField()
    fine_dug = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fine_dug=F("gross_mg") * F("fineness_ppt10")), name="metal_leg_fine_exact"
            ),
            models.CheckConstraint(condition=~Q(gross_mg=0), name="metal_leg_moves_something"),
        ]
        triggers: list[pgtrigger.Trigger] = [
            *AppendOnly.Meta.triggers,
            pgtrigger.Trigger(
                name="sums_to_nothing",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM metal_leg JOIN metal_account ON metal_account.id = metal_leg.account_id
                        WHERE metal_leg.entry_id = NEW.entry_id
                        GROUP BY metal_account.metal HAVING sum(metal_leg.fine_dug) <> 0
                    ) THEN
                        RAISE EXCEPTION 'the legs of entry % do not sum to nothing', NEW.entry_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.gross_mg:+} mg {self.alloy}"
