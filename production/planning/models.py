"""Planning: what each stage can do in a day, and every word that was given about a day."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.house.models import WEEKDAYS, Site


class StageCapacity(models.Model):
    """What a stage can do at a site: minutes of work in a working day, all its people together, and bags at once.

    House defaults until measured.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="stage_capacities")
    stage = models.CharField(_("stage"), max_length=16)
    minutes_per_day = models.PositiveIntegerField(_("minutes a day"), validators=[MinValueValidator(1)])
    wait_minutes = models.PositiveIntegerField(_("fixed waiting after the work, in working minutes"), default=0)
    most_tickets = models.PositiveSmallIntegerField(_("bags at once"), default=12, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["site", "pk"]
        constraints = [models.UniqueConstraint(fields=["site", "stage"], name="planning_capacity_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.stage}: {self.minutes_per_day} min"


class StageSlot(models.Model):
    """A fixed time at which a stage starts, such as the flasks' pour: burnout runs overnight, whatever the hurry."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="stage_slots")
    stage = models.CharField(_("stage"), max_length=16)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    at = models.TimeField(_("at"))

    class Meta:
        ordering = ["site", "stage", "weekday", "at"]
        constraints = [models.UniqueConstraint(fields=["site", "stage", "weekday", "at"], name="planning_slot_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.stage}: {self.get_weekday_display()} {self.at:%H:%M}"


class Promise(AppendOnly):
    """The day that was promised for a ticket, and why it is another one now. The last row is the word that counts."""

    reference = models.UUIDField(_("work order"))
    ticket = models.CharField(_("ticket"), max_length=40)
    sequence = models.PositiveIntegerField()
    on = models.DateField(_("promised day"))
    cause = models.CharField(_("cause"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["reference", "sequence"]
        constraints = [models.UniqueConstraint(fields=["reference", "sequence"], name="planning_promise_sequence")]

    def __str__(self) -> str:
        return f"{self.ticket}: {self.on}"
