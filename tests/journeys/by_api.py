"""A house for the journeys through the API: the demo's own people, metal, stones and boxes, and two of its pieces.

Everything is asked of the API, by HTTP requests within the process; what Celery owes is done after each. The hosted
payment page is the stand-in's, filled as a browser fills it, and its signed news comes to our webhook.
"""

import io
import secrets
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from demo import house, people, shelves, workshop
from demo.catalogue import DESIGNS
from foundation.house.models import Site
from foundation.outbox.actions import drain
from store.catalogue.actions import add_photo
from store.catalogue.models import Piece
from store.pricing.actions import list_piece
from tests.calling import Caller
from tests.standins.conftest import Browser
from tests.store.conftest import stripe  # noqa: F401  the till of every journey

GOOD_CARD, DECLINED_CARD = "4242 4242 4242 4242", "4000 0000 0000 0002"
MARA = {
    "email": "mara@example.com", "name": "Mara Voss", "country": "GB", "line1": "2 Mill Lane", "city": "Bath",
    "postcode": "BA1 1AA",
}  # fmt: skip


@pytest.fixture
def on_show():
    """The pieces that the house shows."""
    return ("sill", "eave")


@pytest.fixture
def staff(on_show, settings, tmp_path, monkeypatch, transactional_db):
    """The people of the house by role, each at the API; metal, stones and boxes are there."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(shelves, "DESIGNS", [design for design in DESIGNS if design.slug in on_show])
    monkeypatch.setattr(shelves, "_hang_pictures", one_small_picture)
    brand, hired, now = house.open_house(), people.hire(), timezone.now()
    bangkok, london = Site.objects.get(code="bangkok"), Site.objects.get(code="london")
    workshop.enter_fixings(today=now.date(), by=hired["admin"])
    workshop.stock_metal(site=bangkok, today=now.date(), by=hired["admin"])
    workshop.stock_stones(site=bangkok, today=now.date())
    workshop.set_benches(site=bangkok)
    workshop.stock_packing(brand=brand)
    shelves.shelve(brand=brand, site=london, by=hired["admin"], now=now)
    drain()
    for piece in Piece.objects.all():
        list_piece(piece_id=piece.pk)
    return {role: Caller(user) for role, user in hired.items()}


def one_small_picture(piece, design, by):
    """The demo's own pictures are large, and these journeys look at none."""
    add_photo(piece=piece, upload=photo(), by=by, alloy=design.pictured[0], view="three_quarter", alt=design.name)


class Shopper(Caller):
    """A guest whose program makes its own secret for the basket."""

    def __init__(self, till):
        super().__init__(**{"Basket-Token": secrets.token_urlsafe(32)})
        self.till, self.link, self.heard = till, "", set()

    def check_out(self, **more):
        """Ask what it comes to, agree to that, and keep the order's secret link. Answers the placed order."""
        sums = self.get("checkout/", country="GB")
        agreed = {"delivery": sums["ways"][0]["value"], "agreed": sums["now_minor"]}
        placed = self.post("checkout/", **MARA, **agreed, **more)
        assert (placed["now_minor"], placed["total_minor"]) == (sums["now_minor"], sums["total_minor"])
        self.link = f"orders/{placed['token']}/"
        return placed

    @property
    def order(self):
        """Where the order stands, by its secret link."""
        drain()
        return self.get(self.link)

    def pay(self, payment_url, card):
        """Fill the hosted page. Answers its refusal, "" when it was paid; then the news reaches us, and the browser."""
        page = self.ask(urlsplit(payment_url).path)["Location"]
        status, where = Browser().pay(page, card)
        self._hear_the_news()
        if status not in (302, 303):
            return where
        back = urlsplit(where)
        assert self.ask(f"{back.path}?{back.query}").status_code == 302
        drain()
        return ""

    def _hear_the_news(self):
        for event in self.till.events():
            if event["id"] not in self.heard:
                self.heard.add(event["id"])
                assert self.till.deliver(event) == 200
        drain()


@pytest.fixture
def mara(stripe):  # noqa: F811
    """Somebody who buys as a guest."""
    return Shopper(stripe)


class Workshop:
    """The benches, at the ticket of one work order, as its people's programs see it."""

    def __init__(self, staff, work_number):
        self.staff, self.manager = staff, staff["production_manager"]
        found = self.manager.get("tickets/", search=work_number)["results"]
        assert len(found) == 1
        self.number = found[0]["number"]
        self.at = f"tickets/{self.number}/"

    @property
    def ticket(self):
        return self.manager.get(self.at)

    @property
    def current(self):
        left = [o for o in self.ticket["operations"] if o["state"] not in ("done", "skipped", "failed")]
        return left[0] if left else None

    def holds_mg(self):
        """What the books hold in the bag; all books together hold nothing more than came in, to a tenth of a microgram."""
        assert set(self.manager.get("metal/")["sums_dug"].values()) == {0}
        return self.ticket["metal"]["gross_mg"]

    def show_design(self, note):
        return self.staff["designer"].post(f"{self.at}designs/", render=photo(), cad=cad(), note=note)

    def work(self, role, craft, **left):
        """Start what is next, which is this craft; finish it with what it leaves behind."""
        current, person = self.current, self.staff[role]
        assert (current["craft"], current["state"]) == (craft, "ready")
        person.post(f"operations/{current['id']}/start/", state="ready")
        done = person.post(f"operations/{current['id']}/finish/", state="running", **left)
        assert done["state"] == "done"
        return done


def photo(name="ring.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (320, 400), "silver").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def cad(name="sill.stl"):
    return SimpleUploadedFile(name, b"solid sill\nendsolid sill\n", "model/stl")


def parcel_of(packer, order_number, *, state=""):
    """The parcel of an order, as the packer finds it in the list; `state` tells several apart."""
    drain()
    rows = [row for row in packer.get("parcels/")["results"] if row["order_number"] == order_number]
    found = [row for row in rows if not state or row["state"] == state]
    assert len(found) == 1
    return f"parcels/{found[0]['number']}/"


def pack(packer, at, *, wrong_code="AJ-9999"):
    """Scan a wrong piece, then the right ones; tick the supplies; read label and care card; seal."""
    packer.post(f"{at}start/")
    assert wrong_code in packer.refused(f"{at}scan/", code=wrong_code)["detail"]
    for content in packer.get(at)["contents"]:
        packer.post(f"{at}scan/", code=content["serial"] or content["sku"])
    packer.post(f"{at}supplies/")
    papers = {paper["kind"]: fetched(packer, paper["url"]) for paper in packer.get(at)["papers"]}
    assert set(papers) == {"label", "care_card"}
    assert all(paper.startswith(b"%PDF-") for paper in papers.values())
    return packer.post(f"{at}seal/")


def fetched(caller, url):
    """The bytes behind an address that the API told."""
    answer = caller.ask(urlsplit(url).path)
    assert answer.status_code == 200, url
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
