"""A customer orders a ring of her own and watches it being made.

She chooses stone, size and words, pays the deposit, asks for a change in the design, approves the second. The ring is
cast on a tree of its own, filed, set, polished, engraved, found with a loose stone and sent back, passed, packed;
she pays the balance and the parcel leaves. Nobody here needs a script: the second time it is walked without one.
"""

import io
import re
import uuid

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.walking import fill_address, open_parcel, pack, pay_by_card, send

WORDS = "until the light goes"


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "render.jpg"
    Image.new("RGB", (800, 1000), "silver").save(path)
    return path


@pytest.fixture
def cad(tmp_path):
    path = tmp_path / "sill.stl"
    path.write_bytes(io.BytesIO(b"solid sill\nendsolid sill\n").getvalue())
    return path


def until(page, path, words):
    """Look again until the page says so: what follows an act is carried by Celery."""
    for _ in range(120):
        page.goto(path)
        if words in page.content():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{path} never said “{words}”")


def order(page, email, *, javascript):
    page.goto("/en/pieces/sill/")
    labels = page.locator("#id_stone option:not([disabled])").all_inner_texts()
    page.locator("#id_stone").select_option(label=next(label for label in labels if ", red," in label))
    page.locator("[name=engraving]").fill(WORDS)
    if javascript:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)
    else:
        page.get_by_role("button", name="Work out the price").click()
    expect(page.locator("[name=engraving]")).to_have_value(WORDS)
    page.get_by_role("button", name=re.compile("Add to basket")).click()
    page.wait_for_url(re.compile("/en/basket/"))
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_role("link", name="Check out as a guest").click()
    fill_address(page, email)
    page.locator("[name=consent]").check()
    page.get_by_role("button", name=re.compile("Pay|Go to payment")).last.click()
    pay_by_card(page, "4242424242424242")
    page.wait_for_url(re.compile("/en/orders/"))
    return page.url


class Workshop:
    """The people at the benches, at one ticket."""

    def __init__(self, visitor, javascript):
        self.visitor, self.javascript = visitor, javascript
        self.pages, self.ticket, self.mg, self.predicted, self.stones_mg = {}, "", 0, 0, 0

    def page(self, role):
        if role not in self.pages:
            self.pages[role] = self.visitor("desk", javascript=self.javascript, as_=role)
        return self.pages[role]

    def find(self, number):
        page = self.page("production_manager")
        for _ in range(120):
            page.goto(f"/en/workshop/?code={number}-1")
            if re.search(r"/workshop/T-", page.url):
                self.ticket = page.url.rstrip("/").rpartition("/")[2]
                self.predicted = round(
                    float(re.search(r"([\d.]+)\s*g\b", self.fact(page, "Weight by design"))[1]) * 1000
                )
                return
            page.wait_for_timeout(500)
        raise AssertionError(f"no ticket opened for {number}")

    def fact(self, page, label):
        return page.locator(".bench-piece .facts div", has_text=label).first.locator("dd").inner_text()

    @property
    def at(self):
        return f"/en/workshop/{self.ticket}/"

    def show_design(self, picture, cad):
        page = self.page("designer")
        page.goto(f"{self.at}design/")
        page.locator("input[name=render]").set_input_files(picture)
        page.locator("input[name=cad]").set_input_files(cad)
        page.get_by_role("button", name="Show it and ask for approval").click()
        expect(page.get_by_text("Waits for the customer").first).to_be_visible()

    def work(self, role, title, *, photos=(), **grams):
        """Start the operation with this title, leave what it asks for, finish it."""
        page = self.page(role)
        for _ in range(120):
            page.goto(self.at)
            if (
                page.get_by_role("button", name="Start").count()
                and page.locator("li[data-state=now]", has_text=title).count()
            ):
                break
            page.wait_for_timeout(500)
        page.get_by_role("button", name="Start").click()
        expect(page.locator("#work h2")).to_have_text(title)
        for kind, mg in grams.items():
            page.locator(f"input[name={kind}]").fill(f"{mg / 1000:.3f}")
        for kind, path in photos:
            page.locator(f"input[name={kind}]").set_input_files(path)
        page.locator("button[form=work]").click()
        page.wait_for_timeout(4000)
        assert not page.locator("#work").count(), (title, page.locator(".notice").all_inner_texts())

    def cast(self):
        page = self.page("caster")
        until(page, "/en/workshop/casting/", self.ticket)
        mine = page.locator("form", has=page.locator(f"text={self.ticket}")).first
        for box in mine.locator("input[name=operation]").all():
            box.uncheck()
        mine.locator("label", has_text=self.ticket).locator("input").check()
        mine.get_by_role("button", name="Put them on a tree").click()
        page.locator(f"input[name='pattern-{self.ticket}']").fill("0.25")
        for name, grams in (("tree", "5.00"), ("base", "4.00"), ("flask", "7")):
            page.locator(f"input[name={name}]").fill(grams)
        page.get_by_role("button", name="The wax is weighed").click()
        page.locator("input[name^=lot-]").first.fill("12.00")
        page.get_by_role("button", name="Issue the metal").click()
        page.get_by_role("button", name="Poured").click()
        self.mg = self.predicted * 110 // 100
        page.locator(f"input[name='cast-{self.ticket}']").fill(f"{self.mg / 1000:.3f}")
        page.locator("input[name=sprue]").fill(f"{(12_000 - self.mg - 20) / 1000:.3f}")
        page.get_by_role("button", name="Weighed back").click()
        expect(page.get_by_text("This tree is closed")).to_be_visible()

    def inspect(self, verdict):
        page = self.page("inspector")
        path = f"{self.at}inspect/"
        until(page, path, "Measured and seen")
        page.locator("input[name=weight]").fill(f"{self.mg / 1000:.3f}")
        page.locator("input[name=inner]").fill(re.search(r"[\d.]+", self.inner)[0])
        page.locator("input[name=surface_clean]").check()
        page.locator("input[name=engraving]").fill(WORDS)
        page.locator("select[name=hallmark]").select_option("marked")
        if verdict == "pass":
            page.locator("input[name=stones_tight]").check()
            page.get_by_role("button", name="Pass", exact=True).click()
        else:
            page.get_by_text("Send it back", exact=True).first.click()
            page.locator("select[name=defect]").select_option("ST-LOO")
            page.locator("input[name=words]").fill("moves at 10×")
            page.get_by_role("button", name="Send it back to the bench").click()
        page.wait_for_url(re.compile("/workshop/quality/"))


@pytest.mark.parametrize(("width", "javascript"), [("desk", True), ("phone", False)])
def test_a_ring_of_her_own_is_designed_made_sent_back_passed_and_sent_while_she_watches(
    visitor, picture, cad, width, javascript
):
    her = visitor(width, javascript=javascript)
    link = order(her, f"own-{uuid.uuid4().hex[:8]}@example.com", javascript=javascript)
    until(her, link, "is being designed")
    number = re.search(r"Order ([A-Z0-9-]+)", her.title())[1]
    shop = Workshop(visitor, javascript)
    shop.find(number)
    shop.inner = shop.fact(shop.page("production_manager"), "Inside")

    shop.show_design(picture, cad)
    until(her, link, "Approve this design")
    her.locator("textarea[name=text]").fill("Could the claws be finer?")
    her.get_by_role("button", name="Ask for a change").click()
    until(shop.page("designer"), f"{shop.at}design/", "Could the claws be finer?")
    shop.show_design(picture, cad)
    until(her, link, "design 2")
    her.locator("input[name=name]").fill("Mara Voss")
    her.get_by_role("button", name="Approve this design").click()

    shop.work("caster", "Print the pattern", photos=[("photo", picture)])
    shop.cast()
    until(her, link, "on the setter’s bench")
    filed = shop.predicted + (shop.mg - shop.predicted) // 2
    shop.work("bench_jeweller", "File and fit", photos=[("photo", picture)], weight_in=shop.mg, weight_out=filed)
    stone_mg = stone(her, link)
    shop.work("setter", "Set the stones", photos=[("photo", picture)], weight_out=filed + stone_mg)
    shop.mg = shop.predicted + stone_mg
    shop.work("polisher", "Polish", photos=[("photo", picture)], weight_out=shop.mg)
    shop.work("polisher", "Engrave", photos=[("engraving_proof", picture)])

    shop.inspect("rework")
    until(her, link, "goes back to the bench")
    again = {"weight_in": shop.mg, "weight_out": shop.mg}
    shop.work("bench_jeweller", "File and fit", photos=[("photo", picture)], **again)
    shop.work("setter", "Set the stones", photos=[("photo", picture)], weight_out=shop.mg)
    shop.work("polisher", "Polish", photos=[("photo", picture)], weight_out=shop.mg)
    shop.work("polisher", "Engrave", photos=[("engraving_proof", picture)])
    shop.inspect("pass")

    packer = shop.page("packer")
    open_parcel(packer, number)
    pack(packer)
    until(her, link, "Your order is finished and packed")
    her.locator(".pay-now button").click()
    pay_by_card(her, "4242424242424242")
    her.wait_for_url(re.compile("/en/orders/"))
    send(packer, "PF 987 654 321")
    until(her, link, "PF987654321")

    caster = shop.page("caster")
    caster.goto("/en/workshop/metal/")
    sums = caster.locator("section[aria-labelledby=sum] dd").all_inner_texts()
    assert sums
    assert all(re.match(r"0\.000", said) for said in sums), sums
    assert f"TICKET/{shop.ticket}" not in caster.content()


def stone(page, link):
    """What her stone weighs, as her order says it."""
    page.goto(link)
    carats = re.search(r"(\d\.\d+)\s*ct", page.locator("aside").inner_text())
    return round(float(carats[1]) * 200)
