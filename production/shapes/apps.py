from django.apps import AppConfig


class ShapesConfig(AppConfig):
    name = "production.shapes"
    label = "shapes"
