"""What was taken at a counter, and its till counted against the books."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.append_only import AppendOnly
from foundation.house.models import Site
from foundation.people.models import new_reference
from store.orders.models import Order
from store.payments.models import Payment


class Taken(AppendOnly):
    """A payment taken at a site's counter for an order. Of cash, `tendered_minor` is what was handed over; of a card,
    `slip` is the terminal's reference.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="taken")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="taken")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    tendered_minor = models.PositiveBigIntegerField(null=True)
    slip = models.CharField(max_length=60, blank=True)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(tendered_minor__isnull=False, slip="") | (Q(tendered_minor=None) & ~Q(slip="")),
                name="counter_taken_in_cash_or_by_slip",
            )
        ]

    def __str__(self) -> str:
        return str(self.payment)

    @property
    def change_minor(self) -> int:
        """What was given back in coins and notes."""
        return 0 if self.tendered_minor is None else self.tendered_minor - self.payment.amount_minor


class Till(models.Model):
    """The drawer of one counter. Its row is locked while it is counted."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="till")

    def __str__(self) -> str:
        return str(self.site)


class TillCount(AppendOnly):
    """A till counted at the end of a day: what the books expected, what lay in it, what went to the bank, and who says so.

    The books follow the count: a difference is an entry of its own, and so is what was banked.
    """

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="counts")
    currency = models.CharField(max_length=3)
    expected_minor = models.BigIntegerField()
    counted_minor = models.PositiveBigIntegerField()
    banked_minor = models.PositiveBigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(banked_minor__lte=F("counted_minor")), name="counter_count_banks_what_is_there"
            )
        ]

    def __str__(self) -> str:
        return f"{self.till} {self.at:%Y-%m-%d}"

    @property
    def difference_minor(self) -> int:
        """Above zero: too much in the till."""
        return self.counted_minor - self.expected_minor
