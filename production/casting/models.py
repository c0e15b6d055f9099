"""Casting: trees of one alloy, the bags on them, and what was charged."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.flow import Flow
from foundation.house.models import Site
from foundation.moves import Flowing, Step
from foundation.people.models import User
from production.casting.flow import AT_THE_FURNACE, TREE, TreeState
from production.metal.models import Lot
from production.tickets.models import Operation

OUTTURN = F("pieces_mg") + F("sprue_and_button_mg") + F("scrap_mg") + F("loss_mg")


class Pattern(models.TextChoices):
    """What a pattern is made of."""

    WAX = "wax", _("Wax")
    RESIN = "resin", _("Printed resin")


class TreeQuerySet(models.QuerySet["Tree"]):
    def for_user(self, user: Any) -> Self:
        """Those at the furnace see every tree, anybody else none."""
        return self if isinstance(user, User) and user.has_role(*AT_THE_FURNACE) else self.none()


class Tree(Flowing):
    """Patterns of one alloy that are cast in one pour. One ticket alone is still a tree."""

    flow: ClassVar[Flow] = TREE

    number = models.CharField(_("tree"), max_length=20, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    alloy = models.CharField(_("alloy"), max_length=16)
    state = models.CharField(max_length=12, choices=TreeState.choices, default=TreeState.PLANNED)
    flask = models.CharField(_("flask"), max_length=20, blank=True)
    tree_mg = models.PositiveIntegerField(_("tree with its base"), null=True)
    base_mg = models.PositiveIntegerField(_("base"), null=True)
    wanted_mg = models.PositiveIntegerField(_("charge worked out"), null=True)
    flask_c = models.PositiveSmallIntegerField(_("flask, °C"), null=True)
    pour_c = models.PositiveSmallIntegerField(_("pour, °C"), null=True)
    poured_at = models.DateTimeField(null=True)
    charge_mg = models.PositiveIntegerField(_("charge"), null=True)
    pieces_mg = models.PositiveIntegerField(_("pieces"), null=True)
    sprue_and_button_mg = models.PositiveIntegerField(_("sprue and button"), null=True)
    scrap_mg = models.PositiveIntegerField(_("clean scrap"), null=True)
    loss_mg = models.IntegerField(_("loss"), null=True)

    objects = TreeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            TREE.constraint(),
            models.CheckConstraint(
                condition=~Q(state=TreeState.RECONCILED) | Q(charge_mg=OUTTURN),
                name="casting_tree_outturn_is_its_charge",
            ),
        ]
        triggers = TREE.triggers()

    def __str__(self) -> str:
        return self.number

    def charged_mg(self) -> int:
        """What was issued to it so far."""
        total: int = self.charges.aggregate(sum=Sum("gross_mg", default=0))["sum"]
        return total

    def why_not_reconciled(self, by: AbstractBaseUser | None) -> str:
        """Why the weights do not come out yet."""
        weights = (self.charge_mg, self.pieces_mg, self.sprue_and_button_mg, self.scrap_mg, self.loss_mg)
        return __("Weigh the pieces, the sprue with its button, and the scrap first.") if None in weights else ""


class TreeStep(Step):
    """One move of a tree."""

    owner = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="steps")


class Place(models.Model):
    """A bag's place on a tree. A bag stands on one open tree at most."""

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="places")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="places")
    ticket = models.CharField(_("ticket"), max_length=40)
    pieces = models.PositiveSmallIntegerField(_("pieces"))
    pattern = models.CharField(_("pattern"), max_length=8, choices=Pattern.choices, default=Pattern.RESIN)
    pattern_mg = models.PositiveIntegerField(_("patterns weigh"), null=True)
    cast_pieces = models.PositiveSmallIntegerField(_("good pieces"), null=True)
    cast_mg = models.PositiveIntegerField(_("pieces weigh"), null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "ticket"], name="casting_place_once_a_tree"),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(is_open=True), name="casting_one_open_tree_a_ticket"
            ),
            models.CheckConstraint(
                condition=Q(cast_pieces=None) | Q(cast_pieces__lte=F("pieces")), name="casting_no_piece_grows"
            ),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="casting_place_has_pieces"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} on {self.tree}"


class Charged(AppendOnly):
    """Metal issued to a tree: from a lot, or clean returns of the same alloy where no lot is named."""

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="charges")
    lot = models.ForeignKey(Lot, null=True, on_delete=models.PROTECT, related_name="+")
    gross_mg = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.tree}: {self.gross_mg} mg of {self.lot or 'returns'}"
