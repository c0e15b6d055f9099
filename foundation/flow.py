"""A flow is a table of the moves a thing may make, and nothing else.

One line is one sentence: from here, to there, by whom, if what holds, and what is owed afterwards. The
database's constraint and trigger, the buttons on a page, the reason a button is grey, the API's allowed
actions, the tests and the diagrams in docs/flows.md are all read off this table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pgtrigger
from django.db.models import CheckConstraint, Q, TextChoices
from django.utils.translation import gettext as _

HOUSE = "house"
"""Acts when no person does: Celery, a webhook, a customer's link."""


class WrongTurn(Exception):
    """The move is not in the table, its need is unmet, it is not yours to make, or someone moved first."""


@dataclass(frozen=True)
class Move:
    """One allowed move.

    `by` names the roles that may make it. `needs` names methods of the model that answer why not, or "".
    `then` names the outbox work that is owed once it is made. `label` is the button's text.
    """

    old: TextChoices
    new: TextChoices
    by: tuple[str, ...] = (HOUSE,)
    needs: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    label: object = ""


class Flow:
    """The moves of one kind of thing. Refuses, as it is built, a move written twice and a state nothing leads to."""

    def __init__(self, start: TextChoices, moves: Sequence[Move]) -> None:
        self.start = start
        self.states = type(start)
        self.moves = {(move.old, move.new): move for move in moves}
        if len(self.moves) != len(moves):
            raise TypeError(f"{self.states.__name__}: a move is written twice")
        if lost := set(self.states) - self._reachable():
            raise TypeError(f"{self.states.__name__}: nothing leads to {sorted(lost)}")

    def _reachable(self) -> set[TextChoices]:
        reached: set[TextChoices] = set()
        edge = {self.start}
        while edge:
            reached |= edge
            edge = {new for old, new in self.moves if old in edge} - reached
        return reached

    def after(self, state: str) -> list[Move]:
        """The moves that leave `state`, in the table's order."""
        return [move for (old, _), move in self.moves.items() if old == state]

    def find(self, old: str, new: str) -> Move:
        """The move from `old` to `new`. Refuses, with WrongTurn, one that is not in the table."""
        move = next((m for m in self.after(old) if m.new == new), None)
        if move is None and old == new:
            raise WrongTurn(_("This was done already: it is “%(state)s”. Look again.") % {"state": self.name(old)})
        if move is None:
            raise WrongTurn(_("%(old)s cannot become %(new)s.") % {"old": self.name(old), "new": self.name(new)})
        return move

    def name(self, state: str) -> str:
        """The state in words."""
        return str(self.states(state).label) if state in self.states.values else repr(state)

    def is_end(self, state: str) -> bool:
        """Whether nothing leaves `state`."""
        return not self.after(state)

    @property
    def ends(self) -> list[TextChoices]:
        """The states that nothing leaves."""
        return [state for state in self.states if self.is_end(state)]

    def constraint(self) -> CheckConstraint:
        """The database's own guard: `state` is one of this flow's."""
        return CheckConstraint(condition=Q(state__in=self.states.values), name="%(app_label)s_%(class)s_state_known")

    def triggers(self, *, unless: pgtrigger.Q | None = None) -> list[pgtrigger.Trigger]:
        """The database's own guards, whoever writes: a row begins at the start, and its state changes only along this table.

        Rows that are `unless` may begin anywhere.
        """
        pairs = [(str(old), str(new)) for old, new in self.moves]
        return [self._begins(unless), pgtrigger.FSM(name="moves", field="state", transitions=pairs)]

    def _begins(self, unless: pgtrigger.Q | None) -> pgtrigger.Trigger:
        elsewhere = ~pgtrigger.Q(new__state=str(self.start))
        said = f"RAISE EXCEPTION 'a row of % begins as {self.start}, not as %', TG_TABLE_NAME, NEW.state"
        return pgtrigger.Trigger(
            name="begins",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=elsewhere & ~unless if unless else elsewhere,
            func=f"{said} USING ERRCODE = 'check_violation';",
        )

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        arrows = [f"    {old} --> {new}: {', '.join(m.by)}" for (old, new), m in self.moves.items()]
        ends = [f"    {state} --> [*]" for state in self.ends]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *arrows, *ends])
