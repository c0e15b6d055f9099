"""The link to a first password: in the reader's language, for one person, once."""

import pytest

from foundation.people.models import User
from foundation.people.welcome import welcome_url, welcomed

pytestmark = pytest.mark.django_db


def parts(link):
    return link.rstrip("/").split("/")[-2:]


def test_it_opens_for_its_person_in_their_language_until_a_password_is_chosen(settings):
    user = User.objects.create_user("june@brook.example", name="June Vane")
    link = welcome_url(user, language="th")
    assert link.startswith(f"{settings.SITE_URL}/th/")
    assert welcomed(*parts(link)) == user
    user.set_password("a password of hers")
    user.save()
    assert welcomed(*parts(link)) is None


def test_no_link_and_the_link_of_a_closed_account_open_for_nobody():
    user = User.objects.create_user("june@brook.example", name="June Vane")
    uid, token = parts(welcome_url(user, language="en"))
    assert [welcomed("!", token), welcomed("_w", token), welcomed(uid, "nonsense")] == [None] * 3
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert welcomed(uid, token) is None
