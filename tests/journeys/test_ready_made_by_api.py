"""A ready-made ring, from the shelf to her door, through the API alone."""

from store.catalogue.models import Stock
from tests.journeys.by_api import (  # noqa: F401
    DECLINED_CARD,
    GOOD_CARD,
    mara,
    on_show,
    pack,
    parcel_of,
    staff,
    stripe,
)


def test_a_ready_made_ring_goes_from_the_shelf_to_the_door_through_the_api(staff, mara):  # noqa: F811
    packer = staff["packer"]

    # She filters the pieces that are ready now in yellow gold, and chooses her size.
    assert "eave" in [row["slug"] for row in mara.get("pieces/", when="ready", metal="yellow")["results"]]
    ring = next(v for v in mara.get("pieces/eave/")["variants"] if v["alloy"] == "AU750Y" and v["available"])
    in_the_tray = ring["available"]
    quote = mara.get("pieces/eave/quote/", metal="AU750Y", size=str(ring["ring_inner_um"]))
    assert quote["ready"]
    assert quote["gross_minor"] == ring["price_minor"]

    # One ring in the basket, however often her program sends it.
    chosen = {"piece": "eave", "metal": "AU750Y", "size": str(ring["ring_inner_um"])}
    for _ in range(2):
        basket = mara.post("basket/", key="one-eave-please", **chosen, agreed_minor=quote["gross_minor"])
    assert [line["quantity"] for line in basket["lines"]] == [1]
    assert basket["problems"] == []

    # Checked out as a guest; a card that is declined charges nothing; the next one pays.
    placed = mara.check_out()
    assert "declined" in mara.pay(placed["payment_url"], DECLINED_CARD)
    assert mara.order["state"] == "awaiting_payment"
    assert mara.pay(placed["payment_url"], GOOD_CARD) == ""
    order = mara.order
    assert (order["state"], order["money"]) == ("confirmed", "paid")
    assert mara.till.balance() == {"gbp": order["gross_minor"]} == {"gbp": placed["total_minor"]}

    # The packer scans the wrong ring, then hers; label and care card are printed; it is sealed and handed over.
    at = parcel_of(packer, placed["number"])
    assert pack(packer, at)["state"] == "sealed"
    assert packer.post(f"{at}dispatch/", tracking_number="PF 123 456 789")["tracking_number"] == "PF123456789"
    assert mara.order["parcels"][0]["tracking_url"].endswith("PF123456789")
    packer.post(f"{at}deliver/")

    # It has arrived, and the tray holds one ring less.
    order = mara.order
    assert order["delivery_state"] == "delivered"
    assert order["parcels"][0]["delivered_at"]
    left = Stock.objects.get(variant=ring["id"])
    assert (left.on_hand, left.held) == (in_the_tray - 1, 0)
