"""Asking for money, noticing that it came, sending it back, and writing the papers of it."""

from store.payments.actions.attempts import (
    Ask,
    PaymentPageAway,
    ask,
    ask_anew,
    close_page,
    find_missed,
    look_again,
    open_page,
    payment_of,
    settle,
    stop_asking,
)
from store.payments.actions.events import keep_event, read_event
from store.payments.actions.invoices import InvoiceDraft, LineDraft, issue_credit_note, issue_invoice
from store.payments.actions.payments import WrongAmount, note_finding, record_payment
from store.payments.actions.refunds import TooMuch, mark_paid_back, refund, send_refund

__all__ = [
    "Ask",
    "InvoiceDraft",
    "LineDraft",
    "PaymentPageAway",
    "TooMuch",
    "WrongAmount",
    "ask",
    "ask_anew",
    "close_page",
    "find_missed",
    "issue_credit_note",
    "issue_invoice",
    "keep_event",
    "look_again",
    "mark_paid_back",
    "note_finding",
    "open_page",
    "payment_of",
    "read_event",
    "record_payment",
    "refund",
    "send_refund",
    "settle",
    "stop_asking",
]
