"""Parcels, what is in them, and what they are packed with."""

from functools import cached_property
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.append_only import AppendOnly
from foundation.countries import name_of
from foundation.files.models import File
from foundation.flow import Flow
from foundation.house.models import Brand, DeliveryMethod, Site
from foundation.moves import Flowing, Step
from foundation.people.models import User
from foundation.people.roles import Role
from packing.flow import PARCEL, ParcelState
from packing.signals import parcel_delivered, parcel_dispatched, parcel_sealed


class Supply(models.Model):
    """A box, pouch, card or ribbon of a brand, and how many are left."""

    class Kind(models.TextChoices):
        BOX = "box", gettext_lazy("box")
        POUCH = "pouch", gettext_lazy("pouch")
        CARD = "card", gettext_lazy("card")
        RIBBON = "ribbon", gettext_lazy("ribbon")
        CARTON = "carton", gettext_lazy("carton")

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="supplies")
    code = models.SlugField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=80)
    name_th = models.CharField(max_length=80, blank=True)
    inner_um = ArrayField(models.PositiveIntegerField(), size=3, default=list, blank=True)
    on_hand = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "code"], name="packing_supply_once")]

    def __str__(self) -> str:
        return self.name


class PackSpecQuerySet(models.QuerySet["PackSpec"]):
    def that_fits(self, *, brand: Brand, channel: str, kind: str) -> "PackSpec | None":
        """The newest released spec for this brand, channel and kind of piece; one for any channel or kind will do."""
        rows = self.filter(brand=brand, released=True, channel__in=[channel, ""], kind__in=[kind, ""])
        return rows.order_by(F("kind").desc(), F("channel").desc(), "-version").first()


class PackSpec(models.Model):
    """Which box, pouch, card and label belong to a kind of piece, a brand and a channel. Unchangeable once released."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="pack_specs")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(default=1)
    released = models.BooleanField(default=False)

    objects = PackSpecQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "kind", "channel", "version"], name="packing_spec_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class PackSpecLine(models.Model):
    """One supply of a spec. `for_gift` lines are packed only when the parcel is a present."""

    spec = models.ForeignKey(PackSpec, on_delete=models.CASCADE, related_name="lines")
    supply = models.ForeignKey(Supply, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    for_gift = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def for_user(self, user: User) -> Self:
        """What this person may see: packers, sales and managers all, anybody else none."""
        may = user.is_authenticated and user.has_role(Role.PACKER, Role.SALES, Role.PRODUCTION_MANAGER, Role.INSPECTOR)
        return self.all() if may else self.none()

    def at_the_station(self) -> Self:
        """What lies there to be packed, sealed or handed over, what was released first."""
        here = [ParcelState.REQUESTED, ParcelState.PACKING, ParcelState.SEALED]
        return self.filter(state__in=here).order_by(F("released_at").asc(nulls_last=True), "made_at")


class Parcel(Flowing):
    """One parcel, asked for by whoever sells: `reference` is theirs, and asking twice is asking once."""

    flow: ClassVar[Flow] = PARCEL

    reference = models.UUIDField(unique=True)
    number = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=16, choices=ParcelState.choices, default=ParcelState.REQUESTED)
    order_number = models.CharField(max_length=24)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16)
    language = models.CharField(max_length=5)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    spec = models.ForeignKey(PackSpec, on_delete=models.PROTECT, related_name="+", null=True)
    recipient = models.CharField(max_length=160)
    address_lines = ArrayField(models.CharField(max_length=160))
    country = models.CharField(max_length=2)
    delivery = models.CharField(max_length=50)
    gift = models.BooleanField(default=False)
    gift_note = models.TextField(blank=True)
    hide_prices = models.BooleanField(default=False)
    piece_url = models.URLField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=40, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    tracking_url = models.URLField(max_length=300, blank=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        constraints = [PARCEL.constraint()]
        triggers = PARCEL.triggers()
        indexes = [models.Index(fields=["state", "made_at"], name="packing_parcel_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def country_name(self) -> str:
        """Where it goes, in the reader's language."""
        return name_of(self.country)

    def something_unscanned(self, by: User | None) -> str:
        """Why it can't be sealed: a piece that was not scanned into it."""
        left = self.contents.filter(scanned_at=None).first()
        return _("%(serial)s has not been scanned into it.") % {"serial": left.code} if left else ""

    def something_not_packed(self, by: User | None) -> str:
        """Why it can't be sealed: a box, pouch or card that was not ticked."""
        left = self.supplies.filter(taken_at=None).select_related("supply").first()
        return _("%(supply)s is not packed yet.") % {"supply": left.supply} if left else ""

    def papers_missing(self, by: User | None) -> str:
        """Why it can't be sealed: its label and care card are not made yet."""
        made = set(self.papers.values_list("kind", flat=True))
        return "" if made >= {"label", "care_card"} else _("Its label and care card are still being made.")

    def not_released(self, by: User | None) -> str:
        """Why it can't leave: what is owed for it has not been paid."""
        return "" if self.released_at else _("It is not released: the balance has not been paid yet.")

    def tracking_missing(self, by: User | None) -> str:
        """Why it can't leave: it has no tracking number; on its way to our own counter, nobody has taken it."""
        if self.to_our_counter:
            return "" if self.carrier else _("Nobody has taken it yet.")
        return "" if self.tracking_number else _("It has no tracking number yet.")

    @cached_property
    def method(self) -> DeliveryMethod | None:
        """The way it is sent, as its seller offers it."""
        return DeliveryMethod.objects.filter(code=self.delivery, seller_id=self.brand.seller_id).first()

    @property
    def to_our_counter(self) -> bool:
        """Whether it is collected in person: one of us may take it there, and then it has no tracking number."""
        return self.method is not None and self.method.collected_at_id is not None

    def announce(self, step: Step) -> None:
        """Tell whoever listens that it was sealed, left, or arrived."""
        if step.new == ParcelState.SEALED:
            contents = [str(reference) for reference in self.contents.values_list("reference", flat=True)]
            parcel_sealed.send(Parcel, reference=self.reference, contents=contents, at=step.at)
        elif step.new == ParcelState.DISPATCHED:
            facts = {
                "carrier": self.carrier,
                "tracking_number": self.tracking_number,
                "tracking_url": self.tracking_url,
            }
            parcel_dispatched.send(Parcel, reference=self.reference, at=step.at, **facts)
        elif step.new == ParcelState.DELIVERED:
            parcel_delivered.send(Parcel, reference=self.reference, at=step.at)


class ParcelStep(Step):
    """One move of a parcel."""

    owner = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        pass


class Content(models.Model):
    """One piece that belongs in a parcel, with the facts that its papers tell."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="contents")
    reference = models.UUIDField()
    serial = models.CharField(max_length=40, blank=True)
    sku = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    quantity = models.PositiveIntegerField(default=1)
    alloy = models.CharField(max_length=16)
    fineness = models.CharField(max_length=16)
    hallmark_status = models.CharField(max_length=20)
    marks = models.CharField(max_length=80, blank=True)
    gross_mg = models.PositiveIntegerField(null=True)
    stones = models.CharField(max_length=200, blank=True)
    ring_size = models.CharField(max_length=40, blank=True)
    engraving = models.CharField(max_length=200, blank=True)
    care = models.CharField(max_length=40)
    picture = models.UUIDField(null=True)
    scanned_at = models.DateTimeField(null=True)
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["parcel", "reference"], name="packing_content_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """What is scanned: the piece's own serial, or its article number where it has none."""
        return self.serial or self.sku


class SupplyTaken(models.Model):
    """One supply that belongs to a parcel by its spec; ticked as it is packed."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="supplies")
    supply = models.ForeignKey(Supply, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "supply"], name="packing_supply_taken_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="packing_supply_taken_some"),
        ]


class Scan(AppendOnly):
    """A code that was scanned at the station and fitted: who, when. One that does not fit is refused, and nothing is kept."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="scans")
    code = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]


class Paper(AppendOnly):
    """A PDF that was made for a parcel: its label, its care card."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["parcel", "kind"], name="packing_paper_once")]
