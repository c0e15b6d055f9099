from django.apps import AppConfig


class CastingConfig(AppConfig):
    name = "production.casting"
    label = "casting"
