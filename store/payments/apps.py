from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "store.payments"
    label = "payments"
