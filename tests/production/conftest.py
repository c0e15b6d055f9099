"""The workshop's cast for tests: one company in Bangkok, its bench, and people with one craft each."""

import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from foundation.house.models import Calendar, Seller, Site
from foundation.outbox.actions import drain
from foundation.people.models import RoleHeld, User
from foundation.people.roles import STAFF
from production.casting.actions import Outcome, build_tree, charge_tree, plan_tree, pour, weigh_back
from production.designs.actions import upload_revision
from production.designs.models import Brief
from production.intake import StoneWanted, WorkOrder, approve_design, open_ticket
from production.metal.actions import receive_lot
from production.routes.actions import seed_routes
from production.stones.actions import receive_parcel
from production.tickets import actions
from production.tickets.models import Operation, Ticket


def person(role, name=""):
    user = User.objects.create_user(f"{name or role}@ajour.example", name=name or role)
    user.roles_held.create(role=role)
    return user


@pytest.fixture
def seller(db):
    return Seller.objects.create(
        code="workshop", legal_name="Ajour Workshop Co., Ltd.", country="TH", currency="THB", invoice_prefix="AJW"
    )


@pytest.fixture
def site(seller):
    site = Site.objects.create(
        code="bangkok", name="Bangkok", seller=seller, country="TH", time_zone="Asia/Bangkok", is_workshop=True
    )
    Calendar.objects.create(site=site, weekdays=[1, 2, 3, 4, 5])
    return site


@pytest.fixture
def caster(db):
    return person("caster", "somchai")


@pytest.fixture
def setter(db):
    return person("setter", "nok")


@pytest.fixture
def manager(db):
    return person("production_manager", "ploy")


@pytest.fixture
def lot(site, manager):
    return receive_lot(
        number="L-750Y-1",
        site=site,
        alloy="AU750Y",
        gross_mg=100_000,
        supplier="Refiner",
        received_on=date(2026, 11, 2),
        by=manager,
    )


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(db):
    """One person of every role, by role."""
    made = {role: User(email=f"{role}@bench.example", name=role.label) for role in STAFF}
    for user in made.values():
        user.set_unusable_password()
    User.objects.bulk_create(made.values())
    RoleHeld.objects.bulk_create([RoleHeld(user=user, role=role) for role, user in made.items()])
    return made


def picture(name="photo.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "silver").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture(name="picture")
def _picture():
    """Makes a photo to upload."""
    return picture


@pytest.fixture
def order(site):
    """Make a work order; what differs is said."""
    seed_routes()
    receive_parcel(
        number="R-65", site=site, species="ruby", cut="round", length_um=6500, width_um=6500, pcs=10, mct=12_000,
        received_on=date(2026, 11, 2),
    )  # fmt: skip

    def make(**said):
        facts = {
            "reference": uuid4(), "number": "A7K2-1", "purpose": "custom", "kind": "ring_with_stone", "piece_name": "Sill",
            "style_code": "SILL", "family": "solitaire", "parameters": {}, "alloy": "AU750Y", "ring_inner_um": 17_300,
            "stones": (StoneWanted("ruby", "round", 6500, 6500, 1200),), "engraving": "until the light goes",
            "engraving_place": "inside", "finish": "", "plating": "", "quantity": 1, "channel": "web", "brand": "ajour",
            "site": site.code, "language": "en", "customer": "Mara V.", "wish": "", "files": (), "needs_approval": True,
            "promise_on": timezone.localdate() + timedelta(days=21), "picture": None, "picture_alloy": "",
        } | said  # fmt: skip
        return WorkOrder(**facts)

    return make


@pytest.fixture
def ticket(order):
    """An open ticket."""
    number = open_ticket(order())
    drain()
    return Ticket.objects.get(number=number)


class Bench:
    """Does whatever the current operation of a ticket asks for, as the people do it."""

    def __init__(self, ticket, staff, lot):
        self.ticket, self.staff, self.lot = ticket, staff, lot
        self.gross_mg = 0

    @property
    def stones_mg(self):
        """A ruby of 1.20 ct in every piece."""
        return 240 * self.ticket.quantity

    @property
    def current(self):
        return Ticket.objects.get(pk=self.ticket.pk).current

    def until(self, craft):
        """Work on until this craft is next."""
        for _ in range(30):
            drain()
            if self.current is None or self.current.craft == craft:
                return self.current
            getattr(self, f"do_{self.current.craft}", self.do_bench)(self.current)
        raise AssertionError(f"never came to {craft}: {self.current.craft}")

    def by(self, operation):
        return self.staff[operation.roles[0]]

    def start(self, operation):
        return actions.start_operation(operation=operation, by=self.by(operation))

    def finish(self, operation):
        return actions.finish_operation(operation=operation, by=self.by(operation), action_id=str(uuid4()))

    def do_draw(self, operation):
        self.start(operation)
        self.show_another(operation)

    def show_another(self, operation):
        """A further version, shown."""
        designer = self.staff["designer"]
        brief = Brief.objects.get(reference=self.ticket.reference)
        cad = SimpleUploadedFile("sill.stl", b"solid sill")
        upload = {"render": picture(), "cad": cad, "note": "as agreed", "predicted_mg": None}
        revision = upload_revision(brief=brief, by=designer, **upload)
        actions.show_design(operation=operation, revision=revision, by=designer, action_id=str(uuid4()))

    def do_approve(self, operation):
        approve_design(reference=self.ticket.reference, revision=1, by_name="Mara Voss")

    def do_cast(self, operation):
        caster, number = self.by(operation), self.ticket.number
        tree = plan_tree(site=self.ticket.site, operations=[operation], on=timezone.localdate(), by=caster)
        build_tree(tree=tree, patterns_mg={number: 250}, tree_mg=5_000, base_mg=4_000, flask="7", by=caster)
        charge_tree(tree=tree, lots={self.lot: 12_000}, by=caster)
        pour(tree=tree, flask_c=540, pour_c=1020, at=timezone.now(), by=caster)
        cast_mg = int(self.ticket.predicted_mg * 1.12)
        rest = 12_000 - cast_mg - 20
        weigh_back(
            tree=tree, outcome={number: Outcome(self.ticket.quantity, cast_mg)}, sprue_and_button_mg=rest, by=caster
        )
        self.gross_mg = cast_mg

    def do_bench(self, operation):
        """Any other craft: the evidence it asks for, a little lost."""
        self.start(operation)
        by = self.by(operation)
        if "stones_set" in operation.evidence_needed and operation.attempt == 1:
            self.gross_mg += self.stones_mg
        if "weight_in" in operation.evidence_needed:
            actions.weigh(operation=operation, kind="weight_in", mg=self.gross_mg, by=by, action_id=str(uuid4()))
        if "weight_out" in operation.evidence_needed:
            stones_mg = self.stones_mg if operation.craft != "clean" or operation.attempt > 1 else 0
            self.gross_mg -= max(0, (self.gross_mg - self.ticket.predicted_mg - stones_mg) // 2)
            actions.weigh(operation=operation, kind="weight_out", mg=self.gross_mg, by=by, action_id=str(uuid4()))
        for kind in ("photo", "engraving_proof"):
            if kind in operation.evidence_needed:
                actions.add_photo(operation=operation, upload=picture(), by=by, action_id=str(uuid4()), kind=kind)
        self.finish(operation)


@pytest.fixture
def bench(ticket, staff, lot):
    return Bench(ticket, staff, lot)


@pytest.fixture
def bag(site):
    """A ticket whose casting is at hand: `bag("A-1", pieces=2)` answers the casting operation."""

    def bag(number, *, alloy="AU750Y", pieces=1, due_at=datetime(2026, 12, 4, 9, tzinfo=UTC), minutes=40):
        ticket = Ticket.objects.create(
            reference=uuid4(), number=number, alloy=alloy, quantity=pieces, site=site, due_at=due_at,
            promise_on=due_at.date(), order_number=number, purpose="custom", kind="plain_ring", piece_name="Band",
            style_code="B", family="band", channel="web", brand="ajour", language="en",
        )  # fmt: skip
        steps = (
            ("cast", "casting", "caster", ["cast_weight"]),
            ("polish", "finishing", "polisher", []),
        )
        for n, (craft, stage, role, evidence) in enumerate(steps, start=1):
            Operation.objects.create(
                ticket=ticket, position=n * 100, craft=craft, stage=stage, name=craft, roles=[role],
                minutes=minutes, evidence_needed=evidence,
            )  # fmt: skip
        casting = ticket.operations.get(craft="cast")
        casting.move("ready", by=None)
        return casting

    return bag
