from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "production.routes"
    label = "routes"
