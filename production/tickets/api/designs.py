"""The designs of a ticket: each version, what was said of it, and a new one shown."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.api.acts import Act, person
from foundation.api.fields import Words
from foundation.api.once import act_id
from foundation.api.parsers import Form
from foundation.api.permissions import holding
from foundation.files.actions import NotTaken
from foundation.files.links import url
from foundation.people.roles import WORKSHOP
from production.designs.actions import LONGEST_COMMENT, NotTheNewest
from production.designs.models import Comment, Revision
from production.tickets import actions
from production.tickets.models import Ticket


class RemarkOut(serializers.ModelSerializer[Comment]):
    class Meta:
        model = Comment
        fields = ["text", "by_name", "from_customer", "at"]


class RevisionOut(serializers.ModelSerializer[Revision]):
    """One version. Its picture and its CAD file open for twelve hours."""

    render = serializers.SerializerMethodField()
    cad = serializers.SerializerMethodField()
    comments = RemarkOut(many=True, read_only=True)

    class Meta:
        model = Revision
        fields = [
            "number", "state", "render", "cad", "note", "predicted_mg", "made_at", "approved_by_name", "approved_at",
            "comments",
        ]  # fmt: skip

    def get_render(self, row: Revision) -> str:
        """Where the picture opens."""
        return url(row.render)

    def get_cad(self, row: Revision) -> str:
        """Where the CAD file is handed out."""
        return url(row.cad)


class DesignIn(serializers.Serializer[Any]):
    """A picture (JPEG, PNG, WebP) and a CAD file (STL, 3MF, 3DM, STEP, OBJ, GLB, PDF)."""

    render = serializers.FileField()
    cad = serializers.FileField()
    note = Words(required=False, default="", allow_blank=True, max_length=LONGEST_COMMENT)


class Designs(Act):
    """Read every version, newest first; upload one and ask the customer for approval."""

    permission_classes = [holding(*WORKSHOP)]
    parser_classes = [Form]
    takes, gives, status = DesignIn, RevisionOut, 201
    refusals = (actions.NotDrawn, NotTaken, NotTheNewest)

    @extend_schema(request=None, responses=RevisionOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        ticket = get_object_or_404(Ticket.objects.for_user(person(request)), number=number)
        rows = Revision.objects.filter(brief__reference=ticket.reference).select_related("render", "cad")
        return Response(RevisionOut(rows.prefetch_related("comments").order_by("-number"), many=True).data)

    def act(self, said: dict[str, Any], **named: Any) -> Revision:
        ticket = get_object_or_404(Ticket.objects.for_user(self.by), number=named["number"])
        return actions.draw(ticket=ticket, by=self.by, action_id=act_id(self.request), **said)


routes = [path("tickets/<str:number>/designs/", Designs.as_view(), name="api_ticket_designs")]
