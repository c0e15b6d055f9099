"""What the studio's worker does: one picture after the other, in a process within limits, on a queue of its own."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from production.pictures import actions, taking
from production.pictures.models import StudioPicture
from production.pictures.presence import BELIEVED_FOR, say_open
from production.shapes.parameters import Refused
from production.shapes.pool import BuildFailed, Limits, Pool
from production.signals import picture_taken

log = logging.getLogger(__name__)

QUEUE = "render"
LIMITS = Limits(cpu_s=1800.0, clock_s=1740.0, data_bytes=8 * 2**30)
"""A picture takes a minute or two of two processors, without LLVM some ten; 1.5 GB, and more while it is put together."""
LEASE = timedelta(minutes=30)
STUDIO = Pool(taking.work, processes=1, limits=LIMITS)
BROKE_OFF = _("The studio broke off at this picture. Try again; if it does so again, add a photo instead.")


class NotEquipped(Exception):
    """This worker takes from the studio's queue and has no renderer: the extra [render] is not installed."""


@shared_task(name="pictures.look_in")
def look_in() -> None:
    """Say that the studio is open, where this worker can take pictures."""
    if taking.is_equipped():
        say_open()


@handles(actions.TAKE, _("Take a picture in the studio"), queue=QUEUE, outside=True, lease=LEASE)
def take(*, id: int, sequence: int, key: str = "") -> None:  # noqa: A002  the outbox names what moved `id`
    """Take one picture that was asked for, unless it was called off. Safe to repeat: it is kept once."""
    if not taking.is_equipped():
        raise NotEquipped
    picture = StudioPicture.objects.get(pk=id)
    if not actions.begin(picture=picture, now=timezone.now()):
        return
    say_open(for_=LEASE + BELIEVED_FOR)  # the studio is at work, and looks in only afterwards
    try:
        png, width_um = STUDIO.do(
            picture.family, picture.parameters, picture.alloy, picture.view, picture.tray, taking.WIDTH_PX
        )
    except Refused as refusal:
        actions.refuse(picture=picture, refusal=refusal, now=timezone.now())
    except BuildFailed as failure:
        log.error("the studio broke off at picture %s: %s", picture.reference, failure)
        actions.refuse(picture=picture, refusal=Refused("broke_off", BROKE_OFF), now=timezone.now())
    else:
        actions.keep(picture=picture, png=png, width_um=width_um, now=timezone.now())


@handles("pictures.tell_taken", _("Pass on that a picture was taken"))
def tell_taken(*, id: int, sequence: int) -> None:  # noqa: A002  the same
    """Tell whoever asked that the picture is there."""
    row = StudioPicture.objects.select_related("file").get(pk=id)
    if row.file is None:
        return
    picture_taken.send(
        StudioPicture, subject=row.subject, reference=row.reference, alloy=row.alloy, view=row.view, shape=row.shape,
        file=str(row.file.reference), width_um=row.width_um,
    )  # fmt: skip
