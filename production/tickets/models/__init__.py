"""Tickets, their operations, the evidence on them, and the news of them."""

from production.tickets.models.evidence import Evidence, News
from production.tickets.models.operations import Operation, OperationStep
from production.tickets.models.tickets import Ticket, TicketStep

__all__ = ["Evidence", "News", "Operation", "OperationStep", "Ticket", "TicketStep"]
