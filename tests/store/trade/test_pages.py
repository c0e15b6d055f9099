"""The trade's pages: applying, the office's answer, the pad, the order, and what another company never sees."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.utils import translation

from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from foundation.people.models import User
from store.buyers import actions as buyers
from store.buyers.models import TradeCompany
from store.catalogue.models import Stock
from store.orders.models import Order
from store.payments.models import Invoice
from store.pricing.actions import give_list
from tests.calling import Caller
from tests.house.test_doors import addresses
from tests.store import cast, ordering, trading

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden(house):
    cast.fixings()
    return trading.company()


@pytest.fixture
def sizes(house):
    return trading.two_sizes()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, url, **said):
    answer = client.post(url, {"action_id": uuid4().hex} | said)
    drain()
    return answer


SAID = {
    "name": "Brook & Vane", "country": "GB", "vat_number": "GB 980 7806 84", "line1": "3 Well Court", "city": "Bath",
    "postcode": "BA1 1AA", "contact_name": "June Vane", "email": "june@brook.example",
}  # fmt: skip


def test_a_company_applies_with_a_document_and_nothing_opens_by_itself(house, client):
    paper = SimpleUploadedFile("register.pdf", b"%PDF-1.4 the register", "application/pdf")
    answer = send(client, "/en/trade/apply/", **SAID, papers=paper)
    assert answer.status_code == 302
    company = TradeCompany.objects.get()
    assert (company.state, company.vat_number) == ("applied", "GB980780684")
    assert company.papers.get().file.name == "register.pdf"
    assert not User.objects.filter(email="june@brook.example").exists()


def test_what_an_applicant_writes_stands_on_one_line_of_a_letter_and_of_a_label(house, client):
    said = {"contact_name": "June\n\nPay here: https://evil.example", "name": "Brook\n& Vane", "line1": "3 Well\nCourt"}
    send(client, "/en/trade/apply/", **SAID | said)
    company = TradeCompany.objects.get()
    assert company.contact_name == "June Pay here: https://evil.example"
    assert (company.name, company.line1) == ("Brook & Vane", "3 Well Court")


def test_who_buys_for_a_shop_alone_begins_at_its_desk(halden, sizes):
    buyer = trading.buyer_of(halden)
    trading.order(halden, {sizes[0]: 1})
    assert signed_in(buyer).get("/en/orders/")["Location"] == "/en/trade/"
    ordering.place(ordering.ready_made(sizes[0]), user_id=buyer.pk)
    assert "Your orders" in signed_in(buyer).get("/en/orders/").content.decode()


def test_whoever_applies_begins_in_the_united_kingdom_signed_in_or_not(house, client, django_user_model):
    somebody = django_user_model.objects.create_user(email="june@brook.example", name="June Vane")
    for who in (client, signed_in(somebody)):
        assert '<option value="GB" selected>' in who.get("/en/trade/apply/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("vat_number", "GB123456789", "not a VAT number"), ("vat_number", "🙂", "not a VAT number"), ("email", "june", "not a whole address yet"),
        ("name", "", "still missing"), ("website", "javascript:alert(1)", "valid URL"),
    ],
)  # fmt: skip
def test_a_wrong_application_is_told_what_is_wrong(house, client, field, value, sentence):
    answer = send(client, "/en/trade/apply/", **(SAID | {field: value}))
    if value == "🙂":  # nothing of it is a letter or a figure: as good as empty
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not TradeCompany.objects.exists()


def test_a_second_application_is_refused_in_a_sentence(house, client):
    send(client, "/en/trade/apply/", **SAID)
    answer = send(client, "/en/trade/apply/", **SAID)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_the_office_opens_the_account_and_a_letter_leads_in(house, client):
    send(client, "/en/trade/apply/", **SAID)
    company, desk = TradeCompany.objects.get(), signed_in(trading.clerk())
    url = f"/en/office/trade/{company.reference}/"
    assert "Brook &amp; Vane" in desk.get("/en/office/trade/").content.decode()
    list_ = trading.price_list()
    answer = send(desk, f"{url}open/", price_list=list_.pk, terms_days=30, credit_limit="20,000.00")
    assert answer.status_code == 302
    company.refresh_from_db()
    assert (company.state, company.credit_limit_minor) == ("approved", 2_000_000)
    letter = Letter.objects.get(template="trade/mail/opened")
    assert letter.to == "june@brook.example"
    assert "/welcome/" in letter.text or "office" in letter.text
    assert company.people.get().user.has_role("trade_buyer")


def test_a_declined_company_reads_why_and_may_apply_again(house, client):
    send(client, "/en/trade/apply/", **SAID)
    company, desk = TradeCompany.objects.get(), signed_in(trading.clerk())
    send(desk, f"/en/office/trade/{company.reference}/decline/", reason="Your shop is not open yet.")
    assert "not open yet" in Letter.objects.get(template="trade/mail/declined").text
    assert send(client, "/en/trade/apply/", **SAID).status_code == 302


def test_only_sales_may_open_an_account(house, client):
    send(client, "/en/trade/apply/", **SAID)
    company = TradeCompany.objects.get()
    manager = signed_in(ordering.member("pm@ajour.example", "production_manager"))
    assert manager.get(f"/en/office/trade/{company.reference}/").status_code == 200
    assert send(manager, f"/en/office/trade/{company.reference}/open/").status_code == 403


def test_the_grid_keeps_what_is_typed_and_shows_the_break_that_is_near(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    client.post("/en/trade/pad/", {"q:EAVE-S": "5", "q:EAVE-N": "5", "keep": "yes"})
    page = client.get("/en/trade/pad/").content.decode()
    assert 'value="5"' in page
    assert "2 more: 45 % off" in page
    assert "£600" in page


def test_a_cell_that_is_no_quantity_is_told_and_the_others_are_kept(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    answer = client.post("/en/trade/pad/", {"q:EAVE-S": "five", "q:EAVE-N": "3", "review": "yes"}, follow=True)
    page = answer.content.decode()
    assert "EAVE-S" in page
    assert "not a quantity" in page
    assert 'value="3"' in page


def test_pasted_lines_come_back_with_their_numbers_where_they_are_wrong(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    answer = client.post("/en/trade/pad/paste/", {"lines": "EAVE-S 2\nAJ-NOPE 3\nEAVE-N 4"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2" in page
    assert "AJ-NOPE" in page
    assert 'value="2"' in page
    assert 'value="4"' in page


def review(client):
    page = client.get("/en/trade/pad/review/").content.decode()
    return dict(re.findall(r'name="(agreed|action_id)" value="([^"]*)"', page))


def place(client, **more):
    said = review(client) | {
        "recipient": "Halden & Co", "line1": "8 Minster Yard", "city": "York", "postcode": "YO1 7HH", "country": "GB",
        "delivery": "post", "po_number": "PO-1",
    }  # fmt: skip
    answer = client.post("/en/trade/pad/review/", said | more)
    drain()
    return answer


def test_from_the_grid_to_a_confirmed_order(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    client.post("/en/trade/pad/", {"q:EAVE-S": "6", "q:EAVE-N": "6", "review": "yes"})
    page = client.get("/en/trade/pad/review/").content.decode()
    assert "4 from the tray" in page
    assert "2 made for you" in page
    answer = place(client)
    order = Order.objects.get()
    assert answer["Location"].endswith(f"/trade/orders/{order.number}/")
    assert (order.state, order.po_number, order.company) == ("confirmed", "PO-1", halden)
    assert "PO-1" in client.get(answer["Location"]).content.decode()
    assert 'value="6"' not in client.get("/en/trade/pad/").content.decode()


def test_the_form_sent_twice_is_one_order(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    client.post("/en/trade/pad/", {"q:EAVE-S": "2", "keep": "yes"})
    said = review(client)
    first, again = place(client, **said), place(client, **said)
    assert first["Location"] == again["Location"]
    assert Order.objects.count() == 1


def test_a_total_that_changed_is_shown_before_it_is_ordered(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    client.post("/en/trade/pad/", {"q:EAVE-S": "2", "keep": "yes"})
    answer = place(client, agreed="1")
    assert answer.status_code == 422
    assert "The total has changed" in answer.content.decode()
    assert not Order.objects.exists()


def test_a_purchase_order_number_twice_is_refused_and_the_pad_is_kept(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    for _n in range(2):
        client.post("/en/trade/pad/", {"q:EAVE-S": "1", "keep": "yes"})
        answer = place(client)
    assert answer.status_code == 422
    assert "PO-1 is on order" in answer.content.decode()
    assert Order.objects.count() == 1
    assert 'value="1"' in client.get("/en/trade/pad/").content.decode()


def test_over_the_limit_the_page_says_so_before_and_after(halden, sizes):
    TradeCompany.objects.update(credit_limit_minor=1000)
    client = signed_in(trading.buyer_of(halden))
    client.post("/en/trade/pad/", {"q:EAVE-S": "1", "keep": "yes"})
    assert "Send it for review" in client.get("/en/trade/pad/review/").content.decode()
    page = client.get(place(client)["Location"]).content.decode()
    assert "A person is looking at it" in page
    desk = signed_in(trading.clerk())
    number = Order.objects.get().number
    assert "Over the credit limit" in desk.get(f"/en/office/orders/{number}/").content.decode()
    assert send(desk, f"/en/office/orders/{number}/accept/").status_code == 302
    assert Order.objects.get().state == "confirmed"


def test_what_goes_onto_a_label_stands_on_one_line_each(halden, sizes):
    buyer = trading.buyer_of(halden)
    client = signed_in(buyer)
    client.post("/en/trade/pad/", {"q:EAVE-S": "1", "review": "yes"})
    place(client, recipient="Halden\n& Co", line1="8 Minster\nYard", po_number="PO\n1")
    order = Order.objects.get()
    assert (order.recipient, order.line1, order.po_number) == ("Halden & Co", "8 Minster Yard", "PO 1")
    sent = Caller(buyer).post(
        "trade/orders/new/", po_number="API\n1", delivery="post", lines=[{"sku": "EAVE-S", "quantity": 1}],
        address={"recipient": "Halden\n& Co", "line1": "8 Minster\nYard", "city": "York\n\n", "postcode": "YO1 7HH", "country": "GB"},
    )  # fmt: skip
    order = Order.objects.get(number=sent["number"])
    assert (order.recipient, order.line1, order.po_number) == ("Halden & Co", "8 Minster Yard", "API 1")


def test_a_key_is_shown_once_and_orders_by_itself(halden, sizes):
    client = signed_in(trading.buyer_of(halden))
    page = client.post("/en/trade/programs/", {"name": "our till"}).content.decode()
    key = re.search(r'class="mono key">([^<]+)<', page)[1]
    assert key not in client.get("/en/trade/programs/").content.decode()
    program = Caller(Authorization=f"Bearer {key}")
    prices = {row["sku"]: row for row in program.get("trade/prices/")}
    assert prices["EAVE-S"]["net_minor"] == 60_000
    assert prices["EAVE-S"]["breaks"] == {"12": 55_000}
    answer = program.send(
        "trade/orders/new/", po_number="API-1", delivery="post",
        lines=[{"sku": "EAVE-S", "quantity": 6}, {"sku": "EAVE-N", "quantity": 6}],
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["state"] == "confirmed"
    assert sum(line["quantity"] for line in told["lines"]) == 12
    assert program.get(f"trade/orders/{told['number']}/")["po_number"] == "API-1"
    wrong = program.send("trade/orders/new/", delivery="post", lines=[{"sku": "NOPE", "quantity": 1}])
    assert wrong.status_code == 400


def test_no_price_of_the_trade_is_in_any_answer_before_approval(house, sizes, client):
    give = trading.price_list(discount_bp=3777)
    company = buyers.apply_for_account(seller=house.seller, said=trading.application(), by=None)
    user = buyers.add_person(company=company, email=company.email, name="Waits", by=trading.clerk())
    user.roles_held.create(role="trade_buyer")
    waiting = signed_in(user)
    give_list(company=company, price_list=give)
    trade_price = "622.30"  # 1,200 less VAT, less 37.77 %
    for address in (
        "/en/trade/",
        "/en/trade/pad/",
        "/en/trade/pad/review/",
        "/en/pieces/eave/",
        "/en/",
        "/api/v1/trade/prices/",
    ):
        answer = waiting.get(address, follow=True)
        assert trade_price not in answer.content.decode()
        assert "62230" not in answer.content.decode()
    assert waiting.get("/api/v1/trade/prices/").status_code == 409


CANARY = "Canary Goldsmiths 7f3a"


@pytest.fixture
def twins(halden, sizes):
    """Two companies, one of them full of canaries: an order, a shipment, an invoice, a key."""
    small, medium = sizes
    canary = trading.company(CANARY)
    order = trading.order(canary, {small: 2, medium: 1}, po="PO-CANARY")
    trading.send(order.parcels.get())
    return halden, canary, order


def test_another_company_never_sees_any_of_it(twins):
    halden, canary, order = twins
    invoice = Invoice.objects.get()
    secrets = [
        CANARY,
        "PO-CANARY",
        order.number,
        invoice.number,
        str(invoice.reference),
        str(canary.reference),
        canary.email,
    ]
    client, caller = signed_in(trading.buyer_of(halden)), Caller(trading.buyer_of(halden))
    seen = 0
    with translation.override("en"):
        every = [
            address for address in addresses(get_resolver().url_patterns) if "trade" in address or "orders" in address
        ]
    for address in every:
        for number, reference in ((order.number, invoice.reference), (order.number, canary.reference)):
            url = "/" + re.sub(
                r"<str:\w+>", number, re.sub(r"<uuid:\w+>", str(reference), re.sub(r"<int:\w+>", "1", address))
            )
            for method in ("get", "post", "put", "delete"):
                answer = getattr(caller.client if url.startswith("/api") else client, method)(url)
                body = answer.content.decode(errors="replace")
                asked = [secret for secret in secrets if secret in body and secret not in url]
                assert asked == [], (method, url)
                seen += answer.status_code < 400
    assert seen > 10, "the sweep reached nothing"


def test_the_sweep_would_have_seen_it(twins):
    """The negative control: to its own people the canary sings on every one of these pages."""
    _halden, canary, order = twins
    client = signed_in(trading.buyer_of(canary))
    for url in ("/en/trade/", "/en/trade/orders/", f"/en/trade/orders/{order.number}/", "/en/trade/statement/"):
        assert order.number in client.get(url).content.decode()
    assert client.get(f"/en/trade/invoices/{Invoice.objects.get().reference}/pdf/").content.startswith(b"%PDF")


def test_an_order_on_account_is_not_its_person_s_own(twins):
    """Who leaves a company no longer sees what was ordered for it."""
    _halden, canary, order = twins
    user = trading.buyer_of(canary)
    canary.people.all().delete()
    assert list(Order.objects.for_user(user)) == []
    assert signed_in(user).get(f"/en/trade/orders/{order.number}/").status_code == 302


def test_the_pad_is_laid_out_in_few_queries(halden, sizes, django_assert_max_num_queries):
    client = signed_in(trading.buyer_of(halden))
    client.post("/en/trade/pad/", {"q:EAVE-S": "5", "q:EAVE-N": "5", "keep": "yes"})
    with django_assert_max_num_queries(24):
        client.get("/en/trade/pad/")


def test_what_was_ordered_can_go_on_the_pad_again(twins):
    _halden, canary, order = twins
    client = signed_in(trading.buyer_of(canary))
    client.post(f"/en/trade/orders/{order.number}/again/")
    page = client.get("/en/trade/pad/").content.decode()
    assert 'value="2"' in page
    assert Stock.objects.filter(held__gt=0).count() == 0


def test_a_row_s_price_is_that_of_one_however_many_sizes_it_has(halden):
    """Twelve sizes in the grid are not twelve pieces on order."""
    piece = cast.ring("hearth")
    for n in range(14):
        cast.variant(piece, sku=f"HEARTH-{n}", ring_inner_um=14_000 + n * 400)
    caller = Caller(trading.buyer_of(halden))
    rows = [row for row in caller.get("trade/prices/") if row["sku"].startswith("HEARTH")]
    assert {row["net_minor"] for row in rows} == {60_000}
    assert "£600" in caller.client.get("/en/trade/pad/").content.decode()
