"""What more than one journey does: an address, a card, a parcel."""

import html
import re

from playwright.sync_api import expect


def until(page, path, words):
    """Look again until the page says so: what follows an act is carried by Celery. Only the last look is drawn."""
    for _ in range(200):
        if words in html.unescape(page.request.get(path).text()):
            page.goto(path)
            return
        page.wait_for_timeout(400)
    page.goto(path)
    raise AssertionError(f"{path} never said “{words}”")


def into_the_basket(page, slug, metal=""):
    """A ring in a size that lies ready."""
    page.goto(f"/en/pieces/{slug}/?metal={metal}" if metal else f"/en/pieces/{slug}/")
    ready = page.locator("[name=size] option", has_text="in stock").first
    page.locator("[name=size]").select_option(ready.get_attribute("value"))
    page.get_by_role("button", name=re.compile("Add to basket")).click()
    page.wait_for_url(re.compile("/en/basket/"))


def choose_from_the_tray(page, slug, metal=""):
    """A ring in a size that lies ready; on to checkout as a guest."""
    into_the_basket(page, slug, metal)
    page.get_by_role("link", name="Check out as a guest").click()


def fill_address(page, email, name="Mara Voss"):
    page.locator("[name=email]").fill(email)
    page.locator("[name=name]").fill(name)
    page.locator("[name=line1]").fill("2 Mill Lane")
    page.locator("[name=city]").fill("Bath")
    page.locator("[name=postcode]").fill("BA1 1AA")


def pay_by_card(page, number):
    page.get_by_label("Card number").fill(number)
    page.get_by_role("button", name=re.compile("^Pay")).click()


def open_parcel(packer, number):
    """The packer types the order's number into the scan box, once there is something of it to pack."""
    start = packer.get_by_role("button", name="Start packing")
    for _ in range(200):
        packer.goto(f"/en/packing/?code={number}")
        if re.search(r"/packing/P-", packer.url) and start.count():
            return packer.url
        packer.wait_for_timeout(400)
    raise AssertionError(f"no parcel to pack for {number}")


def pack(packer):
    """Start, scan every piece, tick every supply, wait for the papers, seal."""
    packer.get_by_role("button", name="Start packing").click()
    expect(packer.get_by_role("button", name="Put it in")).to_be_visible()
    codes = packer.locator("section[aria-labelledby=goes-in] li .mono").all_inner_texts()
    for done, code in enumerate(codes, start=1):
        packer.locator("input[name=code]").last.fill(code)
        packer.get_by_role("button", name="Put it in").click()
        expect(packer.locator("section[aria-labelledby=goes-in] li[data-state=done]")).to_have_count(done)
    boxes = packer.get_by_role("button", name="Packed", exact=True)
    for left in reversed(range(boxes.count())):
        boxes.first.click()
        expect(boxes).to_have_count(left)
    for _ in range(200):
        packer.reload()
        if packer.get_by_role("link", name=re.compile("Care card")).count():
            break
        packer.wait_for_timeout(400)
    packer.get_by_role("button", name="Seal the parcel").click()
    expect(packer.get_by_text("Sealed").first).to_be_visible()


def send(packer, tracking):
    """Hand it over, once the desk has released it."""
    hand_over = _once_released(packer, "Hand to the carrier")
    packer.get_by_label("Tracking number").fill(tracking)
    hand_over.click()
    expect(packer.get_by_text("On its way").first).to_be_visible()


def take_to_the_counter(packer, who):
    """One of us takes it to the counter where it is collected: by name, without a number to follow it by."""
    off = _once_released(packer, "It is on its way to the counter")
    off.click()
    expect(packer.get_by_text("Write down who takes it to the counter.")).to_be_visible()
    packer.get_by_label("Who takes it there").fill(who)
    off.click()
    expect(packer.get_by_text(f"Taken there by {who}")).to_be_visible()


def _once_released(packer, name):
    button = packer.get_by_role("button", name=name)
    for _ in range(200):
        if button.count() and button.get_attribute("aria-disabled") is None:
            break
        packer.wait_for_timeout(400)
        packer.reload()
    return button


def fits(page):
    """Nothing on the page is wider than the telephone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
