"""How tickets, operations and what they leave behind are told to programs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from foundation.files.links import url
from foundation.people.models import User
from production.stones.models import Allotment, Wanted
from production.tickets.models import Evidence, Hold, News, Operation, Ticket


class PersonOut(serializers.ModelSerializer[User]):
    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = User
        fields = ["reference", "name"]


class HoldOut(serializers.ModelSerializer[Hold]):
    """Why a ticket rests or has rested. Open while `ended_at` is empty."""

    by = PersonOut(read_only=True, allow_null=True)
    ended_by = PersonOut(read_only=True, allow_null=True)

    class Meta:
        model = Hold
        fields = ["id", "cause", "reason", "by", "since", "until", "ended_at", "ended_by"]


class TicketRow(serializers.ModelSerializer[Ticket]):
    """A ticket in a list. Its stage is that of the operation that is next; empty when all is done."""

    stage = serializers.CharField(read_only=True, allow_null=True)
    with_person = PersonOut(read_only=True, allow_null=True)
    hold_reason = serializers.CharField(read_only=True)
    hold_causes = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields = [
            "number", "reference", "state", "stage", "order_number", "purpose", "piece_name", "quantity", "alloy", "channel",
            "promise_on", "due_at", "hold_reason", "hold_causes", "with_person",
        ]  # fmt: skip

    def get_hold_causes(self, row: Ticket) -> list[str]:
        """Why it rests now, by code."""
        return [hold.cause for hold in row.open_holds]


class EvidenceOut(serializers.ModelSerializer[Evidence]):
    file = serializers.SerializerMethodField()
    by = PersonOut(read_only=True, allow_null=True)

    class Meta:
        model = Evidence
        fields = ["kind", "mg", "text", "file", "for_customer", "by", "at"]

    def get_file(self, row: Evidence) -> str:
        """Where the photo opens for twelve hours."""
        return url(row.file) if row.file else ""


class OperationOut(serializers.ModelSerializer[Operation]):
    done_by = PersonOut(read_only=True, allow_null=True)
    evidence = EvidenceOut(many=True, read_only=True, source="evidence_left")

    class Meta:
        model = Operation
        fields = [
            "id", "position", "stage", "craft", "name", "state", "attempt", "fault", "reason", "roles", "minutes",
            "evidence_needed", "evidence", "started_at", "done_at", "done_by",
        ]  # fmt: skip


class WantedOut(serializers.ModelSerializer[Wanted]):
    class Meta:
        model = Wanted
        fields = ["position", "species", "cut", "length_um", "width_um", "mct", "count", "missing", "asked_for"]


class AllottedOut(serializers.ModelSerializer[Allotment]):
    """Stones a ticket has: one that has a number, or some of a parcel."""

    stone = serializers.CharField(source="stone.number", default="", read_only=True)
    parcel = serializers.CharField(source="parcel.number", default="", read_only=True)

    class Meta:
        model = Allotment
        fields = ["id", "state", "stone", "parcel", "pcs", "mct"]


class AllowedOut(serializers.Serializer[Any]):
    """Something that could be done next: where to post it, and, when it is not allowed, why."""

    act = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # also the name of an attribute that every serializer has
    url = serializers.CharField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class MetalOut(serializers.Serializer[Any]):
    """What the books hold for the ticket: gross milligrams, and fine metal in tenths of a microgram."""

    gross_mg = serializers.IntegerField()
    fine_dug = serializers.IntegerField()


class NewsOut(serializers.ModelSerializer[News]):
    class Meta:
        model = News
        fields = ["sequence", "at", "stage", "headline", "words", "photos", "facts"]


class EventOut(serializers.Serializer[Any]):
    """One move that was made: of the ticket itself (no operation), or of one of its operations."""

    at = serializers.DateTimeField()
    operation = serializers.IntegerField(allow_null=True)
    old = serializers.CharField()
    new = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class TicketOut(TicketRow):
    """A whole ticket."""

    operations = OperationOut(many=True)
    wanted = WantedOut(many=True)
    stones_held = AllottedOut(many=True)
    metal = MetalOut()
    allowed = AllowedOut(many=True)
    may_take = PersonOut(many=True)
    news = NewsOut(many=True)
    events = EventOut(many=True)
    holds = HoldOut(many=True)
    bags = serializers.SerializerMethodField()
    rested_minutes = serializers.SerializerMethodField()

    class Meta(TicketRow.Meta):
        fields = [
            *TicketRow.Meta.fields, "kind", "style_code", "family", "parameters", "ring_inner_um", "stones", "engraving",
            "engraving_place", "finish", "plating", "customer", "wish", "needs_approval", "predicted_mg", "opened_at",
            "operations", "wanted", "stones_held", "metal", "allowed", "may_take", "news", "events", "holds", "rested_minutes",
            "bags",
        ]  # fmt: skip

    def get_bags(self, row: Ticket) -> list[str]:
        """Every bag of the same work order, this one among them, by number."""
        return list(Ticket.objects.of_work(row.reference).values_list("number", flat=True))

    def get_rested_minutes(self, row: Ticket) -> int:
        """How long it has been on hold in all, in whole minutes."""
        return row.rested(timezone.now()) // timedelta(minutes=1)
