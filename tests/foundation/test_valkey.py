"""The cache keeps what it is given, and one client to it."""

from django.core.cache import caches

from foundation.valkey import Client


def test_what_is_kept_is_found_again_until_it_is_taken_out():
    kept = caches["default"]
    kept.set("valkey.test", {"ring": 3}, 60)
    assert kept.get("valkey.test") == {"ring": 3}
    kept.delete("valkey.test")
    assert kept.get("valkey.test") is None


def test_one_client_does_for_many_acts(monkeypatch):
    made, kept = [], caches.create_connection("default")
    redis_s = kept._cache._client
    monkeypatch.setattr(kept._cache, "_client", lambda **said: made.append(1) or redis_s(**said))
    for number in range(5):
        kept.set(f"valkey.test.{number}", number, 60)
    assert made == [1]


def test_of_several_servers_each_is_asked_by_its_own_client():
    client = Client([f"redis://127.0.0.1:{port}/0" for port in (1, 2, 3, 4)])
    writes = client.get_client(write=True)
    for _ in range(60):
        assert client.get_client() is not writes
        assert client.get_client(write=True) is writes
    assert len(client._kept) == 4
    assert all(kept.connection_pool is pool for pool, kept in client._kept.items())
