"""`manage.py load_demo`: the demo house in an empty database."""

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.loading import DAYS, SEED, NotYours, load


class Command(BaseCommand):
    """Safe to run again: what is loaded is left as it is; pieces of a newer version are added."""

    help = "Load the demo house into an empty database. Run again, it only adds pieces that a newer version brings."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long the house has stood, and by which chance."""
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"days that the house has been open ({DAYS}); 0: no orders"
        )
        parser.add_argument("--seed", type=int, default=SEED, help=f"what chance begins with ({SEED})")

    def handle(self, *args: object, days: int, seed: int, **options: object) -> None:
        """Load, saying what is done and how long it took."""
        began = time.monotonic()
        try:
            made = load(now=timezone.now(), say=lambda line: self.stdout.write(f"  {line}"), days=days, seed=seed)
        except NotYours as refusal:
            raise CommandError(str(refusal)) from refusal
        took = time.monotonic() - began
        self.stdout.write(
            f"The demo house is ready ({took:.0f} s)." if made else "The demo house stands as you left it."
        )
