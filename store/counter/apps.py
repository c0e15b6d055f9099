from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "store.counter"
    label = "counter"
