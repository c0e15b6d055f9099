from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "production.planning"
    label = "planning"
