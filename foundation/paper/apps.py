from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "foundation.paper"
    label = "paper"
