"""From being asked for a parcel to its arrival."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from packing import actions, signals, wording
from packing.intake import cancel_parcel, release_parcel
from packing.models import Content, Parcel, Supply

pytestmark = pytest.mark.django_db(transaction=True)


def pack(parcel, packer):
    """Everything that sealing needs."""
    actions.start_packing(parcel=parcel, by=packer)
    drain()
    actions.scan(parcel=parcel, code="aj-0001", by=packer)
    for taken in parcel.supplies.all():
        actions.take_supply(taken=taken, by=packer)


def seal(parcel, packer):
    pack(parcel, packer)
    actions.seal_parcel(parcel=parcel, by=packer, now=timezone.now())


def test_asking_twice_under_one_reference_is_one_parcel(asked):
    reference = uuid4()
    assert asked(reference=reference).number == asked(reference=reference).number
    assert Parcel.objects.count() == 1


def test_the_spec_tells_box_and_pouch_and_the_ribbon_only_for_a_present(asked):
    assert [s.supply.code for s in asked().supplies.all()] == ["ring-box", "pouch"]
    assert [s.supply.code for s in asked(gift=True).supplies.all()] == ["ring-box", "pouch", "ribbon"]


def test_a_parcel_is_sealed_only_when_scanned_packed_and_papered(asked, packer):
    parcel = asked()
    actions.start_packing(parcel=parcel, by=packer)
    with pytest.raises(WrongTurn, match="AJ-0001 has not been scanned"):
        actions.seal_parcel(parcel=parcel, by=packer, now=timezone.now())
    actions.scan(parcel=parcel, code="AJ-0001", by=packer)
    with pytest.raises(WrongTurn, match="ring-box is not packed yet"):
        actions.seal_parcel(parcel=parcel, by=packer, now=timezone.now())
    for taken in parcel.supplies.all():
        actions.take_supply(taken=taken, by=packer)
    with pytest.raises(WrongTurn, match="still being made"):
        actions.seal_parcel(parcel=parcel, by=packer, now=timezone.now())
    drain()
    actions.seal_parcel(parcel=parcel, by=packer, now=timezone.now())
    assert parcel.state == "sealed"


def test_a_wrong_piece_is_refused_with_both_numbers(asked, packer):
    parcel = asked()
    actions.start_packing(parcel=parcel, by=packer)
    with pytest.raises(actions.WrongPiece, match=r"You scanned AJ-9999.*takes AJ-0001"):
        actions.scan(parcel=parcel, code="AJ-9999", by=packer)
    assert parcel.contents.get().scanned_at is None


def test_a_wrong_piece_fills_the_screen_with_both_numbers_and_the_way_back(asked, packer, client):
    parcel = asked()
    actions.start_packing(parcel=parcel, by=packer)
    client.force_login(packer)
    said = {"code": "aj-9999 <b>", "action_id": uuid4()}
    page = client.post(f"/en/packing/{parcel.number}/scan/", said)
    assert page.status_code == 409
    words = page.content.decode()
    assert '<section class="alarm" role="alert"' in words
    assert "AJ-9999 &lt;B&gt;" in words
    assert ">AJ-0001<" in words
    assert f'href="/en/packing/{parcel.number}/"' in words


def test_ticking_a_supply_twice_takes_one_from_the_shelf(asked, packer):
    parcel = asked()
    actions.start_packing(parcel=parcel, by=packer)
    taken = parcel.supplies.first()
    actions.take_supply(taken=taken, by=packer)
    actions.take_supply(taken=taken, by=packer)
    assert Supply.objects.get(code="ring-box").on_hand == 4


def test_it_leaves_only_when_released_and_with_a_tracking_number(asked, packer):
    parcel = asked()
    seal(parcel, packer)
    with pytest.raises(WrongTurn, match="balance has not been paid"):
        actions.dispatch_parcel(parcel=parcel, tracking_number="PF 123 456", by=packer)
    release_parcel(reference=parcel.reference)
    parcel.refresh_from_db()
    with pytest.raises(actions.NoTracking):
        actions.dispatch_parcel(parcel=parcel, tracking_number="--", by=packer)
    actions.dispatch_parcel(parcel=parcel, tracking_number="pf 123 456", by=packer)
    assert parcel.tracking_url == "https://track.example/PF123456"


def test_to_our_own_counter_it_leaves_with_whoever_takes_it_and_needs_no_tracking_number(asked, packer, client):
    parcel = asked(delivery="collected")
    seal(parcel, packer)
    release_parcel(reference=parcel.reference)
    parcel.refresh_from_db()
    with pytest.raises(actions.NoTracking, match="who takes it"):
        actions.dispatch_parcel(parcel=parcel, tracking_number="PF123456", by=packer)
    with pytest.raises(actions.NoTracking, match="tracking number"):
        actions.dispatch_parcel(parcel=parcel, taken_by="Somchai", tracking_number="no", by=packer)
    client.force_login(packer)
    said = {"to": "dispatched", "taken_by": " Somchai  Dee ", "action_id": uuid4()}
    client.post(f"/en/packing/{parcel.number}/move/", said)
    parcel.refresh_from_db()
    assert (parcel.state, parcel.carrier, parcel.tracking_number) == ("dispatched", "Somchai Dee", "")
    assert "Taken there by Somchai Dee" in client.get(f"/en/packing/{parcel.number}/").content.decode()


def test_those_who_listen_hear_that_it_was_sealed_left_and_arrived(asked, packer):
    heard = []

    def hear(signal, **facts):
        heard.append((facts["reference"], facts.get("tracking_number"), facts.get("contents")))

    every = (signals.parcel_sealed, signals.parcel_dispatched, signals.parcel_delivered)
    for signal in every:
        signal.connect(hear)
    parcel = asked()
    seal(parcel, packer)
    release_parcel(reference=parcel.reference)
    parcel.refresh_from_db()
    actions.dispatch_parcel(parcel=parcel, tracking_number="PF123456", by=packer)
    actions.note_arrival(parcel=parcel, by=None)
    for signal in every:
        signal.disconnect(hear)
    content = str(parcel.contents.get().reference)
    assert heard == [
        (parcel.reference, None, [content]),
        (parcel.reference, "PF123456", None),
        (parcel.reference, None, None),
    ]


def test_two_pieces_of_one_number_are_scanned_one_after_the_other(asked, packer):
    parcel = asked()
    first = parcel.contents.get()
    second = Content.objects.get(pk=first.pk)
    second.pk, second.reference = None, uuid4()
    second.save()
    actions.start_packing(parcel=parcel, by=packer)
    scanned = [actions.scan(parcel=parcel, code=first.code.lower(), by=packer) for _time in range(3)]
    assert scanned == [first, second, first]
    assert not parcel.contents.filter(scanned_at=None).exists()


def test_a_scanned_order_opens_the_parcel_that_has_still_to_be_sent(client, asked, packer):
    client.force_login(packer)
    first, second = (asked(order_number="B3M7") for _ in range(2))
    cancel_parcel(reference=first.reference, reason="packed anew")
    assert client.get("/en/packing/", {"code": "b3m7"})["Location"].endswith(f"/{second.number}/")


def test_the_packer_reads_where_it_goes_in_words_and_in_her_own_language(client, asked, packer):
    client.force_login(packer)
    parcel = asked(country="DE")
    for language, name in (("en", "Germany"), ("th", "เยอรมนี")):
        assert name in client.get(f"/{language}/packing/").content.decode()
        assert f"{name}</address>" in client.get(f"/{language}/packing/{parcel.number}/").content.decode()


def test_what_has_left_cannot_be_called_off(asked, packer):
    parcel = asked()
    seal(parcel, packer)
    release_parcel(reference=parcel.reference)
    parcel.refresh_from_db()
    actions.dispatch_parcel(parcel=parcel, tracking_number="PF123456", by=packer)
    with pytest.raises(WrongTurn, match="On its way cannot become Cancelled"):
        cancel_parcel(reference=parcel.reference, reason="changed her mind")


def test_the_papers_say_what_the_law_and_the_wearer_need(asked, packer):
    parcel = asked()
    with translation.override("en"):
        facts = dict(wording.data(parcel)["pieces"][0]["facts"])
    assert facts["Material"].endswith("· 750")
    assert facts["Hallmark"] == "Hallmarked · AJ 750"
    assert facts["Weight"] == "4.12\xa0g"
    assert facts["Stones"] == "ruby 1.04 ct"


@pytest.mark.parametrize("language", ["en", "th"])
def test_label_and_care_card_are_real_pdf_with_their_fonts_inside(asked, packer, language):
    parcel = asked(language=language, gift=True, gift_note="For #you *always* $x$ <b>")
    actions.start_packing(parcel=parcel, by=packer)
    drain()
    for paper in parcel.papers.all():
        pdf = default_storage.open(paper.file.path).read()
        assert pdf.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in pdf
        assert b"HankenGrotesk" in pdf
    assert parcel.papers.count() == 2


def test_a_stranger_sees_no_parcel(client, asked):
    parcel = asked()
    response = client.get(f"/en/packing/{parcel.number}/")
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
