"""The cache keeps what it is given, and one client to it."""

from django.core.cache import caches
from django.core.cache.backends import redis


def test_what_is_kept_is_found_again_until_it_is_taken_out():
    kept = caches["default"]
    kept.set("valkey.test", {"ring": 3}, 60)
    assert kept.get("valkey.test") == {"ring": 3}
    kept.delete("valkey.test")
    assert kept.get("valkey.test") is None


def test_one_client_does_for_many_acts(monkeypatch):
    made = []
    django_s = redis.RedisCacheClient.get_client
    monkeypatch.setattr(
        redis.RedisCacheClient, "get_client", lambda self, *a, **k: made.append(1) or django_s(self, *a, **k)
    )
    kept = caches.create_connection("default")
    for number in range(5):
        kept.set(f"valkey.test.{number}", number, 60)
    assert made == [1]
