"""Marks that turn the reading direction are left out of everything that is sent."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from foundation.api.parsers import Form, Json
from foundation.api.plain import PlainMiddleware, plain

TURNED, STRAIGHT = "Kay\u202e Board\u2067", "Kay Board"


@pytest.mark.parametrize("kept", ["นก พรหมมา", "نور", "נועה", "\u200fנועה", "I ♥ 👩\u200d🎨", "two\nlines"])
def test_writing_of_every_direction_stays_as_it_is(kept):
    assert plain(kept) == kept


def test_a_page_reads_its_form_without_them():
    request = RequestFactory().post("/", {"name": TURNED, "way": ["a", TURNED], "city": "Bath"})
    PlainMiddleware(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse(), [], {})
    assert request.POST["name"] == STRAIGHT
    assert request.POST.getlist("way") == ["a", STRAIGHT]
    assert request.POST["city"] == "Bath"


def test_a_program_s_json_is_read_without_them():
    sent = io.BytesIO(json.dumps({"lines": [{"words": TURNED, "count": 1}]}).encode())
    assert Json().parse(sent, "application/json", {}) == {"lines": [{"words": STRAIGHT, "count": 1}]}


def test_a_program_s_form_is_read_without_them():
    request = RequestFactory().post("/", {"note": TURNED})
    said = Form().parse(request, request.META["CONTENT_TYPE"], {"request": request})
    assert said.data["note"] == STRAIGHT


def test_a_file_is_called_without_them():
    """Django's own work, which is leant on: gpj.exe turned around reads exe.jpg."""
    sent = SimpleUploadedFile("Kay\u202e Board\u2067.stl", b"solid")
    request = RequestFactory().post("/", {"cad": sent})
    said = Form().parse(request, request.META["CONTENT_TYPE"], {"request": request})
    assert said.files["cad"].name == f"{STRAIGHT}.stl"
    assert RequestFactory().post("/", {"cad": sent}).FILES["cad"].name == f"{STRAIGHT}.stl"
