"""Holds have a cause, a name and a time of their own; what was on hold before is kept as "another cause"."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

CAUSES = [
    ("customer", "Waiting for the customer"),
    ("material", "Material is missing"),
    ("machine", "A machine stands still"),
    ("outside", "Waiting for somebody outside"),
    ("change", "The customer changes the piece"),
    ("stone", "A stone is missing"),
    ("problem", "Something is wrong"),
    ("other", "Another cause"),
]


def keep_what_was_held(apps, schema_editor):
    """Every step to "on hold" becomes a hold, ended by the step after it."""
    step, hold = apps.get_model("tickets", "TicketStep"), apps.get_model("tickets", "Hold")
    losses = apps.get_model("stones", "Loss").objects.filter(signed_at=None, found_at=None)
    missing = set(losses.values_list("allotment__ticket", flat=True))
    for one in step.objects.filter(new="on_hold").select_related("owner"):
        after = step.objects.filter(owner=one.owner, sequence=one.sequence + 1).first()
        stone = after is None and one.owner.number in missing
        hold.objects.create(
            ticket=one.owner, cause="stone" if stone else "other", reason=(one.note or one.owner.hold_reason or "?")[:200],
            by=one.by, since=one.at, ended_at=after.at if after else None, ended_by=after.by if after else None,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stones", "0002_loss"),
        ("tickets", "0002_ticket_country"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(choices=CAUSES, max_length=12)),
                ("reason", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
                ("until", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("ended_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("ticket", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="tickets.ticket")),
            ],
            options={
                "ordering": ["since", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=Q(cause__in=[code for code, _ in CAUSES]), name="tickets_hold_cause_known"),
                    models.CheckConstraint(condition=~Q(reason=""), name="tickets_hold_says_why"),
                    models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="tickets_hold_ends_later"),
                    models.CheckConstraint(condition=Q(ended_by=None) | ~Q(ended_at=None), name="tickets_hold_ended_then_by"),
                    models.UniqueConstraint(condition=Q(ended_at=None), fields=("ticket", "cause"), name="tickets_hold_once_a_cause"),
                ],
            },
        ),
        migrations.RunPython(keep_what_was_held, migrations.RunPython.noop),
        migrations.RemoveField(model_name="ticket", name="hold_reason"),
    ]
