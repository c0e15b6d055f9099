"""What is asked about the workshop's own strength."""

from django import forms
from django.utils.translation import gettext_lazy as _

from production.planning.models import StageCapacity, StageSlot
from production.routes.stages import Stage

MOST_MINUTES, MOST_WAIT, MOST_BAGS = 60 * 24 * 50, 60 * 24 * 20, 999
"""A day of fifty people, twenty days of waiting, a thousand bags: more than that is a slip of the finger."""


class StageCapacityForm(forms.ModelForm):
    """What a stage can do."""

    class Meta:
        model = StageCapacity
        fields = ("minutes_per_day", "most_tickets", "wait_minutes")

    def clean(self) -> dict[str, object]:
        """Refuses a figure no workshop has."""
        said = super().clean() or {}
        for name, most in (("minutes_per_day", MOST_MINUTES), ("wait_minutes", MOST_WAIT), ("most_tickets", MOST_BAGS)):
            if (said.get(name) or 0) > most:
                self.add_error(name, _("That is more than a workshop can have: at most %(most)d.") % {"most": most})
        return said


class StageSlotForm(forms.ModelForm):
    """A fixed time at which a stage starts."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)

    class Meta:
        model = StageSlot
        fields = ("stage", "weekday", "at")
        widgets = {"at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def clean(self) -> dict[str, object]:
        """Refuses a time that is there already."""
        said = super().clean() or {}
        there = StageSlot.objects.filter(site=self.instance.site, **{name: said.get(name) for name in self.Meta.fields})
        if not self.errors and there.exists():
            raise forms.ValidationError(_("This time is there already."))
        return said
