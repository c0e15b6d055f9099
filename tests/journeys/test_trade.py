"""A new shop applies, is let in, orders on thirty days from the grid, and pays its two invoices.

Twelve bands in two sizes and three of another style. What the tray lacks is cast on one tree, a bag for each size;
the tray leaves first. Each shipment has its invoice; the first is paid in two parts.
"""

import re
import uuid
from decimal import Decimal

from playwright.sync_api import expect

from tests.journeys.benches import Workshop, charge
from tests.journeys.walking import open_parcel, pack, send, until

PASSWORD = "a-window-to-the-north"
BAND, SILVER = "AJ-202-AU750W-Pd", "AJ-203-AG925"


def apply(page, email):
    page.goto("/en/trade/")
    page.get_by_role("link", name="Apply for an account").click()
    for name, said in {
        "name": f"Vane {email[:6]}", "line1": "3 Well Court", "city": "Bath", "postcode": "BA1 1AA",
        "contact_name": "June Vane", "email": email, "vat_number": "GB123456789",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(said)
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("is not a VAT number").first).to_be_visible()
    page.locator("[name=vat_number]").fill("")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", name="Your application is with us")).to_be_visible()


def let_in(office, email):
    """Sales opens the account on terms; the letter's link leads in."""
    office.goto("/en/office/trade/")
    office.get_by_role("link", name=f"Vane {email[:6]}").click()
    office.locator("[name=price_list]").select_option(label="Retailers")
    office.locator("[name=credit_limit]").fill("30,000.00")
    office.get_by_role("button", name="Open the account").click()
    expect(office.get_by_text("The terms are kept").first).to_be_visible()
    until(office, f"/en/office/letters/?to={email}", "trade account")
    office.locator("table a, main a", has_text="trade account").first.click()
    return re.search(r"http\S+/welcome/\S+", office.locator("main").inner_text())[0]


def by_keyboard(page):
    """Size, right, size: the hands stay where they are."""
    cells = page.locator(f"input[name^='q:{BAND}']")
    cells.first.focus()
    page.keyboard.type("5")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("7")
    expect(cells.nth(1)).to_have_value("7")
    silver = page.locator("td.size", has=page.locator(f"input[name^='q:{SILVER}']"))
    silver = silver.filter(has=page.locator(".ready", has_text=re.compile(r"^([3-9]|\d\d) ready")))
    silver.last.locator("input").fill("3")
    page.get_by_role("button", name="Review the order").click()


def place(page):
    expect(page.get_by_text("made for you").first).to_be_visible()
    page.locator("[name=po_number]").fill("WC-0001")
    page.get_by_role("button", name=re.compile("^Order for £")).click()
    page.wait_for_url(re.compile(r"/trade/orders/[A-Z0-9]+/"))
    return page.url.rstrip("/").rpartition("/")[2]


def works_of(office, number):
    """The work orders of this order, as the office's page lists them."""
    until(office, f"/en/office/orders/{number}/", "T-")
    return office.locator("section[aria-labelledby=making] th.mono").all_inner_texts()


def cast_together(benches):
    """Both bags on one tree, from one charge."""
    page = benches[0].page("caster")
    tickets = [bench.ticket for bench in benches]
    for ticket in tickets:
        until(page, "/en/workshop/casting/", ticket)
    mine = page.locator("form", has=page.locator(f"text={tickets[0]}")).first
    for box in mine.locator("input[name=operation]").all():
        box.uncheck()
    for ticket in tickets:
        mine.locator("label", has_text=ticket).locator("input").check()
    mine.get_by_role("button", name="Put them on a tree").click()
    for ticket in tickets:
        page.locator(f"input[name='pattern-{ticket}']").fill("0.60")
    for name, grams in (("tree", "5.60"), ("base", "4.00"), ("flask", "7")):
        page.locator(f"input[name={name}]").fill(grams)
    page.get_by_role("button", name="The wax is weighed").click()
    charged = sum(bench.predicted for bench in benches) * 3 // 2
    charge(page, charged)
    page.get_by_role("button", name="Issue the metal").click()
    page.get_by_role("button", name="Poured").click()
    for bench in benches:
        bench.mg = bench.predicted * 110 // 100
        page.locator(f"input[name='cast-{bench.ticket}']").fill(f"{bench.mg / 1000:.3f}")
    page.locator("input[name=sprue]").fill(f"{(charged - sum(bench.mg for bench in benches) - 20) / 1000:.3f}")
    page.get_by_role("button", name="Weighed back").click()
    expect(page.get_by_text("This tree is closed")).to_be_visible()


def record(office, number, due, amount):
    office.goto(f"/en/office/orders/{number}/")
    office.locator("[name=due]").select_option(index=due)
    office.locator("[name=method]").select_option("transfer")
    office.locator("[name=amount]").fill(amount)
    office.get_by_role("button", name="Record it").click()
    expect(office.get_by_text("Recorded").first).to_be_visible()


def test_a_shop_applies_orders_from_the_grid_and_pays_two_invoices_on_terms(visitor, picture, cad):
    email = f"{uuid.uuid4().hex[:8]}@vane.example"
    shop, office = visitor("desk"), visitor("desk", as_="sales")
    apply(shop, email)
    shop.goto(let_in(office, email))
    for box in shop.locator("input[type=password]").all():
        box.fill(PASSWORD)
    shop.locator("main form button[type=submit]").first.click()
    shop.goto("/en/trade/pad/")
    by_keyboard(shop)
    number = place(shop)
    page = f"/en/trade/orders/{number}/"

    packer = visitor("desk", as_="packer")
    open_parcel(packer, number)
    pack(packer)
    send(packer, "PF 111 111 111")
    until(shop, page, "Invoice")

    works = works_of(office, number)
    assert len(works) == 2
    benches = [Workshop(visitor) for _work in works]
    for bench, work in zip(benches, works, strict=True):
        bench.pages = benches[0].pages
        bench.find(work)
        bench.inner = bench.fact(bench.page("production_manager"), "Inside")
        bench.draw(picture, cad)
        bench.work("caster", "Print the pattern", photos=[("photo", picture)])
    cast_together(benches)
    for bench in benches:
        filed = bench.predicted + (bench.mg - bench.predicted) // 2
        bench.work("bench_jeweller", "File and fit", photos=[("photo", picture)], weight_in=bench.mg, weight_out=filed)
        bench.mg = bench.predicted
        bench.work("polisher", "Polish", photos=[("photo", picture)], weight_out=bench.mg)
        bench.inspect("pass")

    packer.goto("/en/packing/")
    open_parcel(packer, number)
    pack(packer)
    send(packer, "PF 222 222 222")
    until(shop, page, "PF222222222")
    invoices = shop.get_by_role("region", name="Invoices").locator("tbody tr")
    expect(invoices).to_have_count(2)

    owed = invoices.locator("td:nth-child(5)").all_inner_texts()
    first, second = (Decimal(re.sub(r"[^\d.]", "", text)) for text in owed)
    record(office, number, 0, "100.00")
    until(shop, page, f"{first - 100:,.2f}")
    record(office, number, 0, f"{first - 100:.2f}")
    until(office, f"/en/office/orders/{number}/", "paid")
    record(office, number, 0, f"{second:.2f}")
    until(shop, "/en/trade/statement/", "Owed in all: £0")
    assert shop.locator("section[aria-labelledby=entries] tbody tr").count() == 5
