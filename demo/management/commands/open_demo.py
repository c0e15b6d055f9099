"""`manage.py open_demo`: tables, the demo house and what to say to a visitor, in one go."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import welcome
from demo.ground import NotHere, look_at_ground
from foundation.tables import new_tables_drawn_alone

SITE = "{site}"  # stands for the demo's address, which may be another at the next start


class Command(BaseCommand):
    """What the supervisor runs before it opens the site. Safe to run again."""

    help = "Migrate, load the demo house into an empty database, and write down what a visitor is told."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the welcome goes."""
        parser.add_argument("--welcome", dest="into", type=Path, required=True, help="where to write the welcome")

    def handle(self, *args: object, into: Path, **options: object) -> None:
        """Look, migrate, load, write."""
        try:
            look_at_ground()
        except NotHere as refusal:
            raise CommandError(str(refusal)) from refusal
        with new_tables_drawn_alone():
            call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=self.stdout)
        into.write_text(welcome.welcome().replace(settings.SITE_URL, SITE), encoding="utf-8")
