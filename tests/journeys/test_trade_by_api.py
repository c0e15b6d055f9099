"""A shop orders twelve bands in two sizes and three of another style, on thirty days, through the API alone.

The tray leaves first with an invoice of its own; what it lacks is cast on one tree, size by size, made, and leaves
second. Each invoice is paid in parts; the statement comes to nothing, and so do the books of metal and money.
"""

import pytest

from demo import trade
from foundation.house.models import Brand
from foundation.people.models import User
from tests.journeys.by_api import Workshop, fetched, pack, parcel_of, photo, staff, stripe  # noqa: F401

LIMIT = 4_000_000


@pytest.fixture
def on_show():
    """Two plain bands, four of each size in the tray."""
    return ("eave", "hearth")


@pytest.fixture
def shop(staff, stripe):  # noqa: F811
    """Halden & Co, with an open account; its buyer's program."""
    people = {user.roles_held.get().role: user for user in User.objects.all()}
    brand = Brand.objects.select_related("seller").get()
    list_, _small = trade.write_lists(brand)
    trade.open_account(trade.HALDEN, brand, list_, limit_minor=LIMIT, desk=people["sales"], user=people["trade_buyer"])
    return staff["trade_buyer"]


def sizes_of(shop, style, alloy):
    rows = [row for row in shop.get("trade/prices/") if (row["style_code"], row["alloy"]) == (style, alloy)]
    return sorted(rows, key=lambda row: row["ring_inner_um"])


def cast_together(staff, benches):  # noqa: F811
    """All bags on one tree; the pour is divided among them so that every milligram is somewhere."""
    caster = staff["caster"]
    waiting = {row["ticket"]: row["id"] for row in caster.get("casting/waiting/")}
    tree = caster.post("trees/", operations=[waiting[bench.number] for bench in benches])["number"]
    at, lot = f"trees/{tree}/", caster.get("lots/", alloy="AU750Y")["results"][0]
    cast = {bench.number: bench.ticket["predicted_mg"] * 110 // 100 for bench in benches}
    charge = sum(cast.values()) * 2
    patterns = [{"ticket": number, "pattern_mg": mg // 12} for number, mg in cast.items()]
    wax = {
        "patterns": patterns,
        "tree_mg": 6_000 + sum(row["pattern_mg"] for row in patterns),
        "base_mg": 4_000,
        "flask": "3",
    }
    caster.post(f"{at}build/", state="planned", **wax)
    caster.post(f"{at}charge/", state="built", lots=[{"lot": lot["number"], "gross_mg": charge}])
    caster.post(f"{at}pour/", state="charged", flask_c=540, pour_c=1020)
    pieces = [
        {"ticket": bench.number, "pieces": bench.ticket["quantity"], "cast_mg": cast[bench.number]} for bench in benches
    ]
    divided = caster.post(
        f"{at}back/", state="poured", pieces=pieces, sprue_and_button_mg=charge - sum(cast.values()) - 25
    )
    assert (divided["state"], divided["loss_mg"]) == ("reconciled", 25)
    return cast


def make(bench, cast_mg):
    """From the casting to the passed inspection."""
    predicted = bench.ticket["predicted_mg"]
    while (current := bench.current)["craft"] != "inspect":
        role, wanted, left = current["roles"][0], current["evidence_needed"], {}
        if "weight_in" in wanted:
            left["weight_in_mg"] = cast_mg
        if "weight_out" in wanted:
            left["weight_out_mg"] = cast_mg = predicted + (cast_mg - predicted) // 3
        for kind in ("photo", "engraving_proof"):
            if kind in wanted:
                left[kind] = photo()
        bench.work(role, current["craft"], **left)
    seen = {"gross_mg": cast_mg, "ring_inner_um": bench.ticket["ring_inner_um"], "stones_tight": True, "surface_clean": True,
            "engraving_read": "", "hallmark": "marked"}  # fmt: skip
    assert bench.staff["inspector"].post(f"{bench.at}inspections/", verdict="pass", **seen)["verdict"] == "pass"


def send(staff, number, tracking):  # noqa: F811
    """Packed, sealed and handed over. Answers the shipment's invoice."""
    packer = staff["packer"]
    at = parcel_of(packer, number, state="requested")
    pack(packer, at)
    packer.post(f"{at}dispatch/", tracking_number=tracking)
    packer.post(f"{at}deliver/")


def pay_in_two_parts(staff, shop, invoice):  # noqa: F811
    """Two transfers, matched by the desk."""
    from store.orders.models import Due
    from store.payments.models import Invoice

    due = Due.objects.get(reference=Invoice.objects.get(reference=invoice["reference"]).due)
    first = invoice["gross_minor"] // 3
    for amount in (first, invoice["gross_minor"] - first):
        staff["sales"].post(
            f"office/orders/{invoice['order_number']}/payments/", due=due.pk, method="transfer", amount_minor=amount,
            note=invoice["number"],
        )  # fmt: skip
    due.refresh_from_db()
    assert due.state == "paid"


@pytest.mark.django_db(transaction=True)
def test_twelve_and_three_on_thirty_days_cast_together_sent_twice_paid_in_parts(staff, shop):  # noqa: F811
    small, medium, *_ = sizes_of(shop, "AJ-202", "AU750Y")
    silver = sizes_of(shop, "AJ-203", "AG925")[0]
    lines = [(small["sku"], 5), (medium["sku"], 7), (silver["sku"], 3)]
    order = shop.post(
        "trade/orders/new/", po_number="HC-2001", delivery="special",
        lines=[{"sku": sku, "quantity": many} for sku, many in lines],
    )  # fmt: skip
    number = order["number"]
    assert (order["state"], order["po_number"]) == ("confirmed", "HC-2001")
    made = [line for line in order["lines"] if line["purpose"] == "custom"]
    assert sorted(line["quantity"] for line in made) == [1, 3]
    of_eave = [line["net_minor"] // line["quantity"] for line in order["lines"] if line["sku"] != silver["sku"]]
    assert set(of_eave) == {small["breaks"]["12"]}
    assert all(line["promise_on"] for line in order["lines"])

    # The tray leaves first, with an invoice of its own.
    send(staff, number, "AJ000000001GB")
    first = shop.get("trade/invoices/")["results"]
    assert [(row["kind"], row["po_number"]) for row in first] == [("invoice", "HC-2001")]
    assert first[0]["gross_minor"] < order["gross_minor"]
    assert fetched(shop, f"/api/v1/trade/invoices/{first[0]['reference']}/pdf/").startswith(b"%PDF-")

    # What it lacked is one bag for each size, cast on one tree.
    found = staff["production_manager"].get("tickets/")["results"]
    benches = [Workshop(staff, row["order_number"]) for row in found if row["order_number"].startswith(number)]
    assert sorted(bench.ticket["quantity"] for bench in benches) == [1, 3]
    for bench in benches:
        while bench.current["craft"] != "cast":
            role = bench.current["roles"][0]
            if bench.current["craft"] == "draw":
                bench.show_design("as in the catalogue")
            else:
                bench.work(role, bench.current["craft"], photo=photo())
    cast = cast_together(staff, benches)
    for bench in benches:
        make(bench, cast[bench.number])
        assert bench.ticket["metal"]["fine_dug"] == 0

    # It leaves second; together the invoices are the order to the penny.
    send(staff, number, "AJ000000002GB")
    invoices = shop.get("trade/invoices/")["results"]
    assert sum(row["gross_minor"] for row in invoices) == order["gross_minor"]
    account = shop.get("trade/account/")
    assert account["owed_minor"] == account["exposure_minor"] == order["gross_minor"]

    # Each is paid in two parts; nothing is owed, and nothing is left in any book.
    for row in invoices:
        pay_in_two_parts(staff, shop, row)
    account = shop.get("trade/account/")
    assert (account["owed_minor"], account["exposure_minor"]) == (0, 0)
    assert len(account["entries"]) == 6
    told = shop.get(f"trade/orders/{number}/")
    assert (told["state"], told["money"], told["delivery_state"]) == ("completed", "paid", "delivered")
    assert [row["shipment"] for row in told["shipments"]] == [1, 2]
    assert set(staff["production_manager"].get("metal/")["sums_dug"].values()) == {0}
