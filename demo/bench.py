"""The demo's people at their benches: a ticket is worked on through the workshop's own actions, as on its pages."""

import io
from dataclasses import dataclass
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from demo.owed import do_what_is_owed
from demo.pictures import FOLDER
from demo.pieces import DESIGNS
from demo.shelves import pictures_of
from foundation.people.models import User
from foundation.people.roles import Role
from foundation.reference.alloys import alloy
from production.casting.actions import Outcome, build_tree, charge_tree, plan_tree, pour, weigh_back
from production.casting.models import Place
from production.designs.actions import upload_revision
from production.designs.models import Brief
from production.intake import approve_design
from production.metal.models import Lot
from production.quality.actions import Seen, pass_piece, send_piece_back
from production.shapes.building import build
from production.shapes.export import stl
from production.stones.questions import set_mct
from production.tickets import actions
from production.tickets.models import Operation, Ticket

PPM_PER_PERMILLE = 1000
MCT_PER_MG = 5
NOT_A_PHOTO = "Computer-made picture; the bench's photo takes its place"


@dataclass
class Bench:
    """One ticket and the people who work on it. `metal_mg` is what its metal weighed last."""

    ticket: Ticket
    people: dict[str, User]
    buyer: str
    metal_mg: int = 0

    @property
    def model_mg(self) -> int:
        """What the metal of the exact model weighs."""
        return self.ticket.predicted_mg or 0

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
        """Do what the operation asks for."""
        done = {"draw": self.draw, "approve": self.approve, "cast": self.cast, "inspect": self.inspect}
        done.get(operation.craft, self.at_the_bench)(operation)

    def by(self, operation: Operation) -> User:
        return self.people[operation.roles[0]]

    def start(self, operation: Operation) -> None:
        actions.start_operation(operation=operation, by=self.by(operation))

    def draw(self, operation: Operation) -> None:
        """A picture and the casting file of the exact model, shown to the buyer."""
        self.start(operation)
        self.show_design(operation)

    def show_design(self, operation: Operation, note: str = "Drawn as you asked, stone included.") -> None:
        designer = self.people[Role.DESIGNER]
        brief = Brief.objects.get(reference=self.ticket.reference)
        piece = build(self.ticket.family, self.ticket.parameters)
        solid = stl(piece, shrinkage_ppm=alloy(self.ticket.alloy).shrink_permille * PPM_PER_PERMILLE)
        cad = SimpleUploadedFile(f"{self.ticket.number}.stl", solid)
        revision = upload_revision(
            brief=brief,
            render=self.picture("design"),
            cad=cad,
            note=note,
            predicted_mg=self.ticket.predicted_mg,
            by=designer,
        )
        actions.show_design(operation=operation, revision=revision, by=designer, action_id=str(uuid4()))

    def approve(self, operation: Operation) -> None:
        approve_design(reference=self.ticket.reference, revision=1, by_name=self.buyer)

    def plan_cast(self, operation: Operation) -> None:
        """Onto a tree, weighed, not charged yet."""
        caster, number = self.by(operation), self.ticket.number
        tree = plan_tree(site=self.ticket.site, operations=[operation], on=timezone.localdate(), by=caster)
        build_tree(
            tree=tree,
            patterns_mg={number: max(self.model_mg // 14, 60)},
            tree_mg=5_200,
            base_mg=4_000,
            flask="7",
            by=caster,
        )

    def cast(self, operation: Operation) -> None:
        """Tree, flask, pour; sprue and button weighed back, 30 mg gone."""
        self.plan_cast(operation)
        caster, number = self.by(operation), self.ticket.number
        tree = Place.objects.select_related("tree").get(operation=operation, is_open=True).tree
        lot = Lot.objects.get(alloy=self.ticket.alloy)
        self.metal_mg = self.model_mg * 112 // 100
        charge = self.metal_mg * 16 // 10 + 4_000
        charge_tree(tree=tree, lots={lot: charge}, by=caster)
        pour(tree=tree, flask_c=560, pour_c=_pour_c(self.ticket.alloy), at=timezone.now(), by=caster)
        weigh_back(
            tree=tree,
            outcome={number: Outcome(1, self.metal_mg)},
            sprue_and_button_mg=charge - self.metal_mg - 30,
            by=caster,
        )

    def at_the_bench(self, operation: Operation) -> None:
        """Any other craft: the evidence it asks for, a little metal filed or polished away."""
        self.start(operation)
        by, wanted = self.by(operation), operation.evidence_needed
        if "weight_in" in wanted:
            actions.weigh(operation=operation, kind="weight_in", mg=self.gross(), by=by, action_id=str(uuid4()))
        if "weight_out" in wanted:
            weighed = self.after(operation)
            actions.weigh(operation=operation, kind="weight_out", mg=weighed, by=by, action_id=str(uuid4()))
        for kind in ("photo", "engraving_proof"):
            if kind in wanted:
                actions.add_photo(
                    operation=operation, upload=self.picture(operation.craft), by=by, action_id=str(uuid4()), kind=kind
                )
        actions.finish_operation(operation=operation, by=by, action_id=str(uuid4()))

    def after(self, operation: Operation) -> int:
        """What leaves a bench: of what the metal still has over the model's weight, two thirds are filed or polished away."""
        self.metal_mg -= max(0, self.metal_mg - self.model_mg) * 2 // 3
        return self.gross(setting=operation.craft == "set")

    def gross(self, *, setting: bool = False) -> int:
        """The piece on the scale, with its stones once they are set."""
        mct = (
            sum(stone["mct"] * stone["count"] for stone in self.ticket.stones)
            if setting
            else set_mct(self.ticket.number)
        )
        return self.metal_mg + (2 * mct + MCT_PER_MG) // (2 * MCT_PER_MG)

    def inspect(self, operation: Operation) -> None:
        self.start(operation)
        pass_piece(operation=operation, seen=self.seen(), by=self.by(operation), action_id=str(uuid4()))

    def send_back(self, operation: Operation) -> None:
        """A stone moves under the needle."""
        self.start(operation)
        send_piece_back(
            operation=operation, seen=self.seen(stones_tight=False), defect="ST-LOO", by=self.by(operation),
            words="The stone turns under the needle at two o’clock.",
        )  # fmt: skip
        do_what_is_owed()

    def seen(self, *, stones_tight: bool = True) -> Seen:
        return Seen(
            gross_mg=self.gross(), ring_inner_um=self.ticket.ring_inner_um, stones_tight=stones_tight, surface_clean=True,
            engraving_read=self.ticket.engraving, hallmark="marked",
        )  # fmt: skip

    def picture(self, craft: str) -> SimpleUploadedFile:
        """The exact model's picture, saying what it is: it never poses as a photo from the bench."""
        design = next(one for one in DESIGNS if one.style == self.ticket.style_code)
        views = pictures_of(design)
        mine = [name for name, told in views if told["alloy"] == self.ticket.alloy] or [name for name, _ in views]
        name = mine[-1] if craft in ("set", "polish") else mine[0]
        words = f"{craft} · {NOT_A_PHOTO}"
        with Image.open(FOLDER / name) as opened:
            shown = opened.convert("RGB")
        pen = ImageDraw.Draw(shown)
        pen.rectangle((0, shown.height - 44, shown.width, shown.height), fill="#0c2522")
        pen.text((16, shown.height - 33), words, fill="#f4f5f2", font=ImageFont.load_default(20))
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=86)
        return SimpleUploadedFile(f"{craft}.jpg", out.getvalue(), "image/jpeg")


def _pour_c(code: str) -> int:
    made = alloy(code)
    return made.pour_c[0] if made.pour_c else 1_000
