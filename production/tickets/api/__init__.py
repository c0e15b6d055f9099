"""Tickets for programs: read them, work on them, show their designs."""

from production.tickets.api import designs, losing, reading, working

routes = [*reading.routes, *designs.routes, *working.routes, *losing.routes]
