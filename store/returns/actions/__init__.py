"""What is sent back, looked at and paid back."""

from store.returns.actions.asking import CannotReturn, Wish, accept, ask_back, note_here, refuse, take_back_wish
from store.returns.actions.deciding import CannotDecide, Finding, Outcome, decide, look
from store.returns.actions.goodwill import CannotGive, give, look_at_gift
from store.returns.actions.withdrawing import withdraw_from

__all__ = [
    "CannotDecide",
    "CannotGive",
    "CannotReturn",
    "Finding",
    "Outcome",
    "Wish",
    "accept",
    "ask_back",
    "decide",
    "give",
    "look",
    "look_at_gift",
    "note_here",
    "refuse",
    "take_back_wish",
    "withdraw_from",
]
