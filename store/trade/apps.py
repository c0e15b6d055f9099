from django.apps import AppConfig


class TradeConfig(AppConfig):
    name = "store.trade"
    label = "trade"
