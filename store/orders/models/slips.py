"""What a buyer sends to show that they have paid: the bank's slip, or a photo of it."""

from django.db import models

from foundation.append_only import AppendOnly
from foundation.files.models import File
from store.orders.models.orders import Order


class Slip(AppendOnly):
    """One slip. It says what somebody claims: money counts only once staff have found it and recorded it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="slips")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        indexes = [models.Index(fields=["order"], name="orders_slip_order")]

    def __str__(self) -> str:
        return f"{self.order} {self.file}"
