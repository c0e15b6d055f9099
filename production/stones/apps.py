from django.apps import AppConfig


class StonesConfig(AppConfig):
    name = "production.stones"
    label = "stones"
