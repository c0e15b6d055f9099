"""The same house as the orders': a ring, a variant of it in the tray, and a workshop that only notes."""

from tests.store.orders.conftest import house, ring, variant, workshop  # noqa: F401
