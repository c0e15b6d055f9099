"""The workshop as its people see it in a browser: one ticket, worked on bench by bench."""

import re

from playwright.sync_api import expect

from tests.journeys.walking import until


def charge(page, mg):
    """Weigh so much metal out of the lots that hold most, as the page says what they hold."""

    def held_mg(box):
        told = page.locator(f"[id='{box.get_attribute('aria-describedby')}']").inner_text()
        return round(float(re.search(r"[\d.]+", told.replace(",", ""))[0]) * 1000)

    page.locator("input[name^=lot-]").first.wait_for()
    for box in sorted(page.locator("input[name^=lot-]").all(), key=held_mg, reverse=True):
        taken = min(held_mg(box), mg)
        box.fill(f"{taken / 1000:.3f}" if taken else "")
        mg -= taken
    assert not mg, f"{mg} mg more than all lots hold"


class Workshop:
    """The people at the benches, at one ticket."""

    def __init__(self, visitor, javascript=True, words=""):
        self.visitor, self.javascript, self.words = visitor, javascript, words
        self.pages, self.ticket, self.mg, self.predicted, self.inner = {}, "", 0, 0, ""

    def page(self, role):
        if role not in self.pages:
            self.pages[role] = self.visitor("desk", javascript=self.javascript, as_=role)
        return self.pages[role]

    def find(self, work_order):
        """The ticket of this work order, once Celery has opened it."""
        page = self.page("production_manager")
        for _ in range(120):
            page.goto(f"/en/workshop/?code={work_order}")
            if re.search(r"/workshop/T-", page.url):
                self.ticket = page.url.rstrip("/").rpartition("/")[2]
                self.predicted = round(
                    float(re.search(r"([\d.]+)\s*g\b", self.fact(page, "Weight by design"))[1]) * 1000
                )
                return
            page.wait_for_timeout(400)
        raise AssertionError(f"no ticket opened for {work_order}")

    def fact(self, page, label):
        return page.locator(".bench-piece .facts div", has_text=label).first.locator("dd").inner_text()

    @property
    def at(self):
        return f"/en/workshop/{self.ticket}/"

    def show_design(self, picture, cad):
        """To a customer who is asked."""
        page = self._draw(picture, cad, "Show it and ask for approval")
        expect(page.get_by_text("Waits for the customer").first).to_be_visible()

    def draw(self, picture, cad):
        """What nobody has to approve."""
        page = self._draw(picture, cad, "Keep this drawing")
        expect(page.get_by_role("heading", name="Design 1")).to_be_visible()

    def _draw(self, picture, cad, button):
        page = self.page("designer")
        page.goto(f"{self.at}design/")
        page.locator("input[name=render]").set_input_files(picture)
        page.locator("input[name=cad]").set_input_files(cad)
        page.get_by_role("button", name=button).click()
        return page

    def work(self, role, title, *, photos=(), **grams):
        """Start the operation with this title, leave what it asks for, finish it."""
        page = self.page(role)
        start, now = page.get_by_role("button", name="Start"), page.locator("li[data-state=now]", has_text=title)
        for _ in range(120):
            page.goto(self.at)
            if start.count() and now.count():
                break
            page.wait_for_timeout(400)
        else:
            raise AssertionError(f"{self.ticket} never came to “{title}”")
        start.click()
        expect(page.locator("#work h2")).to_have_text(title)
        for kind, mg in grams.items():
            page.locator(f"input[name={kind}]").fill(f"{mg / 1000:.3f}")
        for kind, path in photos:
            page.locator(f"input[name={kind}]").set_input_files(path)
        page.locator("button[form=work]").click()
        expect(page.locator("#work")).to_have_count(0)

    def cast(self):
        """On a tree of its own, from a charge of 12 g, 20 mg of it gone."""
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
        charge(page, 12_000)
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
        if self.words:
            page.locator("input[name=engraving]").fill(self.words)
        page.locator("select[name=hallmark]").select_option("marked")
        if verdict == "pass":
            if page.locator("input[name=stones_tight]").count():
                page.locator("input[name=stones_tight]").check()
            page.get_by_role("button", name="Pass", exact=True).click()
        else:
            page.get_by_text("Send it back", exact=True).first.click()
            page.locator("select[name=defect]").select_option("ST-LOO")
            page.locator("input[name=words]").fill("moves at 10×")
            page.get_by_role("button", name="Send it back to the bench").click()
        page.wait_for_url(re.compile("/workshop/quality/"))
