"""A customer changes her ring's size while it is being made, and then its words.

She has approved the design and the pattern is printed. She sees what a larger size costs and when it leaves, says yes and
pays; the workshop adapts the drawing and prints again. Afterwards she changes a word: that costs nothing, and is made at
once. What is too late is said. A manager puts the bag on hold with a cause and somebody else ends it.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.benches import Workshop
from tests.journeys.test_custom import order
from tests.journeys.walking import pay_by_card, until


@pytest.mark.parametrize(("width", "javascript"), [("phone", False)])
def test_a_size_is_changed_in_the_making_and_paid_and_a_word_is_changed_for_nothing(
    visitor, picture, cad, width, javascript
):
    her = visitor(width, javascript=javascript)
    link = order(her, f"change-{uuid.uuid4().hex[:8]}@example.com", javascript=javascript)
    until(her, link, "is being designed")
    number = re.search(r"Order ([A-Z0-9-]+)", her.title())[1]
    shop = Workshop(visitor, javascript)
    shop.find(f"{number}-1")
    shop.show_design(picture, cad)
    until(her, link, "Approve this design")
    her.locator("input[name=name]").fill("Mara Voss")
    her.get_by_role("button", name="Approve this design").click()
    shop.work("caster", "Print the pattern", photos=[("photo", picture)])

    her.goto(link)
    her.get_by_role("link", name=re.compile("Change size or engraving")).click()
    sizes = her.locator("select[name=size] option")
    now = her.locator("select[name=size]").input_value()
    values = [one.get_attribute("value") for one in sizes.all()]
    her.locator("select[name=size]").select_option(values[values.index(now) + 3])
    her.get_by_role("button", name="See what it means").click()
    expect(her.get_by_text("Adapt the drawing, Print the pattern")).to_be_visible()
    cost = her.get_by_role("button", name=re.compile("Yes, change it and pay £[0-9]+"))
    expect(cost).to_be_visible()
    cost.click()
    pay_by_card(her, "4242424242424242")
    her.wait_for_url(re.compile("/en/orders/"))
    until(her, link, "Changed while it was being made")
    assert "Change (paid)" in her.content()

    manager = shop.page("production_manager")
    until(manager, shop.at, "Adapt the drawing")
    shop.work("designer", "Adapt the drawing", photos=[("photo", picture)])
    shop.work("caster", "Print the pattern", photos=[("photo", picture)])

    her.goto(link)
    her.get_by_role("link", name=re.compile("Change size or engraving")).click()
    her.locator("input[name=engraving]").fill("until the light comes")
    her.get_by_role("button", name="See what it means").click()
    expect(her.get_by_text("nothing")).to_be_visible()
    her.get_by_role("button", name="Yes, change it").click()
    expect(her.get_by_text("The workshop makes it so")).to_be_visible()
    until(manager, shop.at, "until the light comes")

    manager.goto(shop.at)
    manager.get_by_text("Put on hold", exact=True).click()
    manager.locator("select[name=cause]").select_option("material")
    manager.locator("input[name=reason]").fill("Casting resin is out")
    manager.get_by_role("button", name="Hold", exact=True).click()
    expect(manager.get_by_text("Casting resin is out").first).to_be_visible()
    manager.goto("/en/workshop/?show=hold&cause=material")
    expect(manager.get_by_text(shop.ticket).first).to_be_visible()
    caster = shop.page("caster")
    caster.goto(shop.at)
    caster.get_by_role("button", name="Go on with it").click()
    expect(caster.get_by_text("in all")).to_be_visible()
