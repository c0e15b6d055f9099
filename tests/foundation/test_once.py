"""An action that a client names itself happens once."""

import threading
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from foundation.api.models import ActionDone
from foundation.api.once import OnceMixin, once
from foundation.api.permissions import Anyone
from foundation.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@once
def make(request):
    """Makes a person; refuses an address without @."""
    email = request.POST["email"]
    User.objects.create_user(email)
    if "@" not in email:
        return HttpResponse("no", status=422)
    return HttpResponseRedirect(f"/people/{User.objects.get().pk}")


def post(view=make, **fields):
    request = RequestFactory().post("/make", fields)
    request.user = AnonymousUser()
    return view(request)


def test_a_second_tap_changes_nothing_and_lands_where_the_first_did():
    key = str(uuid.uuid4())
    first, second = (post(action_id=key, email="a@example.com") for _ in range(2))
    assert User.objects.count() == 1
    assert second["Location"] == first["Location"]


def test_twenty_taps_at_once_act_once():
    key, places = str(uuid.uuid4()), []

    def tap():
        places.append(post(action_id=key, email="a@example.com")["Location"])
        connection.close()

    taps = [threading.Thread(target=tap) for _ in range(20)]
    for t in taps:
        t.start()
    for t in taps:
        t.join()
    assert User.objects.count() == 1
    assert len(places) == 20
    assert len(set(places)) == 1


def test_a_refused_form_leaves_nothing_behind_and_may_be_sent_again_corrected():
    key = str(uuid.uuid4())
    assert post(action_id=key, email="nobody").status_code == 422
    assert not User.objects.exists()
    assert not ActionDone.objects.exists()
    assert post(action_id=key, email="a@example.com").status_code == 302


class Make(OnceMixin, APIView):
    permission_classes = [Anyone]
    authentication_classes = []

    def post(self, request):
        return Response({"id": User.objects.create_user(request.data["email"]).pk}, status=201)


def ask(key, email="a@example.com"):
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return Make.as_view()(APIRequestFactory().post("/make", {"email": email}, format="json", **headers))


def test_a_program_that_repeats_its_key_gets_the_same_answer():
    first, second = ask("key-number-1"), ask("key-number-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert second["Idempotent-Replay"] == "true"
    assert User.objects.count() == 1


def test_the_same_key_with_other_content_is_refused():
    ask("key-number-1")
    refused = ask("key-number-1", email="b@example.com")
    assert refused.status_code == 409
    assert "other content" in refused.data["detail"]


def test_a_post_without_a_key_is_refused_and_names_the_header():
    refused = ask(None)
    assert refused.status_code == 400
    assert "Idempotency-Key" in refused.data["errors"]
