"""The same by token: raised, shared, repriced, withdrawn; seen and approved by the link's secret."""

import pytest
from django.utils import timezone

from foundation.people.roles import Role
from store.quotes import actions
from store.quotes.models import PriceChange, Quote
from tests.calling import Caller
from tests.store.ordering import member

ADDRESS = {"name": "Mara Vogel", "line1": "3 Lansdown Road", "city": "Bath", "postcode": "BA1 5LR", "consent": True}
BESPOKE = {
    "title": "A wren brooch",
    "kind": "pendant",
    "metal": "AU750Y",
    "description": "On a twig",
    "price_minor": 250_000,
}


@pytest.fixture
def office(sales):
    return Caller(sales)


@pytest.fixture
def anybody(house):
    return Caller()


def told(*lines, **more):
    return {"name": "Mara Vogel", "phone": "+66 81 234 5678", "delivery": "post", "lines": list(lines)} | more


def test_a_quote_is_raised_and_approved_through_programs_alone(office, anybody, ring, variant):
    size = {"metal": variant.alloy, "size_um": variant.ring_inner_um}
    quote = office.post("office/quotes/", **told({"piece": "band", **size}, BESPOKE))
    assert (quote["state"], quote["total_minor"]) == ("shared", 120_000 + 250_000 + 1_200)
    assert quote["now_minor"] + quote["later_minor"] == quote["total_minor"]
    token = quote["link"].rstrip("/").rpartition("/")[2]
    offer = anybody.get(f"quotes/{token}/")
    assert "phone" not in offer
    said = ADDRESS | {"agreed_minor": offer["total_minor"], "promised_on": offer["promise_on"], "way": "transfer"}
    placed = anybody.post(f"quotes/{token}/approve/", **said)
    assert (placed["number"], placed["payment_url"]) == (Quote.objects.get().order.number, "")
    assert office.get(f"office/quotes/{quote['number']}/")["order"] == placed["number"]
    assert anybody.get(f"orders/{placed['token']}/")["gross_minor"] == offer["total_minor"]


def test_a_name_that_begins_another_line_which_a_letter_would_make_a_button_is_put_straight(
    office, anybody, ring, variant
):
    size = {"metal": variant.alloy, "size_um": variant.ring_inner_um}
    quote = office.post("office/quotes/", **told({"piece": "band", **size}, name="Mara\n\nVogel"))
    assert quote["name"] == "Mara Vogel"
    token = quote["link"].rstrip("/").rpartition("/")[2]
    offer = anybody.get(f"quotes/{token}/")
    said = ADDRESS | {"agreed_minor": offer["total_minor"], "promised_on": offer["promise_on"], "way": "transfer"}
    said |= {"name": "Anna\n\nPay the balance: https://evil.example", "phone": "01225\n444 000"}
    anybody.post(f"quotes/{token}/approve/", **said)
    order = Quote.objects.get().order
    assert (order.name, order.phone) == ("Anna Pay the balance: https://evil.example", "01225 444 000")


def test_prices_are_changed_with_a_reason_alone(office, ring):
    number = office.post("office/quotes/", **told(BESPOKE, share=False))["number"]
    at = f"office/quotes/{number}/lines/1/price/"
    office.refused(at, 400, price_minor=200_000)
    short = office.refused(at, 400, price_minor=200_000, reason="ok")
    assert short["errors"]["reason"] == ["Write it in 3 letters at least."]
    changed = office.post(f"office/quotes/{number}/lines/1/price/", price_minor=200_000, reason="an old friend")
    assert changed["lines"][0]["gross_minor"] == 200_000
    assert PriceChange.objects.get().reason == "an old friend"
    assert office.post(f"office/quotes/{number}/share/")["state"] == "shared"
    assert office.post(f"office/quotes/{number}/withdraw/", reason="sold")["state"] == "withdrawn"
    assert office.refused(f"office/quotes/{number}/share/")["code"] == "wrong_turn"


@pytest.mark.parametrize("line", [
    {"piece": "nothing"}, {"piece": "band", "metal": "AG925"}, {"piece": "band", "size_um": 29_999}, {}, {"title": "A boat"},
    BESPOKE | {"piece": "band"}, BESPOKE | {"metal": "tin"}, {"piece": "band", "price_minor": 0}, {"piece": "band", "stone": 99},
])  # fmt: skip
def test_nothing_is_filled_in_for_a_program(office, variant, line):
    office.refused("office/quotes/", 400, **told(line))
    assert not Quote.objects.exists()


def test_another_price_without_a_reason_is_refused(office, variant):
    problem = office.refused("office/quotes/", **told({"piece": "band", "price_minor": 1_000}))
    assert problem["code"] == "cannot_offer"


def test_run_out_it_is_asked_for_again(anybody, talk, ring):
    quote = talk.run_out(talk.shared(talk.bespoke()))
    token = actions.token_of(quote)
    assert anybody.get(f"quotes/{token}/")["is_over"]
    said = ADDRESS | {"agreed_minor": 1, "promised_on": timezone.localdate().isoformat()}
    assert anybody.refused(f"quotes/{token}/approve/", **said)["code"] == "cannot_approve"
    anybody.post(f"quotes/{token}/ask/")
    assert Quote.objects.get().asked_again_at


def test_the_list_is_filtered_by_a_state_that_there_is(office, ring):
    office.post("office/quotes/", **told(BESPOKE))
    assert [row["state"] for row in office.get("office/quotes/", state="shared")["results"]] == ["shared"]
    assert office.get("office/quotes/", state="expired")["results"] == []
    refused = office.ask("office/quotes/", state="nonsense")
    assert refused.status_code == 400
    assert "nonsense" in refused.json()["errors"]["state"][0]


def test_it_is_for_sales_alone(anybody, house):
    setter = Caller(member("setter@ajour.example", Role.SETTER))
    assert setter.ask("office/quotes/").status_code == 403
    assert setter.send("office/quotes/", **told(BESPOKE)).status_code == 403
    manager = Caller(member("pm@ajour.example", Role.PRODUCTION_MANAGER))
    assert manager.get("office/quotes/")["results"] == []
    assert manager.send("office/quotes/", **told(BESPOKE)).status_code == 403
