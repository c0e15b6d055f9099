"""What she sends back: asked for by her order's link, looked at line by line, paid back as it was shown.

Two rings have come. She asks for both to go back; the packer has them here; sales look at each with a photo, deduct for
the scratched one, read the sum first and say yes. The good ring lies in the tray again. Somebody else withdraws from her
contract in two steps without signing in, before anything has left the house. All of it on a telephone.
"""

import re
import uuid
from decimal import Decimal

from playwright.sync_api import expect

from tests.journeys.walking import (
    choose_from_the_tray,
    fill_address,
    fits,
    into_the_basket,
    open_parcel,
    pack,
    pay_by_card,
    send,
    until,
)

RETURNS = "/en/office/returns/"
GOOD, SCRATCHED = "Eave", "Hearth"


def pence(words):
    """The first amount in these words."""
    return int(Decimal(re.search(r"£([\d,]+(?:\.\d\d)?)", words)[1].replace(",", "")) * 100)


def pay(her, email):
    """Answers the order's number and its link."""
    fill_address(her, email, name="Mara Voss")
    if her.locator("[name=consent]").count():
        her.locator("[name=consent]").check()
    her.get_by_role("button", name=re.compile("^Pay")).last.click()
    pay_by_card(her, "4242424242424242")
    her.wait_for_url(re.compile("/en/orders/"))
    return re.search(r"Order ([A-Z0-9-]+)", her.title())[1], her.url


def two_rings_have_arrived(her, packer):
    into_the_basket(her, "hearth", metal="AG925")
    choose_from_the_tray(her, "eave")
    number, link = pay(her, f"back-{uuid.uuid4().hex[:8]}@example.com")
    open_parcel(packer, number)
    pack(packer)
    send(packer, "PF 471 471 471")
    packer.get_by_role("button", name="It has arrived").click()
    until(her, link, "Your order has arrived")
    return link


def ask_for_both(her, link):
    """By her link: until when, how many of each, why. Answers the return's number."""
    her.get_by_role("link", name="Send something back").click()
    expect(her.get_by_text(re.compile(r"^Until \d+ \w+\.$"))).to_have_count(2)
    for ring in (GOOD, SCRATCHED):
        her.get_by_label(ring).select_option("1")
    her.get_by_text("It does not fit").click()
    her.get_by_label(re.compile("In your words")).fill("Both a size too small.")
    her.get_by_role("button", name="Send it back").click()
    expect(her.get_by_text("We wait for it. We have written to you how to send it.")).to_be_visible()
    fits(her)
    return re.search(r"R-[A-Z0-9]+(?=: )", her.locator("main").inner_text())[0]


def it_is_here(packer, number):
    """The packer finds it in the list, on a telephone, and says where it is."""
    packer.goto(RETURNS)
    fits(packer)
    packer.get_by_role("link", name=number).click()
    packer.locator("[name=site]").select_option(label="London showroom")
    packer.get_by_role("button", name="It is here").click()
    expect(packer.get_by_text("It is here. Look at it, and decide.")).to_be_visible()


def line(sales, ring):
    return sales.locator("fieldset", has=sales.locator("legend", has_text=ring))


def look_at_both(sales, number, photo):
    """As sold, and scratched: the deduction is explained, the sum read, the photo taken, the yes said. Answers the sum."""
    sales.goto(f"{RETURNS}{number}/")
    scratched = line(sales, SCRATCHED)
    scratched.get_by_label("It is").select_option("worn")
    scratched.get_by_label(re.compile("Less paid back")).fill("12.50")
    sales.get_by_role("button", name="See what goes back").click()
    expect(sales.get_by_text("Say what is deducted for: the buyer reads it.").first).to_be_visible()
    line(sales, SCRATCHED).get_by_label(re.compile("For what")).fill("a scratch across the top")
    sales.get_by_role("button", name="See what goes back").click()
    sums = {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in sales.locator("dl div").all()}
    back = pence(sums.pop("Goes back"))
    assert {GOOD, SCRATCHED} <= set(sums)
    assert back == sum(pence(said) for said in sums.values())
    fits(sales)
    line(sales, SCRATCHED).locator("input[type=file]").set_input_files(photo)
    sales.get_by_role("button", name=re.compile("^Yes, send £")).click()
    expect(sales.get_by_text("Decided. The buyer is told.")).to_be_visible()
    shown = sales.request.get(sales.get_by_role("link", name="Photo").get_attribute("href"))
    assert shown.headers["content-type"].startswith("image/")
    return back


def here_of(sales, name):
    """How many of this ring lie in the showroom's tray."""
    sales.goto(f"/en/office/counter/?q={name}")
    rows = sales.locator("section[aria-labelledby=tray] .found li").all_inner_texts()
    return sum(int(re.search(r"(\d+) here", row)[1]) for row in rows)


def test_two_rings_come_back_and_less_is_paid_for_the_scratched_one(visitor, picture):
    her, packer, sales = visitor("phone"), visitor("phone", as_="packer"), visitor("phone", as_="sales")
    link = two_rings_have_arrived(her, packer)
    number = ask_for_both(her, link)
    before = here_of(sales, GOOD)
    it_is_here(packer, number)
    back = look_at_both(sales, number, picture)
    assert here_of(sales, GOOD) == before + 1

    until(her, link, "Credit note")
    note = her.get_by_role("link", name=re.compile("Credit note")).first
    assert her.request.get(note.get_attribute("href")).body().startswith(b"%PDF-")
    until(her, f"{link}return/", "a scratch across the top")
    told = her.locator("main").inner_text()
    assert sum(pence(said) for said in re.findall(r"£[\d,.]+ back", told)) <= back
    her.get_by_role("link", name=re.compile("^Order ")).first.click()
    her.get_by_role("link", name="Send something back").click()
    expect(her.get_by_role("heading", name="Send something back")).to_be_visible()
    expect(her.get_by_role("button", name="Send it back")).to_have_count(0)

    sales.goto("/en/office/findings/")
    sales.get_by_role("button", name="Look at them now").click()
    expect(sales.get_by_text("Looked at just now: no findings.")).to_be_visible()


def withdraw(page, number, email):
    """Two steps: who from which contract, and yes."""
    page.goto("/en/")
    page.get_by_role("link", name="Withdraw from a contract").click()
    page.get_by_label("Your name").fill("Mara Voss")
    page.get_by_label("Order number").fill(number.lower())
    page.get_by_label("E-mail you ordered with").fill(email)
    page.get_by_role("button", name="Withdraw from the contract here").click()
    expect(
        page.get_by_text(f"I, Mara Voss, withdraw from my contract for the pieces of order {number}.")
    ).to_be_visible()
    page.get_by_role("button", name="Confirm withdrawal").click()
    expect(page.get_by_text(re.compile(r"^Received on \d+ \w+ \d{4}, \d\d:\d\d\."))).to_be_visible()
    fits(page)


def test_she_withdraws_from_her_contract_in_two_steps_without_signing_in(visitor):
    her, elsewhere = visitor("phone"), visitor("phone", javascript=False)
    email = f"steps-back-{uuid.uuid4().hex[:8]}@example.com"
    choose_from_the_tray(her, "hearth", metal="AG925")
    number, link = pay(her, email)
    until(her, link, "We are packing your order")

    withdraw(elsewhere, number, "somebody-else@example.com")
    until(her, link, "We are packing your order")
    withdraw(elsewhere, number, email)
    until(her, link, "This order is called off")
    assert pence(her.locator("main").inner_text().partition("goes back the way it came")[0].rpartition("\n")[2]) > 0

    office = visitor("desk", as_="sales")
    until(office, f"/en/office/letters/?to={email}", "withdrawal")
