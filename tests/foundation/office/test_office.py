"""The back office's own pages."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.api.models import Token
from foundation.house.models import Brand, Calendar, DeliveryMethod, Seller, Site
from foundation.mail.models import Letter
from foundation.office.actions import LOOK, record_findings
from foundation.office.models import Finding
from foundation.outbox.actions import drain
from foundation.outbox.handlers import HANDLERS, LEASES
from foundation.outbox.models import Work
from foundation.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(client):
    seller = Seller.objects.create(
        code="uk", legal_name="Ajour Ltd", country="GB", currency="GBP", invoice_prefix="AJ", email="o@a.example"
    )
    Brand.objects.create(code="ajour", name="Ajour", seller=seller, contact_email="hello@ajour.example")
    user = User.objects.create_user("ada@ajour.example", name="Ada")
    user.roles_held.create(role="admin")
    client.force_login(user)
    return user


def send(client, path, **fields):
    return client.post(path, {"action_id": str(uuid.uuid4()), **fields})


def test_an_invited_caster_gets_a_letter_chooses_a_password_and_holds_the_role(client, admin):
    response = send(
        client, "/en/office/people/invite/", email="kit@ajour.example", name="Kit", language="th", roles=["caster"]
    )
    assert response.status_code == 302
    drain()
    letter = Letter.objects.get(to="kit@ajour.example")
    assert letter.sent_at
    link = next(word for word in letter.text.split() if "/welcome/" in word)
    path = "/" + link.split("/", 3)[3]
    assert path.startswith("/th/")  # the invitation's language, not that of whoever invites
    client.logout()
    assert client.get(path).status_code == 200
    assert (
        client.post(path, {"new_password1": "a-long-way-home", "new_password2": "a-long-way-home"}).status_code == 302
    )
    assert User.objects.get(email="kit@ajour.example").has_role("caster")
    assert client.get(path).status_code == 410


def test_the_office_s_own_address_leads_to_where_a_day_begins(client, admin):
    assert client.get("/en/office/")["Location"] == "/en/office/orders/"


def test_an_invitation_without_a_role_is_refused_and_nobody_is_made(client, admin):
    assert (
        send(client, "/en/office/people/invite/", email="kit@ajour.example", name="Kit", language="en").status_code
        == 422
    )
    assert not User.objects.filter(email="kit@ajour.example").exists()


def test_the_last_admin_cannot_be_taken_away(client, admin):
    response = send(client, f"/en/office/people/{admin.reference}/", roles=["sales"])
    assert response.status_code == 422
    assert "must keep an admin" in response.content.decode()
    assert User.objects.get(pk=admin.pk).has_role("admin")


def test_somebody_whose_access_is_closed_is_out_with_the_next_request(client, admin):
    kit = User.objects.create_user("kit@ajour.example", "a-long-way-home", name="Kit")
    kit.roles_held.create(role="packer")
    theirs = client.__class__()
    theirs.force_login(kit)
    assert theirs.get("/en/packing/").status_code == 200
    send(client, f"/en/office/people/{kit.reference}/", roles=["packer"], close="1")
    assert theirs.get("/en/packing/").status_code == 302


def test_somebody_whose_link_ran_out_is_written_to_again(client, admin):
    kit = User.objects.create_user("kit@ajour.example", name="Kit")
    kit.roles_held.create(role="packer")
    assert "invited" in client.get("/en/office/people/").content.decode()
    for _ in range(2):
        assert send(client, f"/en/office/people/{kit.reference}/", write="1").status_code == 302
    drain()
    assert Letter.objects.filter(to="kit@ajour.example", sent_at__isnull=False).count() == 2


def test_a_closed_access_opens_again_with_a_new_password_and_nothing_that_was_signed_in(client, admin):
    kit = User.objects.create_user("kit@ajour.example", "a-long-way-home", name="Kit")
    kit.roles_held.create(role="packer")
    token = Token.objects.create(user=kit, name="scale", hashed="0" * 64)
    theirs = client.__class__()
    theirs.force_login(kit)
    page = f"/en/office/people/{kit.reference}/"
    send(client, page, roles=["packer"], close="1")
    refused = send(client, "/en/office/people/invite/", email=kit.email, name="Kit", language="en", roles=["caster"])
    assert "Open it again on their page" in refused.content.decode()
    send(client, page, write="1")
    drain()
    assert theirs.get("/en/packing/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at
    link = next(word for word in Letter.objects.get(to=kit.email).text.split() if "/welcome/" in word)
    chosen = {"new_password1": "another-way-home", "new_password2": "another-way-home"}
    assert theirs.post("/" + link.split("/", 3)[3], chosen).status_code == 302
    assert theirs.get("/en/packing/").status_code == 200


def test_a_person_without_code_edits_the_house_s_facts(client, admin):
    brand = Brand.objects.get()
    page = client.get(f"/en/office/house/brand/{brand.pk}/")
    assert page.status_code == 200
    fields = page.context["form"].initial | {
        "strapline": "Set open to the light", "making_rate_minor_per_hour": "62.50", "house_fee_minor": "£45", "metal_markup_bp": "7.5 %",
        "return_days": 45,
    }  # fmt: skip
    assert send(client, f"/en/office/house/brand/{brand.pk}/", **fields).status_code == 302
    brand.refresh_from_db()
    assert (brand.strapline, brand.return_days) == ("Set open to the light", 45)
    assert (brand.making_rate_minor_per_hour, brand.house_fee_minor, brand.metal_markup_bp) == (6250, 4500, 750)
    assert 'for="id_whatsapp">WhatsApp<' in page.content.decode()
    assert 'value="62.50"' in client.get(f"/en/office/house/brand/{brand.pk}/").content.decode()


@pytest.mark.parametrize(
    ("field", "said", "reads"),
    [
        ("house_fee_minor", "3,5", "is not an amount of GBP"),
        ("house_fee_minor", "-1", "cannot be negative"),
        ("metal_markup_bp", "150", "is not a percentage"),
        ("deposit_percent", "101", "less than or equal to 100"),
        ("return_days", "13", "fourteen days: no less"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_in_a_sentence_and_nothing_changes(client, admin, field, said, reads):
    brand = Brand.objects.get()
    fields = client.get(f"/en/office/house/brand/{brand.pk}/").context["form"].initial | {field: said}
    answer = send(client, f"/en/office/house/brand/{brand.pk}/", **fields)
    assert answer.status_code == 422
    assert reads in answer.content.decode()
    assert Brand.objects.values_list(field).get() == (getattr(brand, field),)


def test_a_clock_and_a_country_that_are_not_are_refused(client, admin):
    seller = Seller.objects.get()
    fields = client.get(f"/en/office/house/seller/{seller.pk}/").context["form"].initial
    answer = send(client, f"/en/office/house/seller/{seller.pk}/", **fields | {"time_zone": "Bath", "country": "ZZ"})
    assert answer.status_code == 422
    assert "There is no time zone “Bath”" in answer.content.decode()
    assert "country" in answer.context["form"].errors


def test_a_series_that_no_invoice_can_bear_is_refused(client, admin):
    seller = Seller.objects.get()
    fields = client.get(f"/en/office/house/seller/{seller.pk}/").context["form"].initial
    fields |= {"address": "1 Bench Row", "vat_rate_bp": "20"}
    for series in ("ÄÖ/<b>", "aj", ""):
        answer = send(client, f"/en/office/house/seller/{seller.pk}/", **fields | {"invoice_prefix": series})
        assert list(answer.context["form"].errors) == ["invoice_prefix"]
    long = send(client, f"/en/office/house/seller/{seller.pk}/", **fields | {"address": "x" * 5_000})
    assert list(long.context["form"].errors) == ["address"]
    assert (
        send(client, f"/en/office/house/seller/{seller.pk}/", **fields | {"invoice_prefix": "UK-26"}).status_code == 302
    )


def test_a_working_day_does_not_end_before_it_begins(client, admin):
    site = Site.objects.create(
        code="bkk", name="Bangkok", seller=Seller.objects.get(), country="TH", time_zone="Asia/Bangkok"
    )
    hours = Calendar.objects.create(site=site, weekdays=[1, 2])
    at = f"/en/office/house/calendar/{hours.pk}/"
    refused = send(client, at, weekdays=[1, 2], opens_at="18:00", closes_at="17:30")
    assert refused.context["form"].errors["closes_at"] == ["It closes before it opens."]
    assert send(client, at, weekdays=[1, 2], opens_at="08:00", closes_at="17:30").status_code == 302


def test_a_parcel_is_followed_at_a_web_address_only(client, admin):
    fields = {
        "seller": Seller.objects.get().pk, "code": "post", "name": "Post", "countries": "gb", "price_minor": "9.50", "days": 1,
        "carrier": "Post", "position": 0, "collected_at": "",
    }  # fmt: skip
    refused = send(client, "/en/office/house/delivery/new/", **fields | {"tracking_url": "javascript:alert({number})"})
    assert "https://carrier.example/{number}" in str(refused.context["form"].errors["tracking_url"])
    good = fields | {"tracking_url": "https://track.example/{number}"}
    assert send(client, "/en/office/house/delivery/new/", **good).status_code == 302


def test_delivery_names_countries_that_are(client, admin):
    seller = Seller.objects.get()
    fields = {
        "seller": seller.pk, "code": "post", "name": "Post", "countries": "gb, zz", "price_minor": "9.50", "days": 1,
        "carrier": "Post", "tracking_url": "", "position": 0, "collected_at": "",
    }  # fmt: skip
    refused = send(client, "/en/office/house/delivery/new/", **fields)
    assert "No country is called ZZ" in refused.content.decode()
    assert send(client, "/en/office/house/delivery/new/", **fields | {"countries": "gb, ie"}).status_code == 302
    made = DeliveryMethod.objects.get(code="post")
    assert (made.price_minor, made.countries) == (950, ["GB", "IE"])


def test_findings_stay_until_a_later_night_no_longer_finds_them(client, admin):
    record_findings(kind="ledger", found=["Gold does not sum to zero."], now=timezone.now())
    record_findings(kind="ledger", found=["Gold does not sum to zero."], now=timezone.now())
    assert Finding.objects.filter(gone_at=None).count() == 1
    assert "Gold does not sum to zero" in client.get("/en/office/findings/").content.decode()
    record_findings(kind="ledger", found=[], now=timezone.now())
    assert "The books agree" in client.get("/en/office/findings/").content.decode()


def test_the_books_are_looked_at_when_somebody_asks(client, admin):
    record_findings(kind="metal_books", found=["Gold does not sum to zero."], now=timezone.now())
    said = client.get(send(client, "/en/office/findings/look/")["Location"]).content.decode()
    assert "Looked at just now: no findings." in said
    assert "The books agree" in said


def test_a_look_at_the_books_that_breaks_says_so(client, admin, monkeypatch):
    def breaks():
        raise RuntimeError("the ledger is locked")

    monkeypatch.setitem(HANDLERS, LOOK, breaks)
    said = client.get(send(client, "/en/office/findings/look/")["Location"]).content.decode()
    assert "It could not be done just now" in said
    assert "no findings" not in said
    assert "the ledger is locked" in Work.objects.get(kind=LOOK).last_error


def test_work_that_was_given_up_is_named_in_words_and_tried_again_by_a_button(client, admin):
    now = timezone.now()
    gone = {"attempts": 10, "next_at": now, "dead_at": now, "last_error": "no route to host"}
    work = Work.objects.create(kind="mail.post", key="mail.post:nobody", payload={"letter_key": "nobody"}, **gone)
    Work.objects.create(kind="orders.done_in_an_older_house", key="old", **gone)
    said = client.get("/en/office/work/").content.decode()
    assert "Send a letter" in said
    assert "no route to host" in said
    assert "orders.done_in_an_older_house" in said  # nobody does such work any more: its name is all there is
    send(client, f"/en/office/work/{work.pk}/retry/")
    work.refresh_from_db()
    assert (work.dead_at, work.attempts) == (None, 0)


def test_work_that_waits_is_counted_by_what_it_does_the_longest_first(client, admin):
    assert "Everything that was owed is done." in client.get("/en/office/work/").content.decode()
    now = timezone.now()
    Work.objects.create(kind="mail.post", key="late", next_at=now)
    for number in range(30):
        Work.objects.create(kind="files.render", key=f"r{number}", attempts=number % 3, next_at=now)
    Work.objects.filter(kind="files.render").update(made_at=now - timedelta(days=2))
    waiting = client.get("/en/office/work/").context["waiting"]
    assert [(row["kind"], row["count"], row["tries"]) for row in waiting] == [
        ("files.render", 30, 2),
        ("mail.post", 1, 0),
    ]


def test_figures_open_to_whoever_brings_the_token_and_to_nobody_else(client, admin, settings):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "t0ken"
    assert client.get("/metrics").status_code == 404
    record_findings(kind="ledger", found=["x"], now=timezone.now())
    said = client.get("/metrics", headers={"Authorization": "Bearer t0ken"}).content.decode()
    assert 'ajour_findings{kind="ledger"} 1.0' in said
    assert "ajour_outbox_dead 0.0" in said


def test_work_that_takes_minutes_is_counted_by_itself_and_ages_nobodys_alarm(client, settings, monkeypatch):
    monkeypatch.setitem(LEASES, "test.slow", timedelta(minutes=30))
    settings.METRICS_TOKEN = "t0ken"
    since = timezone.now() - timedelta(minutes=10)
    Work.objects.create(kind="test.slow", key="slow", next_at=since)

    def figures():
        return client.get("/metrics", headers={"Authorization": "Bearer t0ken"}).content.decode()

    assert "ajour_outbox_slow_due 1.0" in figures()
    assert "ajour_outbox_oldest_seconds 0.0" in figures()
    Work.objects.create(kind="test.quick", key="quick", next_at=since)
    assert "ajour_outbox_oldest_seconds 6" in figures()
