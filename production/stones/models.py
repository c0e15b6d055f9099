"""Stones: single ones that have a name, parcels that are counted and weighed, and who has which."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.flow import Flow
from foundation.house.models import Site
from foundation.moves import Flowing, Step
from production.stones.flow import ALLOTMENT, AllotmentState


class Origin(models.TextChoices):
    """Where a stone was made."""

    MINED = "mined", _("Mined")
    LAB_GROWN = "lab_grown", _("Lab-grown")
    CULTURED = "cultured", _("Cultured")
    UNKNOWN = "unknown", _("Not known")


class StoneParcel(models.Model):
    """Loose stones of one kind. What is free is counted AND weighed: neither is ever worked out from the other silently."""

    number = models.CharField(_("parcel"), max_length=40, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    species = models.CharField(_("stone"), max_length=32)
    cut = models.CharField(_("cut"), max_length=24)
    length_um = models.PositiveIntegerField(_("length"))
    width_um = models.PositiveIntegerField(_("width"))
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.UNKNOWN)
    treatment = models.CharField(_("treatment"), max_length=80, blank=True)
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    received_on = models.DateField(_("received"))
    received_pcs = models.PositiveIntegerField(_("pieces received"))
    received_mct = models.PositiveIntegerField(_("milli-carats received"))
    pcs = models.PositiveIntegerField(_("pieces free"))
    mct = models.PositiveIntegerField(_("milli-carats free"))

    class Meta:
        ordering = ["received_on", "pk"]
        indexes = [models.Index(fields=["species", "cut", "length_um"], name="stones_parcel_match")]

    def __str__(self) -> str:
        return self.number


class Stone(models.Model):
    """One stone with its own number, papers and place."""

    number = models.CharField(_("stone"), max_length=40, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    species = models.CharField(_("stone"), max_length=32)
    cut = models.CharField(_("cut"), max_length=24)
    length_um = models.PositiveIntegerField(_("length"))
    width_um = models.PositiveIntegerField(_("width"))
    mct = models.PositiveIntegerField(_("milli-carats"))
    lab = models.CharField(_("laboratory"), max_length=40, blank=True)
    certificate = models.CharField(_("certificate"), max_length=40, blank=True)
    colour = models.CharField(_("colour"), max_length=40, blank=True)
    clarity = models.CharField(_("clarity"), max_length=40, blank=True)
    treatment = models.CharField(_("treatment"), max_length=80, blank=True)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.UNKNOWN)
    country = models.CharField(_("country of origin"), max_length=2, blank=True)
    received_on = models.DateField(_("received"))

    class Meta:
        ordering = ["received_on", "pk"]
        indexes = [models.Index(fields=["species", "cut", "length_um"], name="stones_stone_match")]
        constraints = [models.CheckConstraint(condition=Q(mct__gt=0), name="stones_stone_weighs")]

    def __str__(self) -> str:
        return self.number


class Wanted(models.Model):
    """What a ticket needs set in one position group. `missing` counts what no stone was found for yet."""

    ticket = models.CharField(max_length=40, db_index=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveSmallIntegerField()
    position = models.CharField(max_length=80, blank=True)
    asked_for = models.CharField(_("number or certificate of the very stone"), max_length=40, blank=True)
    species = models.CharField(max_length=32)
    cut = models.CharField(max_length=24)
    length_um = models.PositiveIntegerField()
    width_um = models.PositiveIntegerField()
    mct = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "sequence"], name="stones_wanted_position_once"),
            models.CheckConstraint(condition=Q(missing__lte=models.F("count")), name="stones_wanted_missing_part"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.position}: {self.count} × {self.species} {self.cut}"


class AllotmentQuerySet(models.QuerySet["Allotment"]):
    def of_ticket(self, ticket: str) -> "AllotmentQuerySet":
        """Everything that was ever kept for a ticket, with what it is."""
        return self.filter(ticket=ticket).select_related("stone", "parcel", "wanted").order_by("pk")

    def live(self) -> "AllotmentQuerySet":
        """What a ticket has or may have: not given back, not broken, not lost."""
        return self.filter(state__in=[AllotmentState.RESERVED, AllotmentState.ISSUED, AllotmentState.SET])


class Allotment(Flowing):
    """Stones kept for a ticket: one single stone, or so many pieces and milli-carats of a parcel."""

    flow: ClassVar[Flow] = ALLOTMENT

    wanted = models.ForeignKey(Wanted, on_delete=models.PROTECT, related_name="allotments")
    ticket = models.CharField(max_length=40, db_index=True)
    stone = models.ForeignKey(Stone, null=True, on_delete=models.PROTECT, related_name="allotments")
    parcel = models.ForeignKey(StoneParcel, null=True, on_delete=models.PROTECT, related_name="allotments")
    pcs = models.PositiveIntegerField()
    mct = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=AllotmentState.choices, default=AllotmentState.RESERVED)

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            ALLOTMENT.constraint(),
            models.CheckConstraint(condition=Q(stone=None) ^ Q(parcel=None), name="stones_allotment_stone_or_parcel"),
            models.CheckConstraint(condition=Q(stone=None) | Q(pcs=1), name="stones_allotment_one_stone"),
            models.CheckConstraint(condition=Q(pcs__gt=0, mct__gt=0), name="stones_allotment_something"),
            models.UniqueConstraint(
                fields=["stone"], condition=~Q(state=AllotmentState.RETURNED), name="stones_stone_in_one_place"
            ),
        ]
        triggers = ALLOTMENT.triggers()

    def __str__(self) -> str:
        return f"{self.ticket}: {self.pcs} × {self.stone or self.parcel}"


class AllotmentStep(Step):
    """One move of an allotment."""

    owner = models.ForeignKey(Allotment, on_delete=models.PROTECT, related_name="steps")


class Loss(models.Model):
    """Stones that a bench cannot find. One person reports them gone, another signs; or they turn up again."""

    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, related_name="losses")
    pcs = models.PositiveIntegerField(_("stones"))
    note = models.CharField(_("what happened"), max_length=300)
    action_id = models.CharField(max_length=64, unique=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(signed_by=F("reported_by")), name="stones_loss_two_people"),
            models.CheckConstraint(condition=Q(signed_at=None) | Q(found_at=None), name="stones_loss_lost_or_found"),
            models.CheckConstraint(condition=Q(pcs__gt=0), name="stones_loss_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.allotment.ticket}: {self.pcs} × {self.allotment.stone or self.allotment.parcel}"
