"""Planning for programs: what lies before each stage, and the days a ticket was promised for."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import person
from foundation.api.permissions import holding
from foundation.people.roles import WORKSHOP, Role
from production.planning.load import loads, workshop_site
from production.planning.models import Promise
from production.tickets.models import Ticket
from production.tickets.questions import open_minutes

READERS = holding(*WORKSHOP, Role.SALES)


class LoadOut(serializers.Serializer[Any]):
    """Open standard minutes before a stage, what it does in a day, bags at once, and the working days to clear it."""

    stage = serializers.CharField()
    open_minutes = serializers.IntegerField()
    minutes_per_day = serializers.IntegerField()
    most_tickets = serializers.IntegerField()
    days = serializers.IntegerField()


class PromiseOut(serializers.ModelSerializer[Promise]):
    class Meta:
        model = Promise
        fields = ["sequence", "on", "cause", "at"]


class Loads(APIView):
    """Every stage with what lies before it; the one with most days is the bottleneck."""

    permission_classes = [READERS]

    @extend_schema(responses=LoadOut(many=True))
    def get(self, request: Request) -> Response:
        site = workshop_site()
        return Response(LoadOut(loads(site, open_minutes=open_minutes(site)), many=True).data)


class Promises(APIView):
    """Every day that a ticket was promised for, and why it moved. The last one counts."""

    permission_classes = [READERS]

    @extend_schema(responses=PromiseOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        ticket = get_object_or_404(Ticket.objects.for_user(person(request)), number=number)
        return Response(PromiseOut(Promise.objects.filter(reference=ticket.reference), many=True).data)


routes = [
    path("loads/", Loads.as_view(), name="api_loads"),
    path("tickets/<str:number>/promises/", Promises.as_view(), name="api_ticket_promises"),
]
