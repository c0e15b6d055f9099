from django.apps import AppConfig


class MetalConfig(AppConfig):
    name = "production.metal"
    label = "metal"
