"""Files are taken in or refused; private ones open by a link that ends."""

import io
import struct
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from foundation.files import actions, links
from foundation.files.models import File
from foundation.outbox.actions import drain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(name="ring.png", size=(900, 700)):
    out = io.BytesIO()
    Image.new("RGB", size, "silver").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_a_picture_can_be_shown_before_its_renditions_are_made_and_in_every_width_after():
    file = actions.keep_image(upload=photo(), by=None, purpose="shop")
    assert links.picture(file).avif == ""
    assert links.picture(file).src.endswith(".jpg")
    drain()
    file.refresh_from_db()
    assert file.renditions == {"avif": [160, 320, 480, 640, 800], "jpeg": [160, 320, 480, 640, 800]}
    assert "-320.avif 320w" in links.picture(file).avif


def test_a_public_picture_is_served_for_ever_under_its_content_s_hash(client):
    file = actions.keep_image(upload=photo(), by=None, purpose="shop")
    response = client.get(links.url(file))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_private_file_opens_by_a_signed_link_only_and_as_a_download(client):
    file = actions.keep_private(upload=SimpleUploadedFile("ring.stl", b"solid <script>"), by=None, purpose="cad")
    link = links.url(file)
    response = client.get(link)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert client.get(link[:-3] + "abc").status_code == 404
    assert client.get(f"/media/{file.path}").status_code == 404


def test_a_signed_link_ends_after_twelve_hours_with_a_sentence(client):
    file = actions.keep_image(upload=photo(), by=None, purpose="sketch")
    link = links.url(file)
    with time_machine.travel(timedelta(hours=12, seconds=2)):
        response = client.get(link)
    assert response.status_code == 403
    assert b"This link has ended" in response.content


@pytest.mark.parametrize(("name", "content"), [("evil.html", b"<html>"), ("ring.svg", b"<svg/>"), ("ring.stl", b"")])
def test_a_working_file_of_another_kind_or_without_content_is_refused(name, content):
    with pytest.raises(actions.NotTaken):
        actions.keep_private(upload=SimpleUploadedFile(name, content), by=None, purpose="cad")
    assert not File.objects.exists()


WORKING = {
    "text.stl": b"solid ring\nendsolid ring\n",
    "binary.stl": b"made by a printer".ljust(80) + struct.pack("<I", 1) + bytes(50),
    "ring.3mf": b"PK\x03\x04...",
    "ring.3dm": b"3D Geometry File Format        8",
    "ring.step": b"ISO-10303-21;\nHEADER;",
    "ring.stp": b"\r\nISO-10303-21;",
    "ring.obj": b"# a ring\nv 0 0 0\n",
    "ring.glb": b"glTF\x02\0\0\0",
    "paper.pdf": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", WORKING)
def test_a_working_file_is_kept_where_it_is_what_its_name_says(name):
    assert actions.keep_private(upload=SimpleUploadedFile(name, WORKING[name]), by=None, purpose="cad").pk


@pytest.mark.parametrize("name", WORKING)
@pytest.mark.parametrize("sent", [b"nonsense", b"<html><script>alert(1)</script>", b"\0" * 200, b"GIF89a" + bytes(200)])
def test_another_file_under_its_name_is_refused_in_a_sentence(name, sent):
    if name.endswith(".obj") and sent == b"nonsense":
        pytest.skip("text of any kind may be an OBJ")
    with pytest.raises(actions.NotTaken, match="not what its name says"):
        actions.keep_private(upload=SimpleUploadedFile(name, sent), by=None, purpose="cad")
    assert not File.objects.exists()


def test_a_name_cannot_climb_out_of_its_folder():
    file = actions.keep_image(upload=photo(name="../../etc/passwd.png"), by=None, purpose="shop")
    assert "/" not in file.name
    assert ".." not in file.path
