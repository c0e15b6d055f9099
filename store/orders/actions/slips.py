"""A buyer who pays by transfer sends the slip. It lies with the order until staff have found the money."""

from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.files.actions import NotTaken, keep_image, keep_private
from foundation.files.kinds import is_what_it_says
from foundation.files.models import File
from foundation.line import on_one_line
from foundation.mail.actions import send_letter
from store.orders import wording
from store.orders.actions.paying import PAYABLE, CannotPay, wait_for_transfer
from store.orders.models import Order, Slip

MOST_SLIPS = 12
LARGEST_PDF = 10 * 1024 * 1024


class SlipNotTaken(Exception):
    """Why this slip was not taken, in a sentence."""


@transaction.atomic
def attach_slip(*, order: Order, upload: UploadedFile, now: datetime, note: str = "") -> Slip:
    """Lay a slip, a photo or a PDF, with its order, which waits for the money from the first one on, and tell the office.

    The same file again is the same slip.

    Refuses with SlipNotTaken what is neither, is too large, or one too many, and for an order that is off.
    """
    order = Order.objects.select_related("brand").select_for_update(of=("self",)).get(pk=order.pk)
    if order.state not in PAYABLE:
        raise SlipNotTaken(_("This order waits for no payment. If you paid, write to us."))
    sent = order.slips.count()
    if sent >= MOST_SLIPS:
        raise SlipNotTaken(_("We have %(most)d slips of this order. Write to us.") % {"most": MOST_SLIPS})
    file = _kept(upload)
    if before := order.slips.filter(file__sha256=file.sha256).first():
        file.delete()
        return before
    slip = Slip.objects.create(order=order, file=file, note=on_one_line(note)[:200])
    if not sent:  # the next ones win no more time: nobody keeps a ring for months with pictures
        _wait(order, now=now)
    _tell_office(slip)
    return slip


def _wait(order: Order, *, now: datetime) -> None:
    """Where something cannot be had any more the slip stays all the same: the office has the money to find."""
    with suppress(CannotPay):
        wait_for_transfer(order=order, now=now)


def _kept(upload: UploadedFile) -> File:
    try:
        if PurePosixPath(upload.name or "").suffix.lower() != ".pdf":
            return keep_image(upload=upload, by=None, purpose="slip")
        return _kept_pdf(upload)
    except NotTaken as refusal:
        raise SlipNotTaken(str(refusal)) from refusal


def _kept_pdf(upload: UploadedFile) -> File:
    if (upload.size or 0) > LARGEST_PDF:
        raise SlipNotTaken(_("This file is larger than 10 MB. Send a photo of it."))
    if not is_what_it_says(upload.read(), ".pdf"):
        raise SlipNotTaken(_("This is not a PDF. Send a photo of the slip, or the bank’s PDF."))
    upload.seek(0)
    return keep_private(upload=upload, by=None, purpose="slip")


def _tell_office(slip: Slip) -> None:
    order = slip.order
    context = {
        "order": order, "note": slip.note, "total": wording.money(order.gross_minor, order.currency),
        "url": settings.SITE_URL + reverse("orders:order", args=[order.number]),
    }  # fmt: skip
    send_letter(
        to=order.brand.contact_email, language="en", template="orders/mail/slip", context=context, brand=order.brand,
        key=f"slip:{slip.pk}",
    )  # fmt: skip
