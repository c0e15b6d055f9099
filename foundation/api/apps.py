from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "foundation.api"
    label = "api"

    def ready(self) -> None:
        """The schema must know our way of signing in before it is drawn."""
        import_module("foundation.api.schema")
