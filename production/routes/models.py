"""Routes: the ordered operations for a kind of piece. Rows that an admin edits; a ticket keeps its own copy."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from production.routes.defaults import DEFAULTS, Line
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


class Route(models.Model):
    """The way of one kind of piece through the workshop, as an admin wrote it."""

    kind = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


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


KEPT_SECONDS = 60


def kept_key(kind: str) -> str:
    """Under which the cache keeps a kind's steps for a minute."""
    return f"routes:steps:{kind}"


def steps_for(kind: str, work: Work) -> list[RouteStep]:
    """The steps that this work needs, in order: the route's rows, or the house's default where nobody wrote any.

    Refuses, with NoRoute, a kind that has neither.
    """
    steps = cache.get_or_set(kept_key(kind), lambda: _written(kind) or default_steps(kind), KEPT_SECONDS)
    return [step for step in steps or [] if work.asks_for(step.only_if)]


def minutes_for(kind: str, work: Work) -> dict[str, int]:
    """Standard minutes by stage, in the stages' order."""
    found = dict.fromkeys(Stage.values, 0)
    for step in steps_for(kind, work):
        found[step.stage] += step.minutes(work)
    return {stage: minutes for stage, minutes in found.items() if minutes}


def _written(kind: str) -> list[RouteStep]:
    return list(RouteStep.objects.filter(route__kind=kind))


def default_steps(kind: str) -> list[RouteStep]:
    """The house's default for a kind, as rows that are not saved. Refuses one that has no default."""
    if kind not in DEFAULTS:
        raise NoRoute(_("There is no route for “%(kind)s”. Add one before ordering it.") % {"kind": kind})
    return [_step(n, line) for n, line in enumerate(DEFAULTS[kind][1], start=1)]


def _step(position: int, line: Line) -> RouteStep:
    setup, piece, stone = line.minutes
    return RouteStep(
        position=position, stage=line.stage, craft=line.craft, name=line.name, name_th=line.name_th,
        roles=[str(role) for role in line.roles], setup_minutes=setup, piece_minutes=piece, stone_minutes=stone,
        evidence=list(line.evidence), only_if=line.only_if,
    )  # fmt: skip
