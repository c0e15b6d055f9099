"""Pieces, the collections they lie in, their pictures, and the variants that are ready made."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.files.models import File
from foundation.house.models import Brand
from foundation.people.models import User, new_reference
from foundation.people.roles import OFFICE
from store.catalogue.models.stones import Grown, StoneChoice


class Kind(models.TextChoices):
    """What a piece is, as the workshop's routes tell them apart."""

    RING_WITH_STONE = "ring_with_stone", _("Ring with a stone")
    PLAIN_RING = "plain_ring", _("Plain ring")
    PENDANT = "pendant", _("Pendant")
    EARRINGS = "earrings", _("Earrings")
    CHAIN = "chain", _("Chain")
    BANGLE = "bangle", _("Bangle")


RINGS = (Kind.RING_WITH_STONE, Kind.PLAIN_RING)


class Tray(models.TextChoices):
    """The jeweller's tray a piece is shown on."""

    STONE = "stone", _("Stone")
    SAGE = "sage", _("Sage")
    PEWTER = "pewter", _("Pewter")
    CLAY = "clay", _("Clay")
    BLUSH = "blush", _("Blush")
    INK = "ink", _("Ink")


class View(models.TextChoices):
    """From where a picture was taken."""

    THREE_QUARTER = "three_quarter", _("Three-quarter view")
    ABOVE = "above", _("From above")
    FRONT = "front", _("Front view")
    SIDE = "side", _("From the side")
    HAND = "hand", _("On a hand")
    DETAIL = "detail", _("Close up")


class Collection(models.Model):
    """A shelf of the shop: rings, and inside it engagement rings. A piece may lie on several."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="collections")
    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("two lines about it"), max_length=240, blank=True)
    inside = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="shelves")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("shop:collection", args=[self.slug])


class PieceQuerySet(models.QuerySet["Piece"]):
    def on_show(self) -> Self:
        """What anybody may see: published and not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def for_user(self, user: Any) -> Self:
        """What this person may see: the office sees drafts and what was withdrawn, everybody else what is on show."""
        if isinstance(user, User) and user.has_role(*OFFICE):
            return self
        return self.on_show()


class Piece(models.Model):
    """A design of the house. It is sold ready made (its variants), made to order, or both."""

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="pieces")
    collections = models.ManyToManyField(Collection, related_name="pieces", verbose_name=_("collections"))
    slug = models.SlugField(_("address"), unique=True)
    style_code = models.CharField(_("style code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    line = models.CharField(_("one line about it"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("what it is"), max_length=24, choices=Kind.choices)
    family = models.CharField(_("shape"), max_length=40)
    parameters = models.JSONField(_("measures of the shape"), default=dict, blank=True)
    made_to_order = models.BooleanField(_("can be made to order"), default=True)
    finish = models.CharField(_("finish"), max_length=24, default="polished")
    plating = models.CharField(_("plating"), max_length=24, blank=True)
    engraving_most = models.PositiveSmallIntegerField(_("letters of engraving, at most"), default=24)
    ring_from_um = models.PositiveIntegerField(_("smallest size it can be made in"), null=True, blank=True)
    ring_to_um = models.PositiveIntegerField(_("largest size it can be made in"), null=True, blank=True)
    care = models.CharField(_("care card"), max_length=24, blank=True)
    tray = models.CharField(_("tray"), max_length=12, choices=Tray.choices, default=Tray.STONE)
    words = models.TextField(_("words it is found by"), blank=True)
    position = models.PositiveIntegerField(_("order"), default=1000)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector("name", "style_code", weight="A", config="english")
        + SearchVector("line", "words", weight="B", config="english")
        + SearchVector("description", weight="D", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PieceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="catalogue_piece_search"),
            GinIndex(OpClass(Lower("words"), name="gin_trgm_ops"), name="catalogue_piece_trigrams"),
            models.Index(
                fields=["position", "id"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                name="catalogue_piece_on_show",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="catalogue_piece_kind_known"),
            models.CheckConstraint(
                condition=Q(ring_from_um=None, ring_to_um=None) | Q(ring_from_um__lte=F("ring_to_um")),
                name="catalogue_piece_ring_range",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="catalogue_piece_withdrawn_was_published",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("shop:piece", args=[self.slug])

    @property
    def is_ring(self) -> bool:
        """Whether it is worn on a finger, so that it has a ring size."""
        return self.kind in RINGS

    def parameters_for(self, *, ring_inner_um: int | None, stone: StoneChoice | None) -> dict[str, Any]:
        """The measures of the shape for this finger and this stone."""
        measures = dict(self.parameters)
        if ring_inner_um is not None:
            measures["inner_diameter_um"] = ring_inner_um
        if stone is not None:
            measures |= {"cut": stone.cut, "stone_width_um": stone.width_um}
            if stone.length_um != stone.width_um:
                measures["stone_length_um"] = stone.length_um
        return measures

    @property
    def is_on_show(self) -> bool:
        """Whether anybody can see and buy it."""
        return self.published_at is not None and self.withdrawn_at is None

    def is_seen_by(self, user: Any) -> bool:
        """Whether this person may see it: the rule of `for_user`, of one piece."""
        return self.is_on_show or (isinstance(user, User) and user.has_role(*OFFICE))


class MetalOffered(models.Model):
    """That a piece can be made to order in this alloy."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="metals")
    alloy = models.CharField(_("alloy"), max_length=24)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["piece", "alloy"], name="catalogue_metal_offered_once")]

    def __str__(self) -> str:
        return self.alloy


class Variant(models.Model):
    """A piece ready made in one alloy, size and stone: what has a stock number and a fixed price, VAT included."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="variants")
    sku = models.CharField(_("stock number"), max_length=32, unique=True)
    alloy = models.CharField(_("alloy"), max_length=24)
    ring_inner_um = models.PositiveIntegerField(_("ring size"), null=True, blank=True)
    length_um = models.PositiveIntegerField(_("length"), null=True, blank=True)
    stone_species = models.CharField(_("stone"), max_length=24, blank=True)
    stone_grown = models.CharField(_("where it grew"), max_length=8, choices=Grown.choices, blank=True)
    stone_cut = models.CharField(_("cut"), max_length=24, blank=True)
    stone_mct = models.PositiveIntegerField(_("weight of the stones"), default=0)
    stone_um = models.PositiveIntegerField(_("size across of what is sold by size"), null=True, blank=True)
    stone_count = models.PositiveSmallIntegerField(_("how many stones"), default=0)
    stone_treatment = models.CharField(_("treatment"), max_length=60, blank=True)
    stone_origin = models.CharField(_("origin"), max_length=60, blank=True)
    report_lab = models.CharField(_("laboratory"), max_length=40, blank=True)
    report_number = models.CharField(_("report number"), max_length=40, blank=True)
    metal_mg = models.PositiveIntegerField(_("weight of metal"), default=0)
    marks = models.CharField(_("marks struck on it"), max_length=80, blank=True)
    price_minor = models.PositiveIntegerField(_("price, VAT included"))
    currency = models.CharField(max_length=3, default="GBP")
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "alloy", "ring_inner_um", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="catalogue_variant_has_a_price"),
            models.CheckConstraint(
                condition=~Q(stone_grown=Grown.CULTURED) | Q(stone_species="pearl"),
                name="catalogue_variant_cultured_is_a_pearl",
            ),
            models.CheckConstraint(
                condition=~Q(stone_grown=Grown.LABORATORY) | ~Q(stone_species="pearl"),
                name="catalogue_variant_pearl_grew_in_a_shell",
            ),
        ]

    def __str__(self) -> str:
        return self.sku


class Photo(models.Model):
    """A picture of a piece, in one alloy or ("") in whichever. `shape` names the model that a computer-made one shows; a photograph has none."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    alloy = models.CharField(_("alloy shown"), max_length=24, blank=True)
    view = models.CharField(_("view"), max_length=16, choices=View.choices, default=View.THREE_QUARTER)
    alt = models.CharField(_("in words"), max_length=160, blank=True)
    width_um = models.PositiveIntegerField(_("width of the picture at the piece"), null=True, blank=True)
    shape = models.CharField(max_length=32, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.alt or f"{self.piece}, {self.get_view_display()}"
