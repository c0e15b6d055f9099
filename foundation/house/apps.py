from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "foundation.house"
    label = "house"
