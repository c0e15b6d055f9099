"""That an order was put into somebody's hands, at a counter."""

from django.conf import settings
from django.db import models

from foundation.append_only import AppendOnly
from foundation.house.models import Site
from store.orders.models.orders import Order


class Handover(AppendOnly):
    """An order handed over in person, once: where, to whom, by whom."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="handover")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.order} to {self.to}"
