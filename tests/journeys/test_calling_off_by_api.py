"""She changes her mind, at every point of the making, through the API alone: what she was told goes back goes back.

Each time the metal's books are in balance, the stone is to be had again, nothing of the ring is owed or owing, and the
nightly look at the books finds nothing.
"""

import pytest
from django.utils import timezone

from config.reconcile import QUESTIONS
from foundation.outbox.actions import drain
from store.payments.models import MoneyEntry
from tests.journeys.by_api import (  # noqa: F401
    Workshop,
    mara,
    on_show,
    pack,
    parcel_of,
    photo,
    staff,
    stripe,
)
from tests.journeys.test_custom_by_api import agree_on_a_design, cast_on_a_tree, inspect, order_her_ring

pytestmark = pytest.mark.django_db(transaction=True)


def design(mara, shop):  # noqa: F811
    agree_on_a_design(mara, shop)
    shop.work("caster", "pattern", photo=photo())


def cast(mara, shop):  # noqa: F811
    cast_on_a_tree(shop, shop.ticket["predicted_mg"] * 110 // 100)


def assemble(mara, shop):  # noqa: F811
    predicted, held = shop.ticket["predicted_mg"], shop.holds_mg()
    filed = predicted + (held - predicted) // 2
    shop.work("bench_jeweller", "clean", photo=photo(), weight_in_mg=held, weight_out_mg=filed, filings_mg=50)
    shop.staff["setter"].post(f"{shop.at}stones/issue/")
    shop.work("setter", "set", photo=photo(), weight_out_mg=filed + stone_mg(shop))


def finish(mara, shop):  # noqa: F811
    shop.work("polisher", "polish", photo=photo(), weight_out_mg=shop.ticket["predicted_mg"] + stone_mg(shop))
    shop.work("polisher", "engrave", engraving_proof=photo())


def check(mara, shop):  # noqa: F811
    gross = shop.ticket["predicted_mg"] + stone_mg(shop)
    assert inspect(shop, gross, verdict="pass")["verdict"] == "pass"
    drain()


def stone_mg(shop):
    return (2 * shop.ticket["stones_held"][0]["mct"] + 5) // 10


STEPS = {"begun": design, "cast": cast, "set": assemble, "finished": finish, "made": check}
FAR = {"": "not_begun", "begun": "begun", "cast": "cast", "set": "cast", "finished": "finished", "made": "made"}
PERCENT = {"not_begun": 0, "begun": 20, "cast": 60, "finished": 100, "made": 100}


def everything_balances(staff, mara):  # noqa: F811
    drain()
    for name, ask in QUESTIONS.items():
        assert list(ask(timezone.now())) == [], name
    assert set(staff["production_manager"].get("metal/")["sums_dug"].values()) == {0}
    debit = sum(e.amount_minor for e in MoneyEntry.objects.filter(debit="customers"))
    assert debit == sum(e.amount_minor for e in MoneyEntry.objects.filter(credit="customers"))


@pytest.mark.parametrize("point", FAR)
def test_a_ring_is_called_off_at_every_point(staff, mara, point):  # noqa: F811
    placed, ruby = order_her_ring(mara)
    shop = Workshop(staff, f"{placed['number']}-1")
    for name, step in STEPS.items():
        if not point:
            break
        step(mara, shop)
        if name == point:
            break

    offer = mara.get(f"{mara.link}cancel/")
    told = offer["lines"][0]
    assert told["far"] == FAR[point]
    line = mara.order["lines"][0]
    work = round(line["gross_minor"] * line["making_minor"] / line["net_minor"])
    assert told["kept_minor"] == pytest.approx(work * PERCENT[FAR[point]] / 100, abs=1)
    assert offer["back_minor"] == placed["now_minor"] - offer["kept_minor"]
    assert mara.refused(f"{mara.link}cancel/", agreed="0:0:")["detail"].startswith("It would be another sum")
    assert mara.post(f"{mara.link}cancel/", agreed=offer["agreed"])["state"] == "cancelled"

    assert mara.order["money"] == ("part_back" if offer["kept_minor"] else "refunded")
    assert mara.till.balance() == {"gbp": offer["kept_minor"]}
    assert shop.holds_mg() == 0
    assert shop.ticket["state"] == ("finished" if point == "made" else "cancelled")
    mara.refused(f"{mara.link}cancel/", agreed=offer["agreed"])
    if point == "made":
        melt_it(staff)
    piece = mara.get("pieces/sill/")
    assert any(stone["id"] == ruby["id"] for stone in piece["stones"])
    everything_balances(staff, mara)


def melt_it(staff):  # noqa: F811
    """It bears her words: nobody else can have it, and the office gives it to the pot."""
    left = staff["sales"].get("office/left/")["results"][0]
    assert left["state"] == "lying"
    staff["sales"].refused(f"office/left/{left['id']}/shelve/", price_minor=100_000)
    assert staff["sales"].post(f"office/left/{left['id']}/melt/")["state"] == "melted"


def test_once_the_carrier_has_it_it_is_a_return(staff, mara):  # noqa: F811
    """A plain band from the tray: until it leaves it is called off in full, sealed or not."""
    chosen = {"piece": "eave", "metal": "AU750Y", "size": str(17_109)}
    quote = mara.get("pieces/eave/quote/", metal="AU750Y", size=str(17_109))
    mara.post("basket/", **chosen, agreed_minor=quote["gross_minor"])
    placed = mara.check_out()
    mara.pay(placed["payment_url"], "4242 4242 4242 4242")
    packer, at = staff["packer"], parcel_of(staff["packer"], placed["number"])
    pack(packer, at)
    offer = mara.get(f"{mara.link}cancel/")
    assert offer["back_minor"] == placed["total_minor"]
    packer.post(f"{at}dispatch/", tracking_number="PF123456789")
    refusal = mara.refused(f"{mara.link}cancel/", agreed=offer["agreed"])["detail"]
    assert "on its way" in refusal
    assert mara.till.balance() == {"gbp": placed["total_minor"]}
    everything_balances(staff, mara)
