"""What the house does by the clock, by itself: which task, how often, in which queue."""

from datetime import timedelta
from typing import Any

ENTRIES: dict[str, Any] = {
    "sweep the outbox": {"task": "outbox.sweep", "schedule": timedelta(seconds=5)},
    "sweep what is to be drawn": {
        "task": "outbox.sweep",
        "schedule": timedelta(seconds=5),
        "kwargs": {"queue": "models", "limit": 10},  # a few at a time: somebody may wait for a price
        "options": {"queue": "models", "expires": 5},  # nothing piles up while nobody draws
    },
    "sweep what is to be made smaller": {
        "task": "outbox.sweep",
        "schedule": timedelta(seconds=5),
        "kwargs": {"queue": "pictures", "limit": 20},  # as above, for a model
        "options": {"queue": "pictures", "expires": 5},
    },
    "sweep what is to be photographed": {
        "task": "outbox.sweep",
        "schedule": timedelta(seconds=5),
        "kwargs": {"queue": "render", "limit": 1},
        "options": {"queue": "render", "expires": 5},
    },
    "look in at the studio": {
        "task": "pictures.look_in",
        "schedule": timedelta(seconds=20),
        "options": {"queue": "render", "expires": 20},
    },
    "expire holds": {"task": "baskets.expire_holds", "schedule": timedelta(seconds=30)},
    "take back unpaid changes": {"task": "orders.withdraw_unpaid_changes", "schedule": timedelta(minutes=10)},
    "expire unpaid orders": {"task": "orders.expire_unpaid", "schedule": timedelta(minutes=1)},
    "follow the fixings": {"task": "pricing.follow_fixings", "schedule": timedelta(minutes=1)},
    "expire quotes": {"task": "quotes.expire", "schedule": timedelta(minutes=1)},
    "expire payments": {"task": "payments.expire_stale", "schedule": timedelta(minutes=1)},
    "warn of late tickets": {"task": "tickets.warn_late", "schedule": timedelta(minutes=15)},
    "reconcile": {"task": "config.reconcile", "schedule": timedelta(hours=24)},
}
