"""`manage.py load_demo`: the demo house in an empty database."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.loading import NotYours, load


class Command(BaseCommand):
    """Safe to run again: a demo that is loaded is left as it is."""

    help = "Load the demo house into an empty database. Run again, it changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        """Load, saying what is done and how long it took."""
        began = time.monotonic()
        try:
            made = load(now=timezone.now(), say=lambda line: self.stdout.write(f"  {line}"))
        except NotYours as refusal:
            raise CommandError(str(refusal)) from refusal
        took = time.monotonic() - began
        self.stdout.write(
            f"The demo house is ready ({took:.0f} s)." if made else "The demo house stands as you left it."
        )
