from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "store.shop"
    label = "shop"
