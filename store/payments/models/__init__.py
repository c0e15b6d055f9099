"""Money asked for, arrived and sent back; the events Stripe tells of; invoices; the ledger of it all."""

from store.payments.models.attempts import Attempt, AttemptStep
from store.payments.models.books import Account, MoneyEntry
from store.payments.models.cash import CashRule
from store.payments.models.inbox import Finding, StripeEvent
from store.payments.models.invoices import Invoice, InvoiceKind, InvoiceLine, InvoiceSeries
from store.payments.models.payments import Method, Payment, Refund, RefundStep

__all__ = [
    "Account",
    "Attempt",
    "AttemptStep",
    "CashRule",
    "Finding",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceSeries",
    "Method",
    "MoneyEntry",
    "Payment",
    "Refund",
    "RefundStep",
    "StripeEvent",
]
