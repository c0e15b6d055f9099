from django.apps import AppConfig


class BasketsConfig(AppConfig):
    name = "store.baskets"
    label = "baskets"
