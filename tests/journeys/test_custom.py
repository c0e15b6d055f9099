"""A customer orders a ring of her own and watches it being made.

She chooses stone, size and words, pays the deposit, asks for a change in the design, approves the second. The ring is
cast on a tree of its own, filed, set, polished, engraved, found with a loose stone and sent back, passed, packed;
she pays the balance and the parcel leaves. Nobody here needs a script: the second time it is walked without one.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.benches import Workshop
from tests.journeys.walking import fill_address, open_parcel, pack, pay_by_card, send, until

WORDS = "until the light goes"


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


@pytest.mark.parametrize(("width", "javascript"), [("desk", True), ("phone", False)])
def test_a_ring_of_her_own_is_designed_made_sent_back_passed_and_sent_while_she_watches(
    visitor, picture, cad, width, javascript
):
    her = visitor(width, javascript=javascript)
    link = order(her, f"own-{uuid.uuid4().hex[:8]}@example.com", javascript=javascript)
    until(her, link, "is being designed")
    number = re.search(r"Order ([A-Z0-9-]+)", her.title())[1]
    shop = Workshop(visitor, javascript, WORDS)
    shop.find(f"{number}-1")
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
    until(her, link, "is being filed and set")
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
