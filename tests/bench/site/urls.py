"""The shop's addresses and the two ceilings: what this server gives when a page costs nothing."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path
from redis import Redis

from config.urls import urlpatterns as shop

PAGE = b"<p>" + b"0123456789abcdef" * 1920 + b"</p>"  # 30 KB
KEY = "bench:page"
valkey = Redis.from_url(os.environ["REDIS_URL"])
valkey.set(KEY, PAGE)


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


def kept(request: HttpRequest) -> HttpResponse:
    return HttpResponse(valkey.get(KEY))


urlpatterns = [path("bench/constant", constant), path("bench/kept", kept), *shop]
