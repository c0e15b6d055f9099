"""Two minutes on a telephone, and one link: the office's pages and the page the link opens, without scripts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.files.models import File
from foundation.house.models import Brand
from foundation.outbox.actions import drain
from foundation.people.roles import Role
from store.catalogue.models import Photo, Piece
from store.orders.models import Order
from store.pricing.choosing import with_ways
from store.quotes import actions
from store.quotes.flow import QuoteState
from store.quotes.models import PriceChange, Quote
from tests.store.ordering import member

NEW = "/en/office/quotes/new/"
ADDRESS = {
    "name": "Mara Vogel", "email": "", "phone": "", "line1": "3 Lansdown Road", "line2": "", "city": "Bath",
    "postcode": "BA1 5LR", "recipient": "", "country": "GB", "delivery": "post",
}  # fmt: skip


def who(**more):
    day = timezone.localdate() + timedelta(days=14)
    told = {
        "name": "Mara Vogel", "phone": "+66 81 234 5678", "email": "", "language": "en", "country": "GB", "note": "",
        "delivery": "post", "valid_until": day.isoformat(), "deposit": "50", "action_id": str(uuid4()),
    }  # fmt: skip
    return told | more


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


@pytest.fixture
def their(client, talk, variant):
    """The link of a quote, opened by whoever it is for."""
    quote = talk.shared(talk.ready(variant))
    client.logout()
    return quote, f"/en/quotes/{actions.token_of(quote)}/"


def approval(page, **more):
    return ADDRESS | {
        "agreed": hidden(page, "agreed"), "promised": hidden(page, "promised"), "action_id": str(uuid4()), "way": "transfer",
    } | more  # fmt: skip


def test_found_by_words_or_by_its_stock_number(office, ring, variant):
    page = office.get(NEW, {"q": "sill"}).content.decode()
    assert "?piece=sill" in page
    page = office.get(NEW, {"q": variant.sku.lower()}).content.decode()
    assert f"size={variant.ring_inner_um}" in page
    assert "Nothing is found" in office.get(NEW, {"q": "zeppelin"}).content.decode()


def test_a_piece_is_chosen_priced_and_quoted(office, ring):
    page = office.get(NEW, {"piece": "sill"}).content.decode()
    told = who(piece="sill", metal="PT950Ru", size=hidden_size(page), stone=str(ring.stones.first().pk), engraving="M & J",
               place="inside", wish="", quantity="1", price="", reason="", agreed=hidden(page, "agreed"))  # fmt: skip
    answer = office.post(NEW, told)
    assert answer.status_code == 422  # the price that was seen was for gold
    told["agreed"] = hidden(answer.content.decode(), "agreed")
    answer = office.post(NEW, told)
    assert answer.status_code == 302
    quote = Quote.objects.get()
    assert (quote.state, quote.lines.get().gross_minor) == (QuoteState.SHARED, int(told["agreed"]))
    page = office.get(answer["Location"]).content.decode()
    assert actions.page_url(quote) in page
    assert "https://wa.me/66812345678" in page


def hidden_size(page):
    return re.search(r'<option value="(\d{5})" selected', page)[1]


def test_drawn_again_it_keeps_what_was_typed(office, ring):
    told = who(piece="sill", metal="PT950Ru", engraving="toujours", redraw="price", quantity="1")
    page = office.post(NEW, told).content.decode()
    assert 'value="toujours"' in page
    assert 'value="Mara Vogel"' in page
    assert not Quote.objects.exists()


def test_a_bespoke_piece_is_quoted_in_words(office):
    told = who(bespoke="1", title="A wren brooch", kind="pendant", alloy="AU750Y", size="", description="On a twig.",
               price="2,500", draft="1")  # fmt: skip
    assert office.post(NEW, told).status_code == 302
    quote = Quote.objects.get()
    assert (quote.state, quote.lines.get().gross_minor) == (QuoteState.DRAFTED, 250_000)
    assert office.post(f"/en/office/quotes/{quote.number}/share/", {"action_id": str(uuid4())}).status_code == 302
    quote.refresh_from_db()
    assert quote.state == QuoteState.SHARED


@pytest.mark.parametrize(("field", "value"), [
    ("price", "0"), ("price", "a lot"), ("valid_until", "2020-01-01"), ("deposit", "5"), ("name", ""), ("phone", ""),
    ("country", "XX"), ("title", ""), ("kind", "boat"),
])  # fmt: skip
def test_what_cannot_be_quoted_is_said_beside_its_field(office, field, value):
    told = who(bespoke="1", title="A wren brooch", kind="pendant", alloy="AU750Y", size="", description="On a twig.",
               price="2,500")  # fmt: skip
    assert office.post(NEW, told | {field: value}).status_code == 422
    assert not Quote.objects.exists()


def test_the_price_comes_as_a_fragment(office, ring):
    page = office.get("/en/office/quotes/price/", {"piece": "sill", "metal": "PT950Ru"}).content.decode()
    assert 'id="priced"' in page
    assert 'id="options"' in page


def test_another_price_is_set_with_its_reason(office, talk, ring):
    quote = talk.shared(talk.offered(ring))
    address = f"/en/office/quotes/{quote.number}/lines/1/price/"
    office.post(address, {"price": "4000", "reason": "", "action_id": str(uuid4())})
    assert not PriceChange.objects.exists()
    office.post(address, {"price": "4000", "reason": "an old friend", "action_id": str(uuid4())})
    page = office.get(f"/en/office/quotes/{quote.number}/").content.decode()
    assert "an old friend" in page
    assert quote.lines.get().gross_minor == 400_000


def test_pages_ask_at_most_twelve_questions(office, talk, ring, variant):
    for _ in range(3):
        talk.shared(talk.bespoke())
    quote = talk.shared(talk.ready(variant))
    addresses = ["/en/office/quotes/", f"/en/office/quotes/{quote.number}/", f"/en/quotes/{actions.token_of(quote)}/"]
    for address in addresses:
        office.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert office.get(address).status_code == 200
        assert len(asked) <= 12, (address, [q["sql"][:120] for q in asked])


def test_the_list_says_where_each_stands(office, talk, ring):
    quote = talk.run_out(talk.shared(talk.bespoke()))
    actions.expire_overdue(now=timezone.now())
    actions.ask_again(quote=Quote.objects.get(), now=timezone.now())
    page = office.get("/en/office/quotes/", {"q": "mara", "state": "expired"}).content.decode()
    assert quote.number in page
    assert "asked again" in page
    assert quote.number not in office.get("/en/office/quotes/", {"state": "paid"}).content.decode()


def test_the_link_shows_the_price_taken_apart_the_day_and_the_terms(client, talk, ring):
    quote = talk.shared(talk.offered(ring))
    client.logout()
    page = client.get(f"/en/quotes/{actions.token_of(quote)}/")
    text = page.content.decode()
    for words in ("Making and house", "VAT, 20 %", "These prices stand until", "Approved today, it leaves us by", "cannot be sent back", "Approve and pay £"):  # fmt: skip
        assert words in text
    assert page["X-Robots-Tag"] == "noindex"


def test_the_link_says_within_how_many_days_it_may_be_sent_back(client, their):
    quote, link = their
    Brand.objects.filter(pk=quote.brand_id).update(return_days=45)
    assert "within 45 days" in client.get(link).content.decode()


def test_approved_by_transfer_it_leads_to_the_order_and_its_account(client, their):
    _quote, link = their
    page = client.get(link).content.decode()
    answer = client.post(f"{link}approve/", approval(page), follow=True)
    assert "/orders/" in answer.redirect_chain[-1][0]
    assert "Sort code 00-00-00" in answer.content.decode()
    assert "/orders/" in client.get(link)["Location"]
    assert Order.objects.get().email == ""


def test_pressed_twice_and_in_two_tabs_it_is_one_order(client, their):
    _quote, link = their
    page = client.get(link).content.decode()
    same = approval(page)
    first, again = (client.post(f"{link}approve/", same) for _ in range(2))
    other = client.post(f"{link}approve/", approval(page))
    assert first["Location"] == again["Location"] == other["Location"]
    assert Order.objects.count() == 1


def test_approved_by_card_it_leads_to_the_payment_page_and_back(client, their, stripe):
    quote, link = their
    page = client.get(link).content.decode()
    answer = client.post(f"{link}approve/", approval(page, way="card", email="mara@example.com"))
    assert answer["Location"].startswith("/payments/go/")
    away = client.get(f"/en/checkout/cancelled/{answer['Location'].split('/')[3]}/")
    assert "/orders/" in away["Location"]
    assert client.get(answer["Location"]).status_code == 302
    from store.payments import actions as payments
    from store.payments.models import Attempt

    attempt = Attempt.objects.get()
    stripe.pay(attempt)
    payments.look_again(attempt, now=timezone.now())
    drain()
    quote.refresh_from_db()
    assert quote.state == QuoteState.PAID


def test_a_card_without_an_address_of_mail_is_taken_too(client, their, stripe):
    _quote, link = their
    answer = client.post(f"{link}approve/", approval(client.get(link).content.decode(), way="card"))
    assert client.get(answer["Location"]).status_code == 302
    assert stripe.server


def test_without_consent_or_street_it_is_said_beside_the_field(client, talk, ring):
    quote = talk.shared(talk.offered(ring))
    client.logout()
    link = f"/en/quotes/{actions.token_of(quote)}/"
    page = client.get(link).content.decode()
    answer = client.post(f"{link}approve/", approval(page, line1=""))
    assert answer.status_code == 422
    assert "Tick this to go on" in answer.content.decode()
    assert not Order.objects.exists()


def test_run_out_the_link_says_so_and_offers_to_ask_again(client, talk, their):
    quote, link = their
    page = client.get(link).content.decode()
    talk.run_out(quote)
    text = client.get(link).content.decode()
    assert "This quote stood until" in text
    assert "Approve and pay" not in text
    client.post(f"{link}approve/", approval(page))
    assert not Order.objects.exists()
    text = client.post(f"{link}ask/", {"action_id": str(uuid4())}, follow=True).content.decode()
    assert "You asked again" in text


def test_withdrawn_the_link_says_so(client, talk, their):
    quote, link = their
    actions.withdraw(quote=quote, reason="sold", by=talk.sales)
    text = client.get(link).content.decode()
    assert "taken back" in text
    assert "Ask for it again" not in text


def test_once_the_orders_link_was_replaced_the_quotes_link_no_longer_opens_it(client, talk, their):
    from store.orders.actions import make_link

    quote, link = their
    make_link(talk.approve(quote))
    answer = client.get(link)
    assert answer.status_code == 200
    assert "came by mail" in answer.content.decode()


def test_drafts_and_strangers_find_nothing(client, talk, ring):
    quote = talk.draft(talk.offered(ring))
    client.logout()
    assert client.get(f"/en/quotes/{actions.token_of(quote)}/").status_code == 404
    assert client.get("/en/quotes/aaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404


def test_the_page_speaks_thai(client, talk, ring):
    quote = talk.shared(talk.offered(ring), language="th")
    client.logout()
    assert actions.page_url(quote).split("/")[3] == "th"
    text = client.get(f"/th/quotes/{actions.token_of(quote)}/").content.decode()
    assert "อนุมัติ" in text
    assert "Approve and pay" not in text


def test_the_benches_have_no_business_here(client, talk, ring):
    quote = talk.shared(talk.offered(ring))
    client.force_login(member("setter@ajour.example", Role.SETTER))
    assert client.get("/en/office/quotes/").status_code == 403
    assert client.get(f"/en/office/quotes/{quote.number}/").status_code == 403


def test_the_link_says_which_metal_the_picture_shows_and_that_no_camera_took_it(client, talk, ring):
    file = File.objects.create(
        purpose="shop", name="sill.jpg", sha256="0" * 64, suffix=".jpg", size=1, width=8, height=10
    )
    Photo.objects.create(piece=ring, file=file, alloy="PT950Ru", view="side", shape="7bd455c7")
    pictured = with_ways(Piece.objects.filter(pk=ring.pk)).get()
    link = f"quotes/{actions.token_of(talk.shared(talk.offered(pictured)))}/"
    said = "Shown in Platinum 950, ruthenium · Computer-made picture of the exact model"
    page, thai = (client.get(f"/{language}/{link}").content.decode() for language in ("en", "th"))
    assert f"{said}</p>" in page
    assert f'alt="Sill. {said}"' in page
    assert "ภาพจากคอมพิวเตอร์ตามแบบจริงของชิ้นงาน" in thai
    assert "ภาพแสดงชิ้นงาน" in thai
