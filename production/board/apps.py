from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "production.board"
    label = "board"
