from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    name = "store.checkout"
    label = "checkout"
