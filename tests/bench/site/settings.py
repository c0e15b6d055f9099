"""The shop's own settings, with two ceilings beside its pages, and without its caches where BENCH_CACHE is "none"."""

import os

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.site.urls"
if os.environ.get("BENCH_CACHE") == "none":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"
