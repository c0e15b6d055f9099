"""`manage.py prepare_demo`: play the demo's months in an empty database and write them down for `load_demo` to take in."""

from datetime import datetime, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo import prepared
from demo.clock import Clock
from demo.history import what_is_lacking
from demo.loading import DAYS, SEED, NotYours, fingerprint, load, play_on
from demo.owed import do_what_is_owed

HALF_A_WEEK = timedelta(days=3, hours=12)


class Command(BaseCommand):
    """Minutes of work, to be done again when the demo's pieces, people or play have changed."""

    help = "Play the demo's months in an empty database and write them, as of two days, into demo/prepared.xz."

    def handle(self, *args: object, **options: object) -> None:
        """Play at speed to half a week ago, write, play on, write."""
        now = timezone.now()
        try:
            if not load(now=now - HALF_A_WEEK, say=self._say, at_speed=True):
                raise CommandError("A demo house stands in this database already: give it an empty one.")
        except NotYours as refusal:
            raise CommandError(str(refusal)) from refusal
        self._keep(at=now - HALF_A_WEEK)
        play_on(until=now, say=self._say)
        self._keep(at=now, beside=True)

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")

    def _keep(self, *, at: datetime, beside: bool = False) -> None:
        with Clock(at, end=at).running():
            do_what_is_owed(but=("files.make_renditions",))
        if lacking := what_is_lacking(now=at):
            raise CommandError("Not written: the house as it was played now lacks " + ", ".join(lacking) + ".")
        told = {"days": DAYS, "seed": SEED, "of": fingerprint()}
        size = prepared.keep(at=at, told=told, beside=beside)
        self.stdout.write(f"Written: {prepared.FILE.name}, {size / 1024:.0f} KB.")
