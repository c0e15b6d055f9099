"""What the list pages show and filter by: every way a piece can be had, at the price of the day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from store.catalogue.models import Piece, StoneChoice


class Listing(models.Model):
    """One way a piece can be had: this alloy with this stone, ready now or made to order, in these ring sizes.

    Written by `pricing.actions.list_piece` alone. A filter matches a row and so is true of something that can be
    bought: rose gold *and* size L on the same ring, never the one of this variant and the other of that.
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="listings")
    stone_choice = models.ForeignKey(StoneChoice, null=True, on_delete=models.CASCADE, related_name="+")
    alloy = models.CharField(max_length=24)
    metal = models.CharField(max_length=12)
    stone = models.CharField(max_length=34)
    ready = models.BooleanField()
    ring_sizes_um = ArrayField(models.PositiveIntegerField(), default=list)
    price_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "piece_id", "pk"]
        indexes = [
            models.Index(fields=["metal", "stone", "ready", "price_minor", "piece"], name="pricing_listing_facets"),
            models.Index(fields=["piece", "metal", "stone", "ready", "price_minor"], name="pricing_listing_of_piece"),
            models.Index(fields=["position", "piece"], name="pricing_listing_in_order"),
        ]
        constraints = [models.CheckConstraint(condition=Q(price_minor__gt=0), name="pricing_listing_has_a_price")]

    def __str__(self) -> str:
        return f"{self.piece_id}: {self.alloy} {self.stone}"
