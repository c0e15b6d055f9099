"""She changes her mind while her ring is being made, and calls it off on her order's page.

Before anything is cast, when it is cast, and when it is finished: each time she reads the rule and what goes back before
she says yes. Afterwards her page says what went back, with a credit note; the bag is closed, the stone can be had again,
the metal's books sum to nothing, and the office, looking at all its books, finds nothing.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.benches import Workshop
from tests.journeys.test_custom import WORDS, order, stone
from tests.journeys.walking import until


class Ring:
    """Her ring: what it cost, and how far it is."""

    def __init__(self, visitor, picture, cad, *, width, javascript):
        self.photo, self.cad = picture, cad
        self.her = visitor(width, javascript=javascript)
        self.link = order(self.her, f"off-{uuid.uuid4().hex[:8]}@example.com", javascript=javascript)
        until(self.her, self.link, "is being designed")
        self.number = re.search(r"Order ([A-Z0-9-]+)", self.her.title())[1]
        self.shop = Workshop(visitor, javascript, WORDS)
        self.shop.find(f"{self.number}-1")

    def before_casting(self):
        self.shop.show_design(self.photo, self.cad)
        until(self.her, self.link, "Approve this design")
        self.her.locator("input[name=name]").fill("Mara Voss")
        self.her.get_by_role("button", name="Approve this design").click()
        self.shop.work("caster", "Print the pattern", photos=[("photo", self.photo)])

    def cast(self):
        self.before_casting()
        self.shop.cast()

    def finished(self):
        self.cast()
        shop, seen = self.shop, [("photo", self.photo)]
        filed = shop.predicted + (shop.mg - shop.predicted) // 2
        shop.work("bench_jeweller", "File and fit", photos=seen, weight_in=shop.mg, weight_out=filed)
        stone_mg = stone(self.her, self.link)
        shop.work("setter", "Set the stones", photos=seen, weight_out=filed + stone_mg)
        shop.work("polisher", "Polish", photos=seen, weight_out=shop.predicted + stone_mg)
        shop.work("polisher", "Engrave", photos=[("engraving_proof", self.photo)])


def pence(words):
    """The first amount in these words."""
    return round(float(re.search(r"£([\d,]+(?:\.\d\d)?)", words)[1].replace(",", "")) * 100)


def fact(page, label):
    """The amount that stands under this label."""
    return pence(page.locator("dl div", has_text=label).last.locator("dd").inner_text())


def call_it_off(ring, rule):
    """She reads the rule and the sums, and says yes. Answers what goes back."""
    her = ring.her
    her.goto(ring.link)
    her.get_by_role("link", name="Call it off").click()
    expect(her.get_by_text(rule)).to_be_visible()
    paid = pence(re.search(r"Paid for it (£[\d,.]+)", her.locator("main").inner_text())[1])
    kept, delivery = fact(her, "Kept for the work done"), fact(her, "Delivery, paid back")
    back = fact(her, "Goes back")
    assert kept > 0
    assert back == paid - kept + delivery
    her.get_by_label(re.compile("Why it is called off")).fill("we have parted")
    yes = her.get_by_role("button", name=re.compile("^Yes, call it off and send £"))
    assert pence(yes.inner_text()) == back
    yes.click()
    expect(her.get_by_text("It is called off. We have written to you.")).to_be_visible()
    return back


def everything_is_in_its_place(visitor, ring, back, state):
    """Her page, the credit note, the bag, the metal, and all books together."""
    her, shop = ring.her, ring.shop
    until(her, ring.link, "This order is called off")
    until(her, ring.link, "Credit note")
    assert any(pence(said) == back for said in re.findall(r"£[\d,]+(?:\.\d\d)?", her.locator("main").inner_text()))
    note = her.get_by_role("link", name=re.compile("Credit note"))
    assert her.request.get(note.get_attribute("href")).body().startswith(b"%PDF-")
    expect(her.get_by_role("link", name="Call it off")).to_have_count(0)

    manager = shop.page("production_manager")
    until(manager, shop.at, state)
    manager.goto("/en/workshop/metal/")
    sums = manager.locator("section[aria-labelledby=sum] dd").all_inner_texts()
    assert all(re.match(r"0\.000", said) for said in sums), sums
    assert f"TICKET/{shop.ticket}" not in manager.content()

    office = visitor("desk", as_="sales")
    office.goto(f"/en/office/orders/{ring.number}/")
    expect(office.get_by_text("we have parted").first).to_be_visible()
    assert pence(office.get_by_text(re.compile("^Taken back £")).first.inner_text()) >= back
    office.goto("/en/office/findings/")
    office.get_by_role("button", name="Look at them now").click()
    expect(office.get_by_text("Looked at just now: no findings.")).to_be_visible()


@pytest.mark.parametrize(
    ("far", "rule", "width", "javascript"),
    [
        ("before_casting", "a fifth of the making is kept", "phone", False),
        ("cast", "three fifths of the making are kept", "phone", True),
        ("finished", "the making is kept", "desk", True),
    ],
)
def test_a_ring_is_called_off_on_her_page_and_everything_goes_back_to_its_place(
    visitor, picture, cad, far, rule, width, javascript
):
    ring = Ring(visitor, picture, cad, width=width, javascript=javascript)
    getattr(ring, far)()
    back = call_it_off(ring, re.compile(rule))
    everything_is_in_its_place(visitor, ring, back, "Cancelled")
