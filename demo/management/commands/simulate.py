"""`manage.py simulate --days N --seed S`: the demo house is played on, by the product's own actions."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.loading import NotYours, play_on
from demo.models import Mark


class Command(BaseCommand):
    """It goes on from where the house stands: first up to the present, and then as far ahead of it as is asked for."""

    help = "Play the demo house on for so many days. The same seed in the same house gives the same days."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far, and by which chance."""
        parser.add_argument("--days", type=int, required=True, help="how many days")
        parser.add_argument("--seed", type=int, help="what chance begins with; unsaid: the house's own")

    def handle(self, *args: object, days: int, seed: int | None, **options: object) -> None:
        """Play, saying where it stands."""
        mark = Mark.objects.first()
        since = (mark.played_to or mark.loaded_at) if mark else None
        try:
            stands = play_on(
                until=(since or timezone.now()) + timedelta(days=days), seed=seed,
                say=lambda line: self.stdout.write(f"  {line}"),
            )  # fmt: skip
        except NotYours as refusal:
            raise CommandError(str(refusal)) from refusal
        ahead = stands - timezone.now()
        note = f", {ahead.days + 1} day(s) ahead of you" if ahead > timedelta(minutes=1) else ""
        self.stdout.write(f"The demo house stands at {timezone.localtime(stands):%A %d %B %Y, %H:%M}{note}.")
