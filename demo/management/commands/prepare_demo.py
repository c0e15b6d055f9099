"""`manage.py prepare_demo`: play the demo's months in an empty database and write them down for `load_demo` to take in."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo import prepared
from demo.history import what_is_lacking
from demo.loading import DAYS, SEED, NotYours, fingerprint, load
from demo.owed import do_what_is_owed


class Command(BaseCommand):
    """Minutes of work, to be done again when the demo's pieces, people or play have changed."""

    help = "Play the demo's months in an empty database and write them into demo/prepared.xz."

    def handle(self, *args: object, **options: object) -> None:
        """Play at speed, then write."""
        now, of = timezone.now(), fingerprint()
        try:
            if not load(now=now, say=lambda line: self.stdout.write(f"  {line}"), at_speed=True):
                raise CommandError("A demo house stands in this database already: give it an empty one.")
        except NotYours as refusal:
            raise CommandError(str(refusal)) from refusal
        do_what_is_owed(but=("files.make_renditions",))
        if lacking := what_is_lacking(now=now):
            raise CommandError("Not written: the house as it was played now lacks " + ", ".join(lacking) + ".")
        size = prepared.keep(at=now, told={"days": DAYS, "seed": SEED, "of": of})
        self.stdout.write(f"Written: {prepared.FILE.name}, {size / 1024:.0f} KB.")
