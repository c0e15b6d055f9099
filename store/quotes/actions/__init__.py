"""Drawing up a quote, sharing it, and what becomes of it."""

from store.quotes.actions.answering import Answer, CannotApprove, approve, ask_again, note_order
from store.quotes.actions.drawing_up import CannotChange, Wanted, add_line, change_price, draw_up
from store.quotes.actions.sharing import (
    CannotShare,
    expire_overdue,
    find_by_token,
    page_url,
    renew,
    share,
    token_of,
    withdraw,
)

__all__ = [
    "Answer",
    "CannotApprove",
    "CannotChange",
    "CannotShare",
    "Wanted",
    "add_line",
    "approve",
    "ask_again",
    "change_price",
    "draw_up",
    "expire_overdue",
    "find_by_token",
    "note_order",
    "page_url",
    "renew",
    "share",
    "token_of",
    "withdraw",
]
