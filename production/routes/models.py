"""Routes: the ordered operations for a kind of piece. Rows that an admin edits; a ticket keeps its own copy."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from production.routes.stages import Stage


@dataclass(frozen=True)
class Work:
    """What there is to do on one order: pieces, stones in all, and which extras it asks for."""

    pieces: int = 1
    stones: int = 0
    engraving: bool = False
    plating: bool = False
    approval: bool = False

    def asks_for(self, condition: str) -> bool:
        """Whether a step that is done only under this condition is needed."""
        asked = {"": True, "stones": self.stones > 0, "engraving": self.engraving, "plating": self.plating}
        return asked.get(condition, self.approval if condition == "approval" else False)


class NoRoute(Exception):
    """There is no route for this kind of piece."""


class RouteQuerySet(models.QuerySet["Route"]):
    def for_kind(self, kind: str) -> "Route":
        """The route for a kind of piece. Refuses, in a sentence, a kind that has none."""
        route = self.filter(kind=kind).first()
        if route is None:
            raise NoRoute(_("There is no route for “%(kind)s”. Add one before ordering it.") % {"kind": kind})
        return route


class Route(models.Model):
    """The way of one kind of piece through the workshop."""

    kind = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    objects = RouteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def steps_for(self, work: Work) -> list["RouteStep"]:
        """The steps that this work needs, in order."""
        return [step for step in self.steps.all() if work.asks_for(step.only_if)]

    def minutes(self, work: Work) -> dict[str, int]:
        """Standard minutes by stage."""
        return minutes_by_stage(self.steps_for(work), work)


class RouteStep(models.Model):
    """One step of a route: which craft, at which stage, how long, and what it must leave behind."""

    ONLY_IF = [
        ("", gettext_lazy("always")),
        ("stones", gettext_lazy("with stones")),
        ("engraving", gettext_lazy("with engraving")),
        ("plating", gettext_lazy("with plating")),
        ("approval", gettext_lazy("when the customer approves the design")),
    ]

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, choices=Stage.choices)
    craft = models.SlugField()
    name = models.CharField(max_length=80)
    name_th = models.CharField(max_length=80, blank=True)
    roles = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    setup_minutes = models.PositiveSmallIntegerField(default=0)
    piece_minutes = models.PositiveSmallIntegerField(default=0)
    stone_minutes = models.PositiveSmallIntegerField(default=0)
    evidence = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    only_if = models.CharField(max_length=12, choices=ONLY_IF, blank=True, default="")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="routes_step_position_once"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="routes_step_stage_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def minutes(self, work: Work) -> int:
        """Standard minutes of this step for this work."""
        return self.setup_minutes + self.piece_minutes * work.pieces + self.stone_minutes * work.stones


def minutes_by_stage(steps: Iterable[RouteStep], work: Work) -> dict[str, int]:
    """The steps' standard minutes, summed by stage, in the stages' order."""
    found = dict.fromkeys(Stage.values, 0)
    for step in steps:
        found[step.stage] += step.minutes(work)
    return {stage: minutes for stage, minutes in found.items() if minutes}
