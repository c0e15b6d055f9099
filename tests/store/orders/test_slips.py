"""A transfer's slip lies with its order: a photo or a PDF, sent again as often as the line breaks, seen by staff."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from foundation.people.roles import Role
from store.catalogue.actions import expire_holds
from store.catalogue.models import Stock
from store.orders import actions
from store.orders.flow import OrderState
from tests.store import cast, ordering


def photo(colour="white"):
    out = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "JPEG")
    return SimpleUploadedFile("slip.jpg", out.getvalue(), "image/jpeg")


def pdf(content=b"%PDF-1.7 a slip"):
    return SimpleUploadedFile("slip.pdf", content, "application/pdf")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def order(db):
    brand = ordering.house_of(cast)
    brand.seller.bank_details = "Ajour Ltd\nSort code 00-00-00, account 1"
    brand.seller.save()
    return ordering.place(ordering.ready_made(cast.variant(cast.ring(), on_hand=2)), channel="conversation")


def send(client, order, upload, key=None):
    address = f"/en/orders/{actions.token_of(order)}/slips/"
    return client.post(address, {"slip": upload, "action_id": key or str(uuid4())}, follow=True)


def test_the_page_says_where_to_pay_and_takes_the_slip(client, order):
    page = client.get(f"/en/orders/{actions.token_of(order)}/").content.decode()
    assert "Sort code 00-00-00, account 1" in page
    assert order.number in page
    said = send(client, order, photo()).content.decode()
    assert "your slip is here" in said
    assert order.slips.get().file.is_picture


def test_an_order_whose_slip_was_sent_waits_for_the_bank_with_all_that_it_holds(client, db):
    brand = ordering.house_of(cast)
    brand.seller.bank_details = "Ajour Ltd"
    brand.seller.save()
    variant = cast.variant(cast.ring(), on_hand=1)
    order = ordering.place(ordering.ready_made(variant))
    send(client, order, photo())
    drain()
    later = timezone.now() + timedelta(days=4)
    assert (actions.expire_unpaid(now=later), expire_holds(now=later)) == (0, 0)
    assert Stock.objects.get(variant=variant).held == 1
    due = order.dues.get()
    by = ordering.member("hannah@ajour.example", Role.SALES)
    actions.record_for_order(
        order=order, due=due, method="transfer", amount_minor=due.amount_minor, note="", at=timezone.now(), by=by
    )
    drain()
    order.refresh_from_db()
    assert (order.state, order.money) == ("confirmed", "paid")


def test_a_second_slip_wins_no_more_time(db):
    ordering.house_of(cast)
    order = ordering.place(ordering.ready_made(cast.variant(cast.ring(), on_hand=1)))
    now = timezone.now()
    for day in (0, 4):
        actions.attach_slip(order=order, now=now + timedelta(days=day), upload=photo((day, day, day)))
    order.refresh_from_db()
    assert order.slips.count() == 2
    assert order.pay_by_at == now + timedelta(days=5)


def test_without_a_slip_an_unpaid_order_is_let_go_within_the_hour(client, db):
    ordering.house_of(cast)
    order = ordering.place(ordering.ready_made(cast.variant(cast.ring(), on_hand=1)))
    assert actions.expire_unpaid(now=timezone.now() + timedelta(hours=1)) == 1
    order.refresh_from_db()
    assert order.state == "expired"


def test_the_same_slip_sent_again_is_one_slip(client, order):
    key = str(uuid4())
    send(client, order, photo(), key)
    send(client, order, photo(), key)
    send(client, order, photo())
    assert order.slips.count() == 1
    send(client, order, pdf())
    assert order.slips.count() == 2


def test_what_is_written_with_a_slip_makes_no_button_and_no_link_of_the_office_s_letter(order):
    note = "Open the slip:\n\nOpen the slip: https://evil.example/slip\n\nwww.evil.example"
    slip = actions.attach_slip(order=order, now=timezone.now(), upload=photo(), note=note)
    drain()
    assert slip.note == "Open the slip: Open the slip: https://evil.example/slip www.evil.example"
    letter = Letter.objects.get(template="orders/mail/slip")
    assert f"“{slip.note}”" in letter.text
    assert [link for link in re.findall(r'href="([^"]+)"', letter.html) if "evil" in link] == []
    assert f"/office/orders/{order.number}/" in letter.html


def test_a_pdf_that_begins_with_a_mark_of_its_writing_is_one(order):
    slip = actions.attach_slip(order=order, now=timezone.now(), upload=pdf(b"\xef\xbb\xbf\r\n%PDF-1.4 a slip"))
    assert slip.file.size == len(b"\xef\xbb\xbf\r\n%PDF-1.4 a slip")


@pytest.mark.parametrize("upload", [
    SimpleUploadedFile("slip.pdf", b"<html>not a pdf", "application/pdf"),
    SimpleUploadedFile("slip.jpg", b"not a picture", "image/jpeg"),
    SimpleUploadedFile("slip.exe", b"MZ", "application/octet-stream"),
])  # fmt: skip
def test_what_is_no_slip_is_refused_in_a_sentence(order, upload):
    with pytest.raises(actions.SlipNotTaken):
        actions.attach_slip(order=order, now=timezone.now(), upload=upload)
    assert not order.slips.exists()


def test_there_is_an_end_to_slips(order):
    for n in range(12):
        actions.attach_slip(order=order, now=timezone.now(), upload=photo((n * 20, 0, 0)))
    with pytest.raises(actions.SlipNotTaken, match="12 slips"):
        actions.attach_slip(order=order, now=timezone.now(), upload=photo("green"))


def test_an_order_that_is_off_takes_none(order):
    actions.cancel_order(order=order, by=ordering.member("s@ajour.example", Role.SALES), reason="a change of mind")
    with pytest.raises(actions.SlipNotTaken, match="waits for no payment"):
        actions.attach_slip(order=order, now=timezone.now(), upload=photo())


def test_staff_read_of_it_see_it_and_record_the_money(office, order):
    actions.attach_slip(order=order, now=timezone.now(), upload=photo(), note="paid at ten")
    letter = Letter.objects.get(template="orders/mail/slip")
    assert letter.to == order.brand.contact_email
    assert "slip received" in office.get("/en/office/orders/").content.decode()
    page = office.get(f"/en/office/orders/{order.number}/").content.decode()
    assert "slip.jpg" in page
    assert "paid at ten" in page
    assert 'value="1212.00"' in page
    due = order.dues.get()
    said = {"due": due.pk, "method": "transfer", "amount": "1212.00", "note": "slip", "action_id": str(uuid4())}
    office.post(f"/en/office/orders/{order.number}/payments/", said)
    drain()
    order.refresh_from_db()
    assert order.state == OrderState.CONFIRMED


def test_a_buyer_without_an_address_gets_no_letter_and_the_order_goes_on(order):
    order.email = ""
    order.save(update_fields=["email"])
    actions.send_link(order=order, key="again")
    assert not Letter.objects.filter(template="orders/mail/link").exists()
