"""The demo's transfer slips: a picture as a bank's telephone app makes it, saying at its foot that nobody paid anything."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from store.orders.models import Order

WIDE, HIGH = 720, 900
INK, PALE, PAPER = "#0c2522", "#5b6f6b", "#f4f5f2"


def slip_of(order: Order) -> SimpleUploadedFile:
    """What the buyer's bank shows of the first payment of this order; the same each time it is drawn."""
    due = order.dues.earliest("pk")
    sum_ = f"{order.currency} {due.amount_minor // 100:,}.{due.amount_minor % 100:02}"  # the font has no pound sign
    return SimpleUploadedFile(f"slip-{order.number}.jpg", _drawn(sum_, order), "image/jpeg")


def _drawn(sum_: str, order: Order) -> bytes:
    page = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, WIDE, 150), fill=INK)
    pen.text((48, 54), "Transfer sent", fill=PAPER, font=ImageFont.load_default(40))
    pen.text((48, 200), sum_, fill=INK, font=ImageFont.load_default(64))
    rows = (("To", order.seller.legal_name), ("Reference", order.number), ("Status", "Completed"))
    for n, (label, words) in enumerate(rows):
        pen.text((48, 340 + 130 * n), label, fill=PALE, font=ImageFont.load_default(26))
        pen.text((48, 376 + 130 * n), words, fill=INK, font=ImageFont.load_default(34))
    pen.text((48, HIGH - 80), "A slip of the demo: no money was moved", fill=PALE, font=ImageFont.load_default(24))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=86)
    return out.getvalue()
