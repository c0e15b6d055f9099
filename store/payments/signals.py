"""News of money. Receivers do one thing: write an outbox row in the same transaction."""

from django.dispatch import Signal

payment_settled = Signal()
"""Money arrived for a due. due: UUID; payment: UUID (its reference); amount_minor: int; currency: str; method: str."""

payment_expired = Signal()
"""A payment page ran out, unpaid. due: UUID; attempt: UUID."""

payment_refunded = Signal()
"""Money went back. due: UUID; refund: UUID (its reference); amount_minor: int; currency: str."""
