"""Selling at a counter, and counting its till."""

from store.counter.actions.counting import CannotCount, count_till, expected_minor
from store.counter.actions.selling import CannotSell, Item, Sale, sell

__all__ = ["CannotCount", "CannotSell", "Item", "Sale", "count_till", "expected_minor", "sell"]
