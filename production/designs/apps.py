from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "production.designs"
    label = "designs"
