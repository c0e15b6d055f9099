"""The workshop's load: what lies before each stage, beside what the stage can do, which a manager changes here."""

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.house.models import Site
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role
from production.board.stages import stage_facts
from production.planning.forms import StageCapacityForm, StageSlotForm
from production.planning.load import loads
from production.planning.models import StageCapacity, StageSlot
from production.routes.stages import Stage
from production.tickets.questions import bags_by_stage, open_minutes

MANAGERS = (Role.PRODUCTION_MANAGER, Role.ADMIN)


@require_safe
@staff(*MANAGERS)
def load(request: StaffRequest) -> HttpResponse:
    """Every workshop's stages with bags, hours and days before them, and its fixed times."""
    sites = [_site(site) for site in Site.objects.workshops()]
    return render(request, "board/load.html", {"sites": sites, "here": "load"})


@staff(*MANAGERS)
@once
def capacity(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what a stage can do."""
    row = get_object_or_404(StageCapacity.objects.select_related("site"), pk=pk)
    form = StageCapacityForm(request.POST or None, instance=row)
    title = f"{Stage(row.stage).label} · {row.site.name}"
    return _edited(request, form, title, _("Saved. Promises already given stand; new ones follow."))


@staff(*MANAGERS)
@once
def new_slot(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a fixed time at which a stage starts."""
    site = get_object_or_404(Site, pk=pk, is_workshop=True)
    form = StageSlotForm(request.POST or None, instance=StageSlot(site=site))
    return _edited(
        request, form, _("A fixed time") + f" · {site.name}", _("The time is added. New promises follow it.")
    )


@require_POST
@staff(*MANAGERS)
@once
def drop_slot(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a fixed time away. Gone already is as good."""
    StageSlot.objects.filter(pk=pk).delete()
    messages.success(request, _("The time is gone. New promises no longer wait for it."))
    return redirect("board:load")


def _edited(request: StaffRequest, form: ModelForm, title: str, done: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, done)
        return redirect("board:load")
    status = 422 if request.method == "POST" else 200
    return render(request, "board/capacity.html", {"form": form, "title": title, "here": "load"}, status=status)


def _site(site: Site) -> dict[str, object]:
    bags, stages = bags_by_stage(site), loads(site, open_minutes=open_minutes(site))
    most_days = max((one.days for one in stages), default=0)
    rows = [stage_facts(one, bags=bags.get(one.stage, 0), most_days=most_days) for one in stages]
    slots = [
        {"pk": slot.pk, "stage": Stage(slot.stage).label, "day": slot.get_weekday_display(), "at": slot.at}
        for slot in StageSlot.objects.filter(site=site)
    ]
    return {"pk": site.pk, "name": site.name, "rows": rows, "slots": slots}
