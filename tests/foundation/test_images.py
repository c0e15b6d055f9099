"""Pictures that strangers send are refused, or rebuilt from their pixels."""

import io
import struct
import zlib

import pytest
from PIL import Image

from foundation.images import NotAPicture, rebuild, renditions


def sent(kind="JPEG", size=(60, 40), mode="RGB", **how):
    out = io.BytesIO()
    Image.new(mode, size, "tomato").save(out, kind, **how)
    return out.getvalue()


def bomb(width=13_000, height=13_000):
    """A PNG of 169 megapixels in under half a megabyte."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = bytes(1 + width * 3)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_formats_are_taken_and_come_out_as_jpeg(kind):
    made = rebuild(sent(kind))
    assert Image.open(io.BytesIO(made.jpeg)).format == "JPEG"
    assert (made.width, made.height) == (60, 40)


def test_nothing_that_was_sent_survives_but_the_pixels():
    exif = Image.Exif()
    exif[0x010E] = "my garden, 13.7563 N"
    dirty = sent(exif=exif, comment=b"<script>alert(1)</script>") + b"<?php evil ?>"
    made = rebuild(dirty).jpeg
    assert b"garden" not in made
    assert b"script" not in made
    assert b"php" not in made


def test_a_phone_picture_lying_on_its_side_is_stood_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert rebuild(sent(exif=exif)).width == 40


def test_a_small_file_of_169_megapixels_is_refused():
    with pytest.raises(NotAPicture, match="40 megapixels"):
        rebuild(bomb())


def test_one_megapixel_more_than_forty_is_refused_though_pillow_would_let_it_through():
    with pytest.raises(NotAPicture, match="40 megapixels"):
        rebuild(sent("PNG", size=(8_200, 5_000), mode="L"))


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO"])
def test_a_whole_picture_of_another_format_is_refused(kind):
    with pytest.raises(NotAPicture, match="could not be read"):
        rebuild(sent(kind))


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\xff\xd8\xff\xe0 half a JPEG",
        sent()[:300],
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(hostile):
    with pytest.raises(NotAPicture, match="could not be read"):
        rebuild(hostile)


def test_a_moving_picture_is_refused():
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(NotAPicture, match="moves"):
        rebuild(out.getvalue())


def test_a_long_picture_is_shrunk_to_2400_pixels():
    assert rebuild(sent(size=(5000, 100))).width == 2400


def test_renditions_have_the_widths_that_were_asked_for_in_both_formats():
    made = {
        (width, kind): Image.open(io.BytesIO(content))
        for width, kind, content in renditions(rebuild(sent(size=(800, 1000))).jpeg, widths=(320, 800))
    }
    told = {key: (picture.format, picture.size) for key, picture in made.items()}
    assert told == {
        (320, "avif"): ("AVIF", (320, 400)), (320, "jpeg"): ("JPEG", (320, 400)),
        (800, "avif"): ("AVIF", (800, 1000)), (800, "jpeg"): ("JPEG", (800, 1000)),
    }  # fmt: skip
