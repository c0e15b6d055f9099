from django.apps import AppConfig


class BuyersConfig(AppConfig):
    name = "store.buyers"
    label = "buyers"
