from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "store.aftercare"
    label = "aftercare"
