"""Over the counter: a ring sold for cash with its receipt, one collected, cash over the law's limit refused, the till counted.

Sales stand at the counter with a telephone and with a large screen; the second time nothing of it needs a script.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import (
    choose_from_the_tray,
    fill_address,
    open_parcel,
    pack,
    pay_by_card,
    take_to_the_counter,
    until,
)

COUNTER = "/en/office/counter/"


def pounds(words):
    """The first amount in these words, in pence."""
    whole, _dot, pence = re.search(r"£([\d,]+(?:\.\d\d)?)", words)[1].replace(",", "").partition(".")
    return int(whole) * 100 + int(pence or 0)


def in_pounds(minor):
    return f"{minor // 100}.{minor % 100:02}"


def expected(page):
    """What the books say lies in the till."""
    page.goto(f"{COUNTER}till/showroom/")
    return pounds(page.locator("#expected").inner_text())


def put_on_till(page, sku):
    """Scan it; answers what is to be paid."""
    page.get_by_label("Name, stock number, or scan").fill(sku)
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".till .total")).to_be_visible()
    return pounds(page.locator(".till .total").inner_text())


def who_buys(page, name, phone):
    who = page.locator(".till details")
    if who.get_attribute("open") is None:
        who.locator("summary").click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=phone]").fill(phone)


def pay_cash(page, given_minor):
    page.locator("[name=tendered]").fill(in_pounds(given_minor))
    page.get_by_role("button", name="Paid and handed over").click()


def a_sku(page, *, dearer_than=0):
    """The first stock number in the showroom's tray that costs more than so much."""
    page.goto(COUNTER)
    rows = page.locator("section[aria-labelledby=tray] .found li").all()
    dear = next(row for row in rows if pounds(row.locator(".num").last.inner_text()) > dearer_than)
    return dear.locator(".mono").first.inner_text()


@pytest.mark.parametrize(("width", "javascript"), [("desk", True), ("phone", False)])
def test_a_piece_is_sold_for_cash_with_its_change_and_receipt_and_the_till_is_counted(visitor, width, javascript):
    sales = visitor(width, javascript=javascript, as_="sales")
    before, sku = expected(sales), a_sku(sales)
    total = put_on_till(sales, sku)
    who_buys(sales, f"Mara {uuid.uuid4().hex[:6]}", f"+44 7700 {uuid.uuid4().int % 10**6:06}")
    pay_cash(sales, total - 1)
    expect(sales.get_by_text("£0.01 is missing.").first).to_be_visible()
    pay_cash(sales, total + 20_00)
    expect(sales.locator("#change")).to_have_text("£20")
    receipt = sales.request.get(sales.get_by_role("link", name="Receipt (PDF)").get_attribute("href"))
    assert receipt.body().startswith(b"%PDF-")

    assert expected(sales) == before + total
    sales.get_by_label("Counted in the till").fill(in_pounds(before + total + 5_00))
    sales.get_by_role("button", name="Close the day").click()
    expect(sales.get_by_text("The till does not hold what the books say").first).to_be_visible()
    sales.get_by_label("Counted in the till").fill(in_pounds(before + total))
    sales.get_by_label("Of this, taken to the bank").fill(in_pounds(total))
    sales.get_by_role("button", name="Close the day").click()
    expect(sales.locator("section[aria-labelledby=before] tbody tr").first).to_contain_text("Hannah Reid")
    assert expected(sales) == before


@pytest.fixture
def small_limit(visitor):
    """An admin brings the limit down to a hundred pounds; the house's own stands again afterwards."""
    admin = visitor("desk", as_="admin")
    admin.goto(f"{COUNTER}cash/uk/")
    before, law = (admin.locator(f"[name={name}]").input_value() for name in ("limit", "source"))
    _set_limit(admin, "100")
    yield law
    _set_limit(admin, re.sub(r"[^\d.]", "", before))


def _set_limit(admin, limit):
    admin.goto(f"{COUNTER}cash/uk/")
    admin.locator("[name=limit]").fill(limit)
    admin.locator("[name=ask_who]").fill("50")
    admin.get_by_role("button", name="Write it down").click()
    expect(admin.get_by_text("Written down.").first).to_be_visible()


def test_cash_over_the_limit_is_refused_with_the_law_and_a_card_is_taken_instead(visitor, small_limit):
    sales = visitor("desk", as_="sales")
    sku = a_sku(sales, dearer_than=100_00)
    total = put_on_till(sales, sku)
    assert total > 100_00
    who_buys(sales, f"June {uuid.uuid4().hex[:6]}", f"+44 7700 {uuid.uuid4().int % 10**6:06}")
    pay_cash(sales, total)
    refusal = sales.get_by_text("over the limit of £100").first
    expect(refusal).to_contain_text("Money Laundering Regulations 2017")
    expect(refusal).to_contain_text("Take a card or a transfer")
    sales.locator("[name=method][value=terminal]").check(force=True)
    sales.locator("[name=slip]").fill("T-000471")
    sales.get_by_role("button", name="Paid and handed over").click()
    expect(sales.get_by_text("T-000471")).to_be_visible()
    assert sku in sales.locator(".on-till").inner_text()


def test_an_order_is_collected_in_person_once(visitor):
    her, sales = visitor("phone"), visitor("phone", as_="sales")
    choose_from_the_tray(her, "eave")
    fill_address(her, f"comes-{uuid.uuid4().hex[:8]}@example.com", name="Mara Voss")
    if her.locator("[name=consent]").count():
        her.locator("[name=consent]").check()
    her.locator("label.radio", has_text="Collected at the London showroom").click()
    her.get_by_role("button", name=re.compile("^Pay")).click()
    pay_by_card(her, "4242424242424242")
    her.wait_for_url(re.compile("/en/orders/"))
    expect(her.get_by_text("Collected at the London showroom").first).to_be_visible()
    link, number = her.url, re.search(r"Order ([A-Z0-9-]+)", her.title())[1]

    sales.goto(f"{COUNTER}collections/{number}/")
    sales.get_by_role("button", name="Handed over").click()
    expect(
        sales.get_by_text(re.compile("Not all of it has come to the counter yet|not paid in full")).first
    ).to_be_visible()
    packer = visitor("desk", as_="packer")
    open_parcel(packer, number)
    pack(packer)
    take_to_the_counter(packer, "Somchai, with the van")
    packer.get_by_role("button", name="It has arrived").click()
    until(sales, f"{COUNTER}collections/?q={number}", "here, to be handed over")
    sales.locator(".found a", has_text=number).click()
    sales.get_by_label("What they showed, or a note").fill("passport")
    sales.get_by_role("button", name="Handed over").click()
    expect(sales.get_by_text("To Mara Voss, by Hannah Reid")).to_be_visible()
    expect(sales.get_by_role("button", name="Handed over")).to_have_count(0)
    until(her, link, "Mara Voss")
