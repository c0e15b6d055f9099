"""What the list pages show and filter by: every way a piece can be had, at the price of the day."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Min, Q

from store.catalogue.models import Piece, StoneChoice
from store.pricing.wanted import MADE, READY, Wanted


@dataclass(frozen=True)
class Counts:
    """How many pieces a filter's every value would leave, and what they cost."""

    pieces: int
    metal: dict[str, int]
    stone: dict[str, int]
    when: dict[str, int]
    cheapest_minor: int
    dearest_minor: int


class Group(NamedTuple):
    """Pieces under one value of one filter ("metal", "stone", "ready"), or of "all"."""

    by: str
    value: str
    pieces: int
    cheapest_minor: int
    dearest_minor: int


class ListingQuerySet(models.QuerySet["Listing"]):
    def matching(self, wanted: Wanted, *, but: str = "") -> Self:
        """The rows that all filters take, or all but one: a filter's own counts leave that filter out."""
        rows = self
        if wanted.metals and but != "metal":
            rows = rows.filter(metal__in=wanted.metals)
        if wanted.stones and but != "stone":
            rows = rows.filter(stone__in=wanted.stones)
        if len(wanted.when) == 1 and but != "when":
            rows = rows.filter(ready=READY in wanted.when)
        if wanted.size_um is not None:
            rows = rows.filter(ring_sizes_um__contains=[wanted.size_um])
        if wanted.price_from_minor is not None:
            rows = rows.filter(price_minor__gte=wanted.price_from_minor)
        if wanted.price_to_minor is not None:
            rows = rows.filter(price_minor__lte=wanted.price_to_minor)
        return rows

    def counts(self, wanted: Wanted) -> Counts:
        """Pieces in all, and under each value of each filter. One query, and one more for each filter that is on."""
        found = self.matching(wanted).grouped()
        own = {
            "metal": self.matching(wanted, but="metal").grouped() if wanted.metals else found,
            "stone": self.matching(wanted, but="stone").grouped() if wanted.stones else found,
            "when": self.matching(wanted, but="when").grouped() if len(wanted.when) == 1 else found,
        }
        every = next((group for group in found if group.by == "all"), Group("all", "", 0, 0, 0))
        return Counts(
            pieces=every.pieces,
            cheapest_minor=every.cheapest_minor or 0,
            dearest_minor=every.dearest_minor or 0,
            metal={group.value: group.pieces for group in own["metal"] if group.by == "metal"},
            stone={group.value: group.pieces for group in own["stone"] if group.by == "stone"},
            when={READY if g.value == "true" else MADE: g.pieces for g in own["when"] if g.by == "ready"},
        )

    def grouped(self) -> "list[Group]":
        """How many pieces under each metal, stone and readiness, and in all."""
        if self.query.is_empty():
            return []
        inner, params = (
            self.order_by().values("piece_id", "metal", "stone", "ready", "price_minor").query.sql_with_params()
        )
        sql = f"""
            SELECT CASE WHEN GROUPING(metal) = 0 THEN 'metal' WHEN GROUPING(stone) = 0 THEN 'stone'
                        WHEN GROUPING(ready) = 0 THEN 'ready' ELSE 'all' END,
                   COALESCE(metal, stone, ready::text), COUNT(DISTINCT piece_id), MIN(price_minor), MAX(price_minor)
            FROM ({inner}) AS found
            GROUP BY GROUPING SETS ((metal), (stone), (ready), ())
        """  # noqa: S608  the inner statement and its parameters are the ORM's own
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [Group(*row) for row in cursor.fetchall()]

    def cheapest_first(self, *, dearest: bool = False) -> models.QuerySet["Listing", tuple[int, int]]:
        """(piece, its lowest price) by that price."""
        priced = self.order_by().values_list("piece_id").annotate(price=Min("price_minor"))
        return priced.order_by("-price" if dearest else "price", "piece_id")


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
    stone_words = models.CharField(max_length=80, blank=True)
    ready = models.BooleanField()
    ring_sizes_um = ArrayField(models.PositiveIntegerField(), default=list)
    price_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    position = models.PositiveIntegerField()

    objects = ListingQuerySet.as_manager()

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
