from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "foundation.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Handlers stand in every room's tasks, news in its receivers: both must be known before work is delivered."""
        autodiscover_modules("receivers", "tasks")
