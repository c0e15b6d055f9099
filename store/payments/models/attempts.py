"""One hosted payment page for one due."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from foundation.house.models import Seller
from foundation.moves import Flowing, Step
from foundation.people.models import new_reference
from store.payments.flow import ATTEMPT_FLOW, AttemptState

LIVE = (AttemptState.ASKED, AttemptState.OPEN)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def live(self) -> Self:
        """Those that may still be paid."""
        return self.filter(state__in=LIVE)

    def overdue(self, *, now: datetime) -> Self:
        """Those whose page has run out by the clock, though nobody told us."""
        return self.live().filter(expires_at__lte=now)


class Attempt(Flowing):
    """A payment page that was asked for. The idempotency key stands here before Stripe is first called, so that a
    call whose answer was lost can be made again and gives the same page.
    """

    flow = ATTEMPT_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    due = models.UUIDField()
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    what = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=5)
    success_url = models.TextField()
    cancel_url = models.TextField()
    idempotency_key = models.UUIDField(default=new_reference, unique=True, editable=False)
    session_id = models.CharField(max_length=120, null=True, unique=True)
    intent_id = models.CharField(max_length=120, blank=True)
    url = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=AttemptState.choices, default=AttemptState.ASKED)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            ATTEMPT_FLOW.constraint(),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payments_attempt_of_something"),
            models.UniqueConstraint(
                fields=["due"], condition=Q(state__in=["asked", "open"]), name="payments_one_live_attempt_per_due"
            ),
        ]
        triggers = ATTEMPT_FLOW.triggers()
        indexes = [models.Index(fields=["due"], name="payments_attempt_due")]

    def __str__(self) -> str:
        return f"{self.what}: {self.state}"


class AttemptStep(Step):
    owner = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass
