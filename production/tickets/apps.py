from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "production.tickets"
    label = "tickets"
