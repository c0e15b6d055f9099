"""The files of a house that was taken in: made again from what they show, since only their rows were written down."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import override

from demo.bench import Bench, casting_file_of
from demo.photos import STAGES_OF
from demo.pictures import FOLDER
from demo.shelves import manifest
from demo.slips import slip_of
from foundation.files.models import File
from foundation.images import rebuild
from foundation.outbox.actions import put
from foundation.paper.actions import make_pdf
from packing import wording
from packing.models import Paper
from production.designs.models import Revision
from production.tickets.models import Evidence, Ticket
from store.orders.models import Slip

PICTURES = ("shop", "design", "bench", "slip")


def make_pictures() -> int:
    """Every picture that a page may show, each once. Answers how many were made."""
    made = 0
    for file in File.objects.filter(purpose__in=PICTURES).distinct("sha256").order_by("sha256", "pk"):
        if not default_storage.exists(file.path) and (sent := _picture(file)):
            default_storage.save(file.path, ContentFile(rebuild(sent).jpeg))
            made += 1
    return made


@transaction.atomic
def owe_the_rest() -> None:
    """Papers and casting files are asked for more rarely: the workers make them."""
    for pk in File.objects.exclude(purpose__in=PICTURES).values_list("pk", flat=True):
        put("demo.make_file", key=f"demo.make_file:{pk}", payload={"file_id": pk})


def make_file(*, file_id: int) -> None:
    """Make a paper or a casting file again, under its new hash."""
    file = File.objects.get(pk=file_id)
    made = _casting_file(file) if file.purpose == "cad" else _paper(file)
    if not made or default_storage.exists(file.path):
        return
    file.sha256, file.size = sha256(made).hexdigest(), len(made)
    file.save(update_fields=["sha256", "size"])
    if not default_storage.exists(file.path):
        default_storage.save(file.path, ContentFile(made))


def _picture(file: File) -> bytes:
    if file.purpose == "shop":
        names = {name.replace("/", "-"): name for name in manifest()}
        return (FOLDER / names[file.name]).read_bytes() if file.name in names else b""
    if file.purpose == "slip":
        slip = Slip.objects.filter(file=file).select_related("order__seller").first()
        return slip_of(slip.order).read() if slip else b""
    shown = Revision.objects.filter(render=file).select_related("brief").first()
    if shown:
        return _of_ticket(shown.brief.reference, "design")
    left = Evidence.objects.filter(file=file).select_related("operation__ticket").first()
    if not left:
        return b""
    craft, named = left.operation.craft, Path(file.name).stem
    stages = STAGES_OF.get(craft, ("",))
    return _of_ticket(left.operation.ticket.reference, craft, named if named in stages else stages[-1])


def _of_ticket(reference: UUID, craft: str, stage: str = "") -> bytes:
    return Bench(Ticket.objects.get(reference=reference), {}, "").picture(craft, stage).read()


def _casting_file(file: File) -> bytes:
    drawn = Revision.objects.filter(cad=file).select_related("brief").first()
    ticket = Ticket.objects.filter(reference=drawn.brief.reference).first() if drawn else None
    return casting_file_of(ticket) if ticket else b""


def _paper(file: File) -> bytes:
    paper = Paper.objects.filter(file=file).select_related("parcel").first()
    if paper is None:
        return b""
    with override(paper.parcel.language):
        return make_pdf(f"packing:{paper.kind}", wording.data(paper.parcel))
