"""A customer buys a ready-made ring: from the shelf to her door.

She filters by metal, chooses her size, checks out as a guest, has one card declined, pays with another, and follows
the parcel by her secret link while the packer scans, packs and sends it.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import fill_address, open_parcel, pack, pay_by_card, send, until


def choose_a_band(page):
    page.goto("/en/collections/rings/?metal=yellow&from=500&to=1200")
    expect(page.get_by_role("heading", name="Sill")).to_have_count(0)
    page.get_by_role("link", name="Eave").first.click()
    expect(page.get_by_role("heading", name="Eave", level=1)).to_be_visible()
    page.get_by_role("button", name=re.compile("Add to basket")).click()
    page.wait_for_url(re.compile("/en/basket/"))
    expect(page.get_by_role("heading", name="Eave")).to_be_visible()


def letters_to(visitor, email):
    """What the house has written to somebody, as the office reads it."""
    office = visitor("desk", as_="sales")
    office.goto(f"/en/office/letters/?to={email}")
    return office


@pytest.mark.parametrize(("width", "javascript"), [("desk", True), ("phone", False)])
def test_a_ready_made_ring_goes_from_the_shelf_to_the_door(visitor, width, javascript):
    email = f"mara-{uuid.uuid4().hex[:8]}@example.com"
    page = visitor(width, javascript=javascript)
    choose_a_band(page)
    page.get_by_role("link", name="Check out as a guest").click()
    fill_address(page, email)
    consent = page.locator("[name=consent]")
    if consent.count():
        consent.check()
    if javascript:
        page.get_by_role("button", name=re.compile("Pay|Go to payment")).last.click()
    else:
        page.locator("[name=postcode]").press("Enter")  # it presses the order, not the first button of the form

    pay_by_card(page, "4000000000000002")
    expect(page.get_by_text("declined").first).to_be_visible()
    pay_by_card(page, "4242424242424242")
    page.wait_for_url(re.compile("/en/orders/"))
    link = page.url
    until(page, link, "We are packing your order")
    expect(page.get_by_role("heading", level=1)).to_contain_text("We are packing your order")
    number = re.search(r"Order ([A-Z0-9-]+)", page.title())[1]

    packer = visitor("desk", as_="packer")
    parcel = open_parcel(packer, number)
    pack(packer)
    send(packer, "PF 123 456 789")
    until(page, link, "PF123456789")
    expect(page.get_by_text("PF123456789").first).to_be_visible()
    packer.goto(parcel)
    packer.get_by_role("button", name="It has arrived").click()
    until(page, link, "Your order has arrived")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your order has arrived")

    office = letters_to(visitor, email)
    expect(office.get_by_role("row")).not_to_have_count(0)
    expect(office.locator("table")).to_contain_text(email)


def test_a_wrong_piece_is_refused_at_the_station_with_both_numbers(visitor):
    packer = visitor("desk", as_="packer")
    packer.goto("/en/packing/")
    waiting = packer.locator(".col").first.locator("article a")
    if not waiting.count():
        pytest.fail("the demo has no parcel to pack")
    waiting.first.click()
    packer.get_by_role("button", name="Start packing").click()
    packer.locator("input[name=code]").last.fill("AJ-9999")
    packer.get_by_role("button", name="Put it in").click()
    expect(packer.get_by_role("alert")).to_contain_text(re.compile("Wrong piece.*AJ-9999", re.DOTALL))
    packer.get_by_role("link", name="Back to the parcel").click()
    expect(packer.locator("li[data-state=done]")).to_have_count(0)


def test_an_abandoned_payment_keeps_the_basket(visitor):
    page = visitor("desk")
    choose_a_band(page)
    page.get_by_role("link", name="Check out as a guest").click()
    fill_address(page, "abandons@example.com")
    page.get_by_role("button", name=re.compile("Pay|Go to payment")).last.click()
    page.get_by_role("link", name=re.compile("back|cancel", re.IGNORECASE)).first.click()
    page.goto("/en/basket/")
    expect(page.get_by_role("heading", name="Eave")).to_be_visible()


def test_another_buyer_s_order_and_a_made_up_link_are_not_found(visitor):
    page = visitor("desk")
    answer = page.goto("/en/orders/not-a-token-of-ours-0123456789/")
    assert answer.status in {403, 404}
