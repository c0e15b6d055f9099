"""The same house, and the same workshop behind its door, as orders are told with."""

from tests.store.orders.conftest import house, workshop

__all__ = ["house", "workshop"]
