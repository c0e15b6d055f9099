from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "store.pricing"
    label = "pricing"
