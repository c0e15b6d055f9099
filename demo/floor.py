"""One working day at the demo's benches: who takes which bag when, so that each is ready about when it was promised."""

import heapq
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from django.db.models import Count

from demo.bench import Bench, divide_tree, pour_tree, stand_on_tree
from demo.dice import dice
from demo.owed import do_what_is_owed
from demo.scene import Scene
from foundation.people.roles import Role
from production.casting.actions import cancel_tree, fail_tree
from production.casting.bags import waiting
from production.casting.models import Tree
from production.stones.questions import missing
from production.tickets.models import Operation, Ticket

TAKEN_UP = {
    "draw": 4, "pattern": 20, "clean": 38, "set": 47, "polish": 57, "engrave": 62, "plate": 62, "inspect": 74,
}  # fmt: skip
"""When a bag's turn comes at a craft, in hundredths of the time from its opening to its promised hour."""
SLOW_EVERY, SLOW_PERCENT = 8, 150
"""Every so manyth bag is behind: its turns come later by so much."""
SENT_BACK_EVERY = 7
FAULTS = (
    ("ST-LOO", "The stone turns under the needle at two o’clock."), ("FI-SCR", "A drag mark under the left shoulder."),
    ("AS-FIT", "The bezel stands a hair high on one side."),
)  # fmt: skip
POURED_ON = (2, 4, 6)
MOST_ON_A_TREE, FEWEST_TOGETHER = 8, 3
FAILS_AT = 6
"""The house's so manyth tree: its flask cracks."""


@dataclass(order=True)
class _Turn:
    at: datetime
    n: int
    do: Callable[[datetime], object] = field(compare=False)


class Day:
    """What is to be done today, in the order of the clock."""

    def __init__(self, scene: Scene, *, until: datetime) -> None:
        self.scene, self.since, self.until = scene, scene.clock.at, until
        self.turns: list[_Turn] = []
        self.numbers = count()

    def at(self, when: datetime, do: Callable[[datetime], object]) -> None:
        """Put it into the day."""
        heapq.heappush(self.turns, _Turn(when, next(self.numbers), do))

    def pass_by(self) -> None:
        """Everything in its turn, from where the clock stands as far as the day goes."""
        while self.turns and self.turns[0].at <= self.until:
            turn = heapq.heappop(self.turns)
            if turn.at >= self.since:
                self.scene.clock.set(turn.at)
                turn.do(turn.at)


def open_benches(scene: Scene, day: Day, *, opens: datetime, closes: datetime) -> None:
    """Everybody at a bench has a pile: what they left yesterday first, then what is due first."""
    piles: dict[str, list[Operation]] = defaultdict(list)
    for operation in _at_hand():
        if operation.state == "running" or (_its_turn(scene, operation, opens) and _has_its_stones(operation)):
            piles[operation.roles[0]].append(operation)
    for n, (_role, pile) in enumerate(sorted(piles.items())):
        pile.sort(key=lambda one: (one.state != "running", one.ticket.due_at, one.pk))
        _sit_down(scene, day, pile, opens + timedelta(minutes=7 + 4 * n), closes)


def _at_hand() -> list[Operation]:
    rows = Operation.objects.filter(state__in=["ready", "running"], ticket__state="open", craft__in=list(TAKEN_UP))
    return list(rows.select_related("ticket__site").order_by("pk"))


def _its_turn(scene: Scene, operation: Operation, at: datetime) -> bool:
    """Whether so much of the bag's time is over that this craft takes it up."""
    ticket = operation.ticket
    odds = dice(scene.seed, "turn", ticket.pk, operation.position)
    percent = TAKEN_UP[operation.craft] + odds.randrange(-5, 6)
    if ticket.pk % SLOW_EVERY == 3:
        percent = percent * SLOW_PERCENT // 100
    if operation.attempt > 1:
        percent = max(percent, 100)
    return at >= ticket.opened_at + (ticket.due_at - ticket.opened_at) * percent / 100


def _has_its_stones(operation: Operation) -> bool:
    """A setter does not begin before every stone has come."""
    return operation.craft != "set" or not missing(ticket=operation.ticket.number)


def _sit_down(scene: Scene, day: Day, pile: list[Operation], at: datetime, closes: datetime) -> None:
    """Take the next bag of the pile, work its minutes, put it down, take the next."""
    if not pile:
        return
    operation = pile.pop(0)
    bench = Bench(operation.ticket, scene.people, operation.ticket.customer)
    minutes = timedelta(minutes=operation.minutes)
    if operation.state == "running":
        minutes = min(minutes, timedelta(minutes=20))
    else:
        bench.begin(operation)
    ends = at + minutes

    def put_down(when: datetime) -> None:
        _put_down(scene, bench, operation)
        do_what_is_owed()
        more = bench.current
        if more and more.craft in TAKEN_UP and more.roles == operation.roles and _its_turn(scene, more, when):
            pile.insert(0, more)
        _sit_down(scene, day, pile, when + timedelta(minutes=3), closes)

    if ends <= closes:
        day.at(ends, put_down)


def _put_down(scene: Scene, bench: Bench, operation: Operation) -> None:
    """Ended as it should be; but every so manyth inspection finds something."""
    ticket = operation.ticket
    fails = operation.craft == "inspect" and operation.attempt == 1 and ticket.pk % SENT_BACK_EVERY == 2
    if fails:
        code, words = FAULTS[ticket.pk % len(FAULTS) if ticket.stones else 1]
        bench.send_back(operation, code, words)
    else:
        bench.end(operation)


def draw_again(scene: Scene) -> None:
    """Where a buyer asked for a change, the designer draws a second version."""
    asked = Operation.objects.filter(craft="approve", state="ready", ticket__state="open").select_related(
        "ticket__site"
    )
    for operation in asked.order_by("pk"):
        ticket = operation.ticket
        if Bench(ticket, scene.people, ticket.customer).draw_again():
            do_what_is_owed()


def pour_trees(scene: Scene, day: Day, *, opens: datetime) -> None:
    """On pouring days every tree that stands is charged, poured, and divided after lunch, or the next morning."""
    for n, tree in enumerate(Tree.objects.filter(state="poured").order_by("pk")):
        day.at(opens + timedelta(minutes=30 + 12 * n), partial(_divide, scene, tree))
    if opens.isoweekday() not in POURED_ON:
        return
    standing = [tree for tree in Tree.objects.filter(state="built").order_by("pk") if not _rests(tree)]
    for n, tree in enumerate(standing):
        day.at(opens + timedelta(minutes=60 + 25 * n), partial(_pour, scene, tree))
        day.at(opens + timedelta(hours=5, minutes=10 + 12 * n), partial(_divide, scene, tree))


def _pour(scene: Scene, tree: Tree, _at: datetime) -> None:
    pour_tree(tree, by=scene.people[Role.CASTER])


def _divide(scene: Scene, tree: Tree, _at: datetime) -> None:
    caster = scene.people[Role.CASTER]
    if tree.pk == FAILS_AT:
        fail_tree(tree=tree, note="The flask cracked in the oven; the metal ran out below.", by=caster)
    else:
        divide_tree(tree, by=caster)
    do_what_is_owed()


def _rests(tree: Tree) -> bool:
    """Whether a bag on it is on hold: it waits for that bag."""
    return Ticket.objects.filter(operations__pk__in=tree.places.values("operation"), state="on_hold").exists()


def stand_trees(scene: Scene) -> None:
    """Before the evening, what waits for a pour is put on trees, alloy by alloy, for the next one."""
    standing = set(Tree.objects.filter(state__in=["planned", "built"]).values_list("alloy", flat=True))
    bags: dict[str, list[Operation]] = defaultdict(list)
    for operation in waiting(scene.workshop):
        if operation.ticket.alloy not in standing:
            bags[operation.ticket.alloy].append(operation)
    for n, (_alloy, pile) in enumerate(sorted(bags.items())):
        stand_on_tree(pile[:MOST_ON_A_TREE], flask=str(3 + n), by=scene.people[Role.CASTER])


def stand_some_together(scene: Scene) -> None:
    """See that three bags of one alloy stand on one tree: small trees of it are taken apart, the next waxes are grown for it."""
    standing = Tree.objects.filter(state__in=["planned", "built"]).annotate(bags=Count("places"))
    if standing.filter(bags__gte=FEWEST_TOGETHER).exists() or not (coming := _of_one_alloy()):
        return
    alloy = coming[0].ticket.alloy
    for tree in standing.filter(alloy=alloy):
        cancel_tree(tree=tree, by=scene.people[Role.CASTER])
    for operation in coming:
        if sum(one.ticket.alloy == alloy for one in waiting(scene.workshop)) < FEWEST_TOGETHER:
            Bench(operation.ticket, scene.people, operation.ticket.customer).until("cast")
    stand_trees(scene)


def _of_one_alloy() -> list[Operation]:
    """What waits for a pour or comes to it, of the alloy of which most does; the nearest first, drawings where it takes them."""
    for crafts in (["pattern", "cast"], ["draw", "pattern", "cast"]):
        coming = Operation.objects.filter(craft__in=crafts, state="ready", ticket__state="open")
        rows = coming.order_by().values("ticket__alloy").annotate(bags=Count("pk")).order_by("-bags", "ticket__alloy")
        most = rows.first()
        if most and most["bags"] >= FEWEST_TOGETHER:
            of_it = coming.filter(ticket__alloy=most["ticket__alloy"]).select_related("ticket__site")
            return list(of_it.order_by("-position", "pk"))
    return []


def send_one_back(scene: Scene) -> None:
    """See that one bag was sent back by the inspector: where none was, the one that is furthest."""
    bags = Ticket.objects.in_the_workshop()
    if bags.filter(operations__attempt__gt=1).exists():
        return
    rows = Operation.objects.filter(craft__in=["polish", "inspect"], state="ready", ticket__state="open")
    furthest = rows.select_related("ticket__site").order_by("craft", "ticket__due_at", "pk").first()
    if furthest is None:
        return
    bench = Bench(furthest.ticket, scene.people, furthest.ticket.customer)
    inspection = bench.until("inspect")
    if inspection is not None:
        bench.send_back(inspection, *FAULTS[1])
