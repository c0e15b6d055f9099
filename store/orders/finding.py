"""Doors to one order through the API: what is done at them is one thing, who comes in and finds the order another."""

from abc import ABC, abstractmethod
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.views import APIView

from foundation.api.acts import person
from foundation.api.once import OnceMixin
from foundation.api.permissions import holding
from foundation.people.models import User
from foundation.people.roles import Role
from store.orders.models import Order


class OfOrder(OnceMixin, APIView, ABC):
    """Something done to an order, by whoever may find it."""

    @abstractmethod
    def find(self, **named: Any) -> tuple[Order, User | None]:
        """The order that the address names, and who acts: None for its buyer."""


class ByTheOffice(OfOrder):
    """Sales finds any order by its number, and acts by name."""

    permission_classes = [holding(Role.SALES)]

    def find(self, **named: Any) -> tuple[Order, User | None]:
        by = person(self.request)
        return get_object_or_404(Order.objects.for_user(by), number=named["number"]), by
