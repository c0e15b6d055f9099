from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "store.quotes"
    label = "quotes"
