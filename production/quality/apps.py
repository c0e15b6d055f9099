from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "production.quality"
    label = "quality"
