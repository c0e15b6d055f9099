"""A basket and its lines: what somebody means to buy, in all their choices."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.files.models import File
from foundation.house.models import Brand
from foundation.people.models import new_reference
from store.catalogue.models import Piece, StoneChoice, Variant


class Place(models.TextChoices):
    """Where on the piece it is engraved."""

    INSIDE = "inside", _("inside")
    OUTSIDE = "outside", _("outside")


class BasketQuerySet(models.QuerySet["Basket"]):
    def open(self) -> "BasketQuerySet":
        """Those that have not become an order."""
        return self.filter(closed_at=None)

    def for_user(self, user: Any) -> "BasketQuerySet":
        """This person's own."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class Basket(models.Model):
    """What somebody means to buy. A guest's is known by a secret in a cookie, of which only the hash is kept."""

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="baskets")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, default="web")
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=5, default="en")
    gift = models.BooleanField(_("it is a gift"), default=False)
    gift_note = models.CharField(_("note for the card"), max_length=240, blank=True)
    hide_prices = models.BooleanField(_("no prices in the parcel"), default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True)

    objects = BasketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "brand"], condition=Q(closed_at=None), name="baskets_one_open_per_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.reference)


class BasketLine(models.Model):
    """One thing in a basket: a ready-made variant, or a piece to be made with all that was chosen for it.

    `reference` is the key under which its stock is held. `agreed_minor` is the price, VAT included, of one as the
    buyer last saw and accepted it: a price that has gone up since is asked about, one that went down is passed on.
    """

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, null=True, on_delete=models.PROTECT, related_name="+")
    alloy = models.CharField(max_length=24)
    ring_inner_um = models.PositiveIntegerField(null=True)
    stone = models.ForeignKey(StoneChoice, null=True, on_delete=models.PROTECT, related_name="+")
    engraving = models.CharField(max_length=80, blank=True)
    engraving_place = models.CharField(max_length=8, choices=Place.choices, blank=True)
    wish = models.TextField(blank=True)
    sketch = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    agreed_minor = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="baskets_line_of_something"),
            models.CheckConstraint(
                condition=Q(variant=None) | Q(stone=None, sketch=None, wish=""), name="baskets_line_ready_or_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece} × {self.quantity}"

    @property
    def is_made_to_order(self) -> bool:
        """Whether the workshop makes it, rather than it lying in the tray."""
        return self.variant_id is None
