from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "production.pictures"
    label = "pictures"
