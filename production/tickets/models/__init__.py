"""Tickets, their operations, the evidence on them, and the news of them."""

from production.tickets.models.evidence import Evidence, News
from production.tickets.models.holds import Hold, HoldCause
from production.tickets.models.operations import Operation, OperationStep
from production.tickets.models.tickets import Ticket, TicketStep

__all__ = ["Evidence", "Hold", "HoldCause", "News", "Operation", "OperationStep", "Ticket", "TicketStep"]
