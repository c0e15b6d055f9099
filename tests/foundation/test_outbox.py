"""Work that was promised in a transaction happens, once, whatever fails."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.outbox import actions, handlers
from foundation.outbox.models import Work
from foundation.outbox.tasks import deliver
from foundation.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handle(monkeypatch):
    """Register a handler for the length of one test."""

    def register(function, *, outside=False):
        monkeypatch.setitem(handlers.HANDLERS, "test.work", function)
        if outside:
            monkeypatch.setattr(actions, "OUTSIDE", {"test.work"})
        return function

    return register


def owe(key="k1", **payload):
    with transaction.atomic():
        actions.put("test.work", key=key, payload=payload)


def test_asking_twice_under_one_key_is_asking_once(handle):
    done = []
    handle(lambda: done.append(1))
    owe()
    owe()
    assert actions.drain() == 1
    assert done == [1]


def test_work_put_in_a_transaction_that_is_undone_was_never_owed(handle):
    handle(lambda: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.put("test.work", key="gone", payload={})
        raise RuntimeError
    assert not Work.objects.exists()


@pytest.fixture
def told(monkeypatch):
    """What the workers are told: to which queue, and of which work."""
    heard = []
    monkeypatch.setattr(
        actions.current_app, "send_task", lambda name, kwargs, queue, **_: heard.append((name, queue, kwargs["keys"]))
    )
    return heard


def put(*keys, kind="test.work"):
    for key in keys:
        actions.put(kind, key=key, payload={})


def test_the_workers_are_told_once_of_all_that_a_commit_owes(handle, told):
    handle(lambda: None)
    with transaction.atomic():
        put("k1", "k2")
        with transaction.atomic(savepoint=False):
            put("k3", "k1")
        assert told == []
    assert told == [("outbox.deliver", None, ["k1", "k2", "k3"])]


def test_what_a_savepoint_undoes_the_workers_do_not_hear_of(handle, told):
    handle(lambda: None)
    with transaction.atomic():
        put("before")
        with pytest.raises(RuntimeError), transaction.atomic():
            put("undone")
            raise RuntimeError
        put("after")
    assert told == [("outbox.deliver", None, ["before", "after"])]


def test_each_queue_is_told_of_its_own(handle, told, monkeypatch):
    handle(lambda: None)
    monkeypatch.setitem(handlers.HANDLERS, "test.drawing", lambda: None)
    monkeypatch.setitem(handlers.QUEUES, "test.drawing", "models")
    with transaction.atomic():
        put("k1")
        put("drawn", kind="test.drawing")
        put("k2")
    assert told == [("outbox.deliver", None, ["k1", "k2"]), ("outbox.deliver", "models", ["drawn"])]


def test_a_message_is_no_longer_than_a_worker_has_time_for(handle, told, monkeypatch):
    handle(lambda: None)
    monkeypatch.setitem(handlers.HANDLERS, "test.long", lambda: None)
    monkeypatch.setitem(handlers.LEASES, "test.long", timedelta(minutes=10))
    with transaction.atomic():
        put(*(f"k{n}" for n in range(12)))
        put("long1", "long2", kind="test.long")
    assert [len(keys) for _name, _queue, keys in told] == [10, 2, 1, 1]


def test_calls_to_the_outside_come_after_what_the_house_waits_for(handle, told, monkeypatch):
    handle(lambda **_: None, outside=True)
    monkeypatch.setitem(handlers.HANDLERS, "test.inside", lambda: None)
    with transaction.atomic():
        put("letter")
        put("stock", kind="test.inside")
    assert told == [("outbox.deliver", None, ["stock", "letter"])]


def test_a_broker_that_is_away_fails_nothing(handle, monkeypatch):
    done = []
    handle(lambda: done.append(1))
    monkeypatch.setattr(actions.current_app, "send_task", lambda *_a, **_k: 1 / 0)
    owe()
    assert actions.sweep() == 1
    assert done == [1]


def test_a_worker_that_is_told_does_all_of_it(handle):
    done = []
    handle(lambda *, n: done.append(n))
    for n in (1, 2):
        owe(f"k{n}", n=n)
    deliver(keys=["k2", "nobody’s", "k1"])
    assert done == [2, 1]


def test_work_cannot_be_put_outside_a_transaction(handle):
    handle(lambda: None)
    with pytest.raises(transaction.TransactionManagementError):
        actions.put("test.work", key="loose", payload={})


def test_work_that_nobody_handles_is_refused_when_it_is_put():
    with pytest.raises(actions.UnknownWork), transaction.atomic():
        actions.put("test.nobody", key="x", payload={})


def test_a_failing_handler_leaves_no_half_effect_and_is_tried_again_later(handle):
    def half(email):
        User.objects.create_user(email)
        raise ValueError("the second half")

    handle(half)
    owe(email="half@example.com")
    assert actions.sweep() == 0
    work = Work.objects.get()
    assert not User.objects.exists()
    assert (work.attempts, work.done_at, work.dead_at) == (1, None, None)
    assert work.next_at > timezone.now()
    assert "the second half" in work.last_error


def test_after_ten_failures_the_work_is_a_dead_letter_until_somebody_retries_it(handle):
    def fail():
        raise ValueError("no")

    handle(fail)
    owe()
    for _ in range(actions.MOST_ATTEMPTS):
        Work.objects.update(next_at=timezone.now())
        actions.sweep()
    work = Work.objects.get()
    assert list(Work.objects.dead()) == [work]
    handle(lambda: None)
    assert actions.sweep() == 0
    actions.retry(work)
    assert actions.sweep() == 1


def test_work_for_later_is_not_done_before_its_time(handle):
    handle(lambda: None)
    with transaction.atomic():
        actions.put("test.work", key="later", payload={}, at=timezone.now() + timedelta(hours=1))
    assert actions.sweep() == 0


def test_an_outside_call_gets_the_same_key_at_every_attempt_and_holds_no_lock_while_it_waits(handle):
    keys = []

    def call(key):
        keys.append((key, transaction.get_connection().in_atomic_block))
        if len(keys) == 1:
            raise TimeoutError

    handle(call, outside=True)
    owe()
    actions.sweep()
    Work.objects.update(next_at=timezone.now())
    actions.sweep()
    assert keys == [("k1", False), ("k1", False)]
    assert Work.objects.get().done_at


def test_pictures_are_made_smaller_by_workers_of_their_own():
    assert handlers.QUEUES["files.make_renditions"] == "pictures"
    assert handlers.QUEUES["shapes.draw_model"] == "models"
