"""The studio is asked for pictures, takes one after the other, and tells of each; what it cannot show it refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from foundation.flow import WrongTurn
from foundation.outbox.actions import LEASE, deliver, drain, retry
from foundation.outbox.models import Work
from foundation.people.models import User
from production import studio
from production.pictures import presence, taking, tasks
from production.pictures.flow import PictureState
from production.pictures.models import StudioPicture
from production.shapes.parameters import Refused
from production.shapes.pool import BuildFailed, Stalled
from production.signals import picture_taken

RING = studio.Shown("solitaire", {"claws": 6}, "ruby", "sage")
SUBJECT = uuid4()


def ask(by, *, shown=RING, alloys=("AU750Y",), views=("three_quarter",)):
    return studio.ask(subject=SUBJECT, shown=shown, alloys=alloys, views=views, by=by)


def asked(by):
    return studio.studio(subject=SUBJECT, by=by).pictures


@pytest.fixture
def news():
    heard = []

    def hear(**told):
        heard.append(told)

    picture_taken.connect(hear)
    yield heard
    picture_taken.disconnect(hear)


def test_pictures_are_taken_in_the_order_they_were_asked_for_and_each_is_told_once(camera, sales, news):
    assert ask(sales, alloys=["AU750Y", "PT950Ru"], views=["three_quarter", "detail"]) == 4
    drain()
    assert [(one[2], one[3]) for one in camera.asked] == [
        ("AU750Y", "three_quarter"), ("AU750Y", "detail"), ("PT950Ru", "three_quarter"), ("PT950Ru", "detail"),
    ]  # fmt: skip
    assert {one.state for one in asked(sales)} == {PictureState.TAKEN}
    told = news[0]
    assert (len(news), told["subject"], told["alloy"], told["view"], told["width_um"]) == (
        4, SUBJECT, "AU750Y", "three_quarter", 32_500,
    )  # fmt: skip
    assert told["shape"] == studio.shape_of(RING) == StudioPicture.objects.first().shape


def test_the_stone_in_the_picture_is_the_one_on_offer(camera, sales):
    ask(sales)
    drain()
    family, parameters, _, _, tray, _ = camera.asked[0]
    assert (family, parameters["gem"], parameters["claws"], tray) == ("solitaire", "ruby", 6, "sage")


def test_what_waits_already_is_not_asked_for_twice_whoever_writes_it(camera, sales):
    assert [ask(sales), ask(sales)] == [1, 0]
    row = StudioPicture.objects.get()
    row.pk, row.reference = None, uuid4()
    with pytest.raises(IntegrityError, match="pictures_waits_once"), transaction.atomic():
        row.save(force_insert=True)


def test_a_picture_is_kept_once_however_often_its_work_is_done(camera, sales, news):
    ask(sales)
    drain()
    row = StudioPicture.objects.get()
    tasks.take(id=row.pk, sequence=0)
    drain()
    assert (len(camera.asked), len(news), row.steps.count()) == (1, 1, 2)


def test_a_studio_that_was_killed_at_a_picture_takes_it_again(camera, sales):
    ask(sales)
    camera.answer = lambda: (_ for _ in ()).throw(Stalled("gone"))
    drain()
    assert [one.state for one in asked(sales)] == [PictureState.BEING_TAKEN]
    camera.answer = type(camera)().answer
    retry(Work.objects.get(kind="pictures.take"))
    drain()
    assert [one.state for one in asked(sales)] == [PictureState.TAKEN]


def test_nobody_else_begins_a_picture_while_it_is_being_taken(camera, sales):
    """A picture takes longer than other calls to the outside: its lease says so."""
    ask(sales)
    key = Work.objects.get(kind="pictures.take").key
    inside = []

    def answer():
        inside.append((deliver(key), Work.objects.get(key=key).next_at))
        return type(camera)().answer()

    camera.answer = answer
    deliver(key)
    ((again, next_at),) = inside
    assert (again, len(camera.asked)) == (False, 1)
    assert next_at - StudioPicture.objects.get().began_at > LEASE + LEASE


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            Refused("stone_not_known", "The studio cannot show this {stone}.", stone="opal"),
            "The studio cannot show this opal.",
        ),
        (BuildFailed("Traceback …"), "The studio broke off at this picture"),
    ],
)
def test_what_cannot_be_taken_says_why_and_can_be_asked_for_again_or_called_off(camera, sales, answer, said):
    ask(sales)
    camera.answer = lambda: (_ for _ in ()).throw(answer)
    drain()
    (one,) = asked(sales)
    assert (one.state, [to for to, _ in one.moves]) == (PictureState.NOT_TAKEN, ["asked", "called_off"])
    assert one.why_not.startswith(said)
    studio.answer(reference=one.reference, subject=SUBJECT, to="asked", by=sales)
    camera.answer = type(camera)().answer
    drain()
    assert [(one.state, one.why_not) for one in asked(sales)] == [(PictureState.TAKEN, "")]


def test_one_that_was_asked_for_anew_meanwhile_is_not_asked_for_again(camera, sales):
    ask(sales)
    camera.answer = lambda: (_ for _ in ()).throw(BuildFailed("Traceback …"))
    drain()
    (old,) = asked(sales)
    ask(sales)
    with pytest.raises(WrongTurn, match="waits at the studio already"):
        studio.answer(reference=old.reference, subject=SUBJECT, to="asked", by=sales)


def test_one_that_was_called_off_is_not_taken(camera, sales):
    ask(sales)
    (one,) = asked(sales)
    studio.answer(reference=one.reference, subject=SUBJECT, to="called_off", by=sales)
    drain()
    assert camera.asked == []
    with pytest.raises(WrongTurn):
        studio.answer(reference=one.reference, subject=SUBJECT, to="asked", by=sales)


def test_where_no_studio_is_open_nothing_is_asked_for_and_a_sentence_says_so(camera, sales):
    presence.cache.delete(presence.OPEN)
    with pytest.raises(studio.StudioClosed, match="No studio is open"):
        ask(sales)
    assert not StudioPicture.objects.exists()


def test_a_worker_without_the_renderer_neither_opens_the_studio_nor_takes_a_picture(camera, sales, monkeypatch):
    ask(sales)
    presence.cache.delete(presence.OPEN)
    monkeypatch.setattr(taking, "is_equipped", lambda: False)
    tasks.look_in()
    drain()
    assert not presence.is_open()
    assert "NotEquipped" in Work.objects.get(kind="pictures.take").last_error
    assert [one.state for one in asked(sales)] == [PictureState.ASKED]


def test_what_cannot_be_made_is_refused_before_anything_is_asked_for(camera, sales):
    with pytest.raises(studio.CannotPicture, match="claws"):
        ask(sales, shown=studio.Shown("solitaire", {"claws": 60}, "", "sage"))
    assert not StudioPicture.objects.exists()


def test_the_time_to_go_is_that_of_the_last_pictures_times_those_in_line(camera, sales):
    ask(sales, views=["three_quarter", "detail"])
    assert studio.studio(subject=SUBJECT, by=sales).seconds_to_go is None
    drain()
    StudioPicture.objects.update(began_at="2026-11-29T08:00:00Z", ended_at="2026-11-29T08:01:10Z")
    ask(sales, alloys=["AG925"], views=["three_quarter", "detail", "above"])
    assert studio.studio(subject=SUBJECT, by=sales).seconds_to_go == 3 * 70


def test_nobody_but_the_office_sees_or_answers_what_was_asked_for(camera, sales):
    ask(sales)
    (one,) = asked(sales)
    setter = User.objects.create_user("nok@ajour.example", name="Nok")
    setter.roles_held.create(role="setter")
    assert asked(setter) == ()
    with pytest.raises(studio.NoSuchPicture):
        studio.answer(reference=one.reference, subject=SUBJECT, to="called_off", by=setter)
    with pytest.raises(studio.NoSuchPicture):
        studio.answer(reference=one.reference, subject=uuid4(), to="called_off", by=sales)
