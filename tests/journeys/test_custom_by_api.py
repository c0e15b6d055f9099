"""A ring of her own, from the first drawing to her door, through the API alone.

She asks for a change and approves the second design by name; the ring is cast on a tree, filed, set, polished and
engraved; an inspector who did not make it finds a loose stone and sends it back, then passes it; it is packed and
sealed; she pays the balance, and only then it leaves. Every gram of metal is accounted for at every step.
"""

import pytest

from tests.journeys.by_api import (  # noqa: F401
    GOOD_CARD,
    Workshop,
    fetched,
    mara,
    on_show,
    pack,
    parcel_of,
    photo,
    staff,
    stripe,
)

WORDS = "until the light goes"
CHARGE_MG, LOST_IN_THE_POUR_MG = 12_000, 20
STAGES = ["design", "casting", "assembly", "finishing", "quality", "packaging"]


def order_her_ring(mara):  # noqa: F811
    """A ruby with a report, set in yellow gold, engraved: quoted, put into the basket, the deposit paid."""
    piece = mara.get("pieces/sill/")
    ruby = next(stone for stone in piece["stones"] if stone["report_number"] == "D26-041127")
    chosen = {"metal": "AU750Y", "size": str(17_109), "stone": str(ruby["id"]), "engraving": WORDS, "place": "inside"}
    quote = mara.get("pieces/sill/quote/", **chosen)
    assert quote["metal_minor"] + quote["stones_minor"] + quote["making_minor"] == quote["net_minor"]
    mara.post("basket/", piece="sill", **chosen, wish="A little lower, please.", agreed_minor=quote["gross_minor"])
    placed = mara.check_out(consent=True)
    assert placed["now_minor"] < placed["total_minor"]
    assert mara.pay(placed["payment_url"], GOOD_CARD) == ""
    assert mara.order["money"] == "part"
    return placed, ruby


def agree_on_a_design(mara, shop):  # noqa: F811
    """The first is commented on, the second approved by name; the first can no longer be."""
    shop.show_design("as drawn")
    work = mara.order["works"][0]["id"]
    answer = f"{mara.link}designs/{work}"
    mara.post(f"{answer}/1/comment/", text="Could the claws be finer?")
    first = shop.staff["designer"].get(f"{shop.at}designs/")[0]
    assert [c["text"] for c in first["comments"]] == ["Could the claws be finer?"]
    shop.show_design("finer claws")
    mara.refused(f"{answer}/1/approve/", name="Mara Voss")
    assert mara.post(f"{answer}/2/approve/", name="Mara Voss")["approved_by"] == "Mara Voss"
    newest = shop.staff["designer"].get(f"{shop.at}designs/")[0]
    assert (newest["number"], newest["state"], newest["approved_by_name"]) == (2, "approved", "Mara Voss")
    assert fetched(shop.staff["caster"], newest["cad"]).startswith(b"solid sill")


def cast_on_a_tree(shop, cast_mg):
    """One tree: its wax weighed, metal issued from a lot, poured, and divided so that every milligram is somewhere."""
    caster, number = shop.staff["caster"], shop.number
    waiting = next(row for row in caster.get("casting/waiting/") if row["ticket"] == number)
    tree = caster.post("trees/", operations=[waiting["id"]])["number"]
    at, lot = f"trees/{tree}/", caster.get("lots/", alloy="AU750Y")["results"][0]
    wax = {"patterns": [{"ticket": number, "pattern_mg": 250}], "tree_mg": 5_000, "base_mg": 4_000, "flask": "7"}
    assert caster.post(f"{at}build/", state="planned", **wax)["wanted_mg"] > 0
    caster.post(f"{at}charge/", state="built", lots=[{"lot": lot["number"], "gross_mg": CHARGE_MG}])
    caster.post(f"{at}pour/", state="charged", flask_c=540, pour_c=1020)
    came = {"pieces": [{"ticket": number, "pieces": 1, "cast_mg": cast_mg}]}
    rest_mg = CHARGE_MG - cast_mg - LOST_IN_THE_POUR_MG
    too_much = caster.refused(f"{at}back/", **came, sprue_and_button_mg=rest_mg + 1_000)
    assert too_much["code"] == "more_than_charged"
    divided = caster.post(f"{at}back/", state="poured", **came, sprue_and_button_mg=rest_mg)
    assert (divided["state"], divided["loss_mg"]) == ("reconciled", LOST_IN_THE_POUR_MG)
    assert caster.get("lots/", alloy="AU750Y")["results"][0]["held_mg"] == lot["held_mg"] - CHARGE_MG
    assert shop.holds_mg() == cast_mg


def inspect(shop, gross_mg, **said):
    """Measured and looked at; what differs from a perfect piece is said."""
    seen = {
        "gross_mg": gross_mg, "ring_inner_um": shop.ticket["ring_inner_um"], "stones_tight": True, "surface_clean": True,
        "engraving_read": WORDS, "hallmark": "marked",
    }  # fmt: skip
    return shop.staff["inspector"].post(f"{shop.at}inspections/", **seen | said)


@pytest.mark.django_db(transaction=True)
def test_a_ring_of_her_own_is_designed_made_sent_back_passed_paid_and_sent_through_the_api(staff, mara):  # noqa: F811
    placed, ruby = order_her_ring(mara)
    shop = Workshop(staff, f"{placed['number']}-1")
    predicted_mg = shop.ticket["predicted_mg"]
    assert shop.ticket["wish"] == "A little lower, please."
    assert shop.current["craft"] == "draw"

    agree_on_a_design(mara, shop)

    # Casting: the pattern printed, the tree poured and weighed back.
    shop.work("caster", "pattern", photo=photo())
    cast_mg = predicted_mg * 110 // 100
    cast_on_a_tree(shop, cast_mg)

    # Assembly: filed; the very stone she chose issued at the weight of its report, and set.
    filed_mg = predicted_mg + (cast_mg - predicted_mg) // 2
    shop.work("bench_jeweller", "clean", photo=photo(), weight_in_mg=cast_mg, weight_out_mg=filed_mg, filings_mg=50)
    assert shop.holds_mg() == filed_mg
    kept = staff["setter"].post(f"{shop.at}stones/issue/")
    assert [(row["state"], row["mct"]) for row in kept] == [("issued", ruby["mct"])]
    stone_mg = (2 * ruby["mct"] + 5) // 10
    shop.work("setter", "set", photo=photo(), weight_out_mg=filed_mg + stone_mg)
    assert [row["state"] for row in shop.ticket["stones_held"]] == ["set"]

    # Finishing: polished to its weight, engraved with her words.
    gross_mg = predicted_mg + stone_mg
    shop.work("polisher", "polish", photo=photo(), weight_out_mg=gross_mg)
    shop.work("polisher", "engrave", engraving_proof=photo())
    assert shop.holds_mg() == predicted_mg

    # Quality: no maker may look; another finds a loose stone, and it goes back to the bench with the reason.
    assert staff["polisher"].send(f"{shop.at}inspections/", verdict="pass").status_code == 403
    sent_back = inspect(shop, gross_mg, verdict="rework", defect="ST-LOO", stones_tight=False, words="moves at 10×")
    assert (sent_back["defect"], sent_back["back_to"]) == ("ST-LOO", "assembly")
    assert (shop.current["craft"], shop.current["attempt"]) == ("clean", 2)
    assert "moves at 10×" in shop.current["reason"]
    shop.work("bench_jeweller", "clean", photo=photo(), weight_in_mg=gross_mg, weight_out_mg=gross_mg)
    shop.work("setter", "set", photo=photo(), weight_out_mg=gross_mg)
    shop.work("polisher", "polish", photo=photo(), weight_out_mg=gross_mg)
    shop.work("polisher", "engrave", engraving_proof=photo())
    assert inspect(shop, gross_mg, verdict="pass")["verdict"] == "pass"
    assert shop.holds_mg() == 0

    # Packaging: scanned in by its own number, papers read, sealed; it does not leave before the balance is paid.
    packer, at = staff["packer"], parcel_of(staff["packer"], placed["number"])
    assert packer.get(at)["contents"][0]["serial"] == shop.number
    pack(packer, at)
    assert packer.refused(f"{at}dispatch/", tracking_number="PF123456789")
    balance = next(due for due in mara.order["dues"] if due["kind"] == "balance")
    assert balance["state"] == "asked"
    page = mara.post(f"{mara.link}dues/{balance['id']}/pay/")
    assert page["amount_minor"] == placed["total_minor"] - placed["now_minor"]
    assert mara.pay(page["payment_url"], GOOD_CARD) == ""
    assert packer.get(at)["released_at"]
    packer.post(f"{at}dispatch/", tracking_number="PF123456789")
    packer.post(f"{at}deliver/")

    # What she reads: six steps with their dates, photos that open, every penny paid, the parcel arrived.
    order = mara.order
    assert (order["state"], order["money"], order["delivery_state"]) == ("completed", "paid", "delivered")
    assert mara.till.balance() == {"gbp": order["gross_minor"]} == {"gbp": placed["total_minor"]}
    steps = order["works"][0]["steps"]
    assert [step["stage"] for step in steps] == STAGES
    assert all(step["reached_at"] for step in steps)
    assert [step["reached_at"] for step in steps] == sorted(step["reached_at"] for step in steps)
    photos = [picture for entry in order["diary"] for picture in entry["photos"]]
    assert len(photos) >= 4
    assert fetched(mara, order["pictures"][photos[0]])[:3] == b"\xff\xd8\xff"
    assert order["parcels"][0]["tracking_number"] == "PF123456789"

    # What the house reads: the ticket is finished, its metal account and the sum of all metal are nothing.
    ticket = shop.ticket
    assert ticket["state"] == "finished"
    assert ticket["metal"] == {"gross_mg": 0, "fine_dug": 0}
    assert shop.holds_mg() == 0
    assert [row["verdict"] for row in staff["inspector"].get("inspections/", ticket=shop.number)["results"]] == [
        "pass",
        "rework",
    ]
