"""The demo's people at their benches: a ticket is worked on through the workshop's own actions, as on its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from demo.owed import do_what_is_owed
from demo.photos import STAGES_OF, labelled
from demo.shelves import making_of
from foundation.people.models import User
from foundation.people.roles import Role
from foundation.reference.alloys import alloy
from production.casting.actions import Outcome, build_tree, charge_tree, plan_tree, pour, weigh_back
from production.casting.models import Place, Tree
from production.designs.actions import upload_revision
from production.designs.models import Brief, Comment, Revision
from production.intake import approve_design
from production.metal import books
from production.metal.models import Lot
from production.metal.questions import gross, lots_held
from production.quality.actions import Seen, pass_piece, send_piece_back
from production.shapes.building import build
from production.shapes.export import stl
from production.stones.questions import set_mct
from production.tickets import actions
from production.tickets.flow import OperationState
from production.tickets.models import Operation, Ticket

PPM_PER_PERMILLE = 1000
MCT_PER_MG = 5
LOOSE = "The stone turns under the needle at two o’clock."
RESIN_MG_PER_CM3 = 1_090
BASE_MG, TRUNK_MG, TRUNK_A_BAG_MG = 4_000, 350, 120


@dataclass
class Bench:
    """One ticket and the people who work on it."""

    ticket: Ticket
    people: dict[str, User]
    buyer: str

    @property
    def model_mg(self) -> int:
        """What the metal of the exact model weighs, for all that the bag asks for."""
        return self.ticket.predicted_mg or 0

    @property
    def metal_mg(self) -> int:
        """The metal in the bag now, as the books have it."""
        return gross(books.ticket(self.ticket.number), alloy=self.ticket.alloy)

    @property
    def current(self) -> Operation | None:
        return Ticket.objects.get(pk=self.ticket.pk).current

    def until(self, craft: str) -> Operation | None:
        """Work on until this craft is next."""
        do_what_is_owed()
        while (operation := self.current) is not None and operation.craft != craft:
            self.work(operation)
            do_what_is_owed()
        return self.current

    def work(self, operation: Operation) -> None:
        """Do what the operation asks for, begun and ended at once."""
        if operation.craft == "approve":
            approve_design(reference=self.ticket.reference, revision=1, by_name=self.buyer)
        elif operation.craft == "cast":
            self.cast(operation)
        else:
            self.begin(operation)
            self.end(operation)

    def by(self, operation: Operation) -> User:
        return self.people[operation.roles[0]]

    def begin(self, operation: Operation) -> None:
        """Take the bag to the bench, and weigh it where that is asked for."""
        by = self.by(operation)
        actions.start_operation(operation=operation, by=by)
        if "weight_in" in operation.evidence_needed:
            actions.weigh(operation=operation, kind="weight_in", mg=self.gross(), by=by, action_id=str(uuid4()))

    def end(self, operation: Operation) -> None:
        """What the craft leaves behind; the bag goes on."""
        done = {"draw": self.show_design, "inspect": self.let_pass}
        done.get(operation.craft, self.put_down)(operation)

    def show_design(self, operation: Operation, note: str = "Drawn as you asked, stone included.") -> None:
        """A picture and the casting file of the exact model, shown to the buyer."""
        designer, ticket = self.people[Role.DESIGNER], self.ticket
        cad = SimpleUploadedFile(f"{ticket.number}.stl", casting_file_of(ticket))
        revision = upload_revision(
            brief=Brief.objects.get(reference=ticket.reference), render=self.picture("design"), cad=cad, note=note,
            predicted_mg=ticket.predicted_mg, by=designer,
        )  # fmt: skip
        actions.show_design(operation=operation, revision=revision, by=designer, action_id=str(uuid4()))

    def draw_again(self) -> bool:
        """A second version, where the buyer asked for one. False where nobody did."""
        asked = Comment.objects.filter(revision__brief__reference=self.ticket.reference, from_customer=True)
        newest = Revision.objects.filter(brief__reference=self.ticket.reference).last()
        operation = self.current
        if operation is None or newest is None or not asked.filter(revision=newest).exists():
            return False
        self.show_design(operation, "Changed as you asked.")
        return True

    def cast(self, operation: Operation) -> None:
        """A tree of its own: built, poured, weighed back."""
        caster = self.by(operation)
        tree = stand_on_tree([operation], flask="7", by=caster)
        pour_tree(tree, by=caster)
        divide_tree(tree, by=caster)

    def put_down(self, operation: Operation) -> None:
        """Any other craft: the evidence it asks for, a little metal filed or polished away."""
        by, wanted = self.by(operation), operation.evidence_needed
        if "weight_out" in wanted:
            weighed = self.after(operation)
            actions.weigh(operation=operation, kind="weight_out", mg=weighed, by=by, action_id=str(uuid4()))
        for kind in ("photo", "engraving_proof"):
            if kind in wanted:
                self.photograph(operation, kind)
        actions.finish_operation(operation=operation, by=by, action_id=str(uuid4()))

    def photograph(self, operation: Operation, kind: str) -> None:
        """What the work is by now; before filing, also the casting on its sprue. A picture that is the same is sent once."""
        made = making_of(self.ticket.style_code, self.ticket.alloy)
        stages = [stage for stage in STAGES_OF.get(operation.craft, ()) if stage in made] or [""]
        for stage in stages:
            actions.add_photo(
                operation=operation, upload=self.picture(operation.craft, stage), by=self.by(operation),
                action_id=str(uuid4()), kind=kind,
            )  # fmt: skip

    def after(self, operation: Operation) -> int:
        """What leaves a bench: of what the metal still has over the model's weight, two thirds are filed or polished away."""
        held = self.metal_mg
        left = held - max(0, held - self.model_mg) * 2 // 3
        if operation.craft == "clean" and (filings := (held - left) * 7 // 10):
            actions.weigh(
                operation=operation, kind="filings", mg=filings, by=self.by(operation), action_id=str(uuid4())
            )
        return self.gross(left, setting=operation.craft == "set")

    def gross(self, metal_mg: int | None = None, *, setting: bool = False) -> int:
        """The piece on the scale, with its stones once they are set."""
        mct = (
            sum(stone["mct"] * stone["count"] for stone in self.ticket.stones) * self.ticket.quantity
            if setting
            else set_mct(self.ticket.number)
        )
        return (self.metal_mg if metal_mg is None else metal_mg) + (2 * mct + MCT_PER_MG) // (2 * MCT_PER_MG)

    def let_pass(self, operation: Operation) -> None:
        pass_piece(operation=operation, seen=self.seen(), by=self.by(operation), action_id=str(uuid4()))

    def send_back(self, operation: Operation, defect: str = "ST-LOO", words: str = LOOSE) -> None:
        """It is begun if it is not; then it fails, and goes back with the reason."""
        if operation.state == OperationState.READY:
            self.begin(operation)
        seen = self.seen(stones_tight=defect != "ST-LOO", surface_clean=defect != "FI-SCR")
        send_piece_back(operation=operation, seen=seen, defect=defect, by=self.by(operation), words=words)
        do_what_is_owed()

    def seen(self, *, stones_tight: bool = True, surface_clean: bool = True) -> Seen:
        return Seen(
            gross_mg=self.gross(), ring_inner_um=self.ticket.ring_inner_um, stones_tight=stones_tight, surface_clean=surface_clean,
            engraving_read=self.ticket.engraving, hallmark="marked",
        )  # fmt: skip

    def picture(self, craft: str, stage: str = "") -> SimpleUploadedFile:
        """The exact model's picture at this stage, saying what it is: it never poses as a photo from the bench."""
        made = labelled(self.ticket.style_code, self.ticket.alloy, craft, stage)
        return SimpleUploadedFile(f"{stage or craft}.jpg", made, "image/jpeg")


def casting_file_of(ticket: Ticket) -> bytes:
    """The casting file of the exact model, larger by what the alloy shrinks."""
    return _casting_file(ticket.family, tuple(sorted(ticket.parameters.items())), ticket.alloy)


@lru_cache(maxsize=64)
def _casting_file(family: str, told: tuple[tuple[str, int | str], ...], alloy_code: str) -> bytes:
    return stl(build(family, dict(told)), shrinkage_ppm=alloy(alloy_code).shrink_permille * PPM_PER_PERMILLE)


def stand_on_tree(operations: Sequence[Operation], *, flask: str, by: User) -> Tree:
    """Bags of one alloy on a new tree, their patterns and the tree weighed."""
    tickets = [operation.ticket for operation in operations]
    tree = plan_tree(site=tickets[0].site, operations=operations, on=timezone.localdate(), by=by)
    density = alloy(tree.alloy).density_mg_per_cm3
    patterns = {one.number: max(60, (one.predicted_mg or 0) * RESIN_MG_PER_CM3 // density) for one in tickets}
    weighs = BASE_MG + sum(patterns.values()) + TRUNK_MG + TRUNK_A_BAG_MG * len(tickets)
    return build_tree(tree=tree, patterns_mg=patterns, tree_mg=weighs, base_mg=BASE_MG, flask=flask, by=by)


def pour_tree(tree: Tree, *, by: User) -> None:
    """As much metal as the tree asks for and its pieces need: clean returns as far as the alloy bears them, the rest from lots."""
    pieces = sum(_cast_mg(place) for place in tree.places.select_related("operation__ticket"))
    charge = -(-max(tree.wanted_mg or 0, pieces * 14 // 10) // 100) * 100
    most = charge * alloy(tree.alloy).remelt_limit_percent // 100
    returns = min(most, gross(books.scrap(tree.alloy), alloy=tree.alloy)) // 100 * 100
    charge_tree(tree=tree, lots=_from_lots(tree, charge - returns), returns_mg=returns, by=by)
    pour(tree=tree, flask_c=560, pour_c=_pour_c(tree.alloy), at=timezone.now(), by=by)


def _from_lots(tree: Tree, wanted_mg: int) -> dict[Lot, int]:
    """The oldest metal first."""
    taken: dict[Lot, int] = {}
    for lot, held_mg in lots_held(site=tree.site.code, alloy=tree.alloy):
        if left := wanted_mg - sum(taken.values()):
            taken[lot] = min(left, held_mg)
    return taken


def divide_tree(tree: Tree, *, by: User) -> None:
    """Cut off and weighed: pieces, sprue and button; two thousandths of the charge are gone."""
    places = list(tree.places.select_related("operation__ticket"))
    outcome = {place.ticket: Outcome(place.pieces, _cast_mg(place)) for place in places}
    charged = tree.charged_mg()
    rest = charged - sum(one.mg for one in outcome.values()) - max(20, charged * 2 // 1000)
    weigh_back(tree=tree, outcome=outcome, sprue_and_button_mg=rest, by=by)


def _cast_mg(place: Place) -> int:
    """A casting outweighs the finished piece by an eighth."""
    ticket = place.operation.ticket
    return (ticket.predicted_mg or 0) * place.pieces * 112 // (100 * ticket.quantity)


def _pour_c(code: str) -> int:
    made = alloy(code)
    return made.pour_c[0] if made.pour_c else 1_000
