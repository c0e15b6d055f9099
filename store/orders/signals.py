"""News of orders. Receivers do one thing: write an outbox row in the same transaction."""

from django.dispatch import Signal

order_confirmed = Signal()
"""What had to be paid first is paid. order: UUID; basket: UUID | None (the basket it came from); placed_at: datetime."""

transfer_awaited = Signal()
"""An order waits for a transfer whose slip was sent, and keeps what it holds. The same words."""

order_cancelled = Signal()
"""The order is off, or was not paid in time. order: UUID; basket: UUID | None."""
