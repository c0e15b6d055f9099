"""How a thing moves along its flow. `move()` is the only writer of `state`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.append_only import AppendOnly
from foundation.flow import HOUSE, Flow, Move, WrongTurn
from foundation.joined import joined
from foundation.outbox.actions import put
from foundation.people.models import User
from foundation.people.roles import Role
from foundation.planned import planned


class Step(AppendOnly):
    """One move that was made. Its subclass names the thing that moved: `owner`, with related_name "steps"."""

    sequence = models.PositiveIntegerField()
    old = models.CharField(max_length=24)
    new = models.CharField(max_length=24)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        abstract = True
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "sequence"], name="%(app_label)s_%(class)s_sequence_gap_free")
        ]


@dataclass(frozen=True)
class Choice:
    """A move as a button: where to, its text, and why it is grey ("" when it is not)."""

    to: str
    label: str
    hindrance: str


class Flowing(models.Model):
    """Something that moves along a flow, each step kept for good.

    A subclass has `flow`, a `state` field with the flow's choices, a Step table, and in its Meta
    `constraints = [FLOW.constraint()]` and `triggers = FLOW.triggers()`.
    """

    flow: ClassVar[Flow]
    state = models.CharField(max_length=24)
    steps: Any

    class Meta:
        abstract = True

    @joined
    def move(self, to: str, *, by: User | None, note: str = "") -> Step:
        """Take the row, look again, ask the needs, move, write the step and what is owed.

        `by` is the person who acts, None for the house itself. Refuses with WrongTurn, in a sentence, a move that
        is not in the table, that somebody else made first, that this person may not make, or whose need is unmet.
        """
        self._take()
        step = self.flow.find(self.state, to)
        if reason := self.hindrance(step, by=by):
            raise WrongTurn(reason)
        return self._write(step, by=by, note=note)

    def hindrance(self, move: Move, *, by: User | None) -> str:
        """Why this person cannot make this move now, in words fit for a tooltip; "" when they can."""
        if by is None and HOUSE not in move.by:
            return _("A person has to do this.")
        if by is not None and not by.has_role(*move.by):
            return _not_theirs(move.by)
        reasons = (getattr(self, need)(by) for need in move.needs)
        return next((str(reason) for reason in reasons if reason), "")

    def choices_for(self, by: User | None) -> list[Choice]:
        """What this person could do next: every labelled move from here that is theirs, with its hindrance."""
        moves = [m for m in self.flow.after(self.state) if m.label and (by is None or by.has_role(*m.by))]
        return [Choice(to=str(m.new), label=str(m.label), hindrance=self.hindrance(m, by=by)) for m in moves]

    def as_shown(self, state: str) -> None:
        """Look at it as a page showed it: should somebody have moved it since, the next move is refused in a sentence."""
        self.state = state

    def announce(self, step: Step) -> None:
        """Tell the rest of the house that a step was made: a room overrides this to send its signal."""

    def _take(self) -> None:
        found = _asked(_statements(type(self)).take, [self.pk])
        if found is None:
            raise type(self).DoesNotExist(f"{self._meta.label} {self.pk} is gone")
        if found[0] != self.state:
            was, now = self.flow.name(self.state), self.flow.name(found[0])
            raise WrongTurn(
                _("Somebody moved it before you: it was “%(was)s” on your page and is “%(now)s” now. Look again.")
                % {"was": was, "now": now}
            )

    def _write(self, move: Move, *, by: User | None, note: str) -> Step:
        step: Step = self.steps.model(owner=self, old=str(move.old), new=str(move.new), by=by, note=note)
        step.at = timezone.now()
        said = {"pk": self.pk, "old": step.old, "new": step.new, "at": step.at, "by": step.by_id, "note": note}
        written = _asked(_statements(type(self)).write, said)
        step.pk, step.sequence = written
        step._state.adding = False  # noqa: SLF001  as Django marks what it has saved
        self.state = step.new
        for kind in move.then:
            put(kind, key=f"{kind}:{self.pk}:{step.sequence}", payload={"id": self.pk, "sequence": step.sequence})
        self.announce(step)
        return step


def _not_theirs(roles: Iterable[str]) -> str:
    """Who could, in words; nobody where the house acts by itself."""
    named = ", ".join(str(Role(role).label) for role in roles if role != HOUSE)
    if not named:
        return _("The house does this by itself.")
    return _("This is not yours to do. It takes: %(roles)s.") % {"roles": named}


def _asked(sql: str, said: Any) -> Any:
    rows = planned(sql, said)
    return rows[0] if rows else None


@dataclass(frozen=True)
class Statements:
    """What a move says to the database: take the row; change its state and write the step behind the last."""

    take: str
    write: str


@cache
def _statements(model: type[Flowing]) -> Statements:
    """Those of one table. Written out, because a move is the commonest thing there is, and putting it together anew
    cost Django five statements and four times the time.
    """
    owner, steps = model._meta, model.steps.rel.related_model._meta  # noqa: SLF001  Django’s own name
    row, key = f'"{owner.db_table}"', f'"{owner.pk.column}"'
    return Statements(
        take=f"SELECT state FROM {row} WHERE {key} = %s FOR UPDATE",  # noqa: S608  names of our own tables
        write=f"""
            WITH moved AS (UPDATE {row} SET state = %(new)s WHERE {key} = %(pk)s)
            INSERT INTO "{steps.db_table}" (sequence, old, new, at, by_id, note, owner_id)
            SELECT coalesce(max(sequence), 0) + 1, %(old)s, %(new)s, %(at)s, %(by)s, %(note)s, %(pk)s
            FROM "{steps.db_table}" WHERE owner_id = %(pk)s
            RETURNING id, sequence""",  # noqa: S608  names of our own tables
    )
