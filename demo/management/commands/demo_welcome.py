"""`manage.py demo_welcome`: who can sign in, and what to try first."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from demo.people import BUYERS, PASSWORD, STAFF, email_of
from foundation.house.models import Brand
from store.orders.actions import page_url
from store.orders.models import Order


class Command(BaseCommand):
    """Said by the supervisor once the site answers."""

    help = "Print the demo's logins and what to try first."

    def handle(self, *args: object, **options: object) -> None:
        """One line for each role, then two stories."""
        if settings.PRODUCTION:
            raise CommandError("AJOUR_MODE is production: there are no demo logins.")
        if not Brand.objects.exists():
            raise CommandError("The demo house is not loaded: run manage.py load_demo first.")
        self.stdout.write(f"Everybody’s password: {PASSWORD}\n\n")
        for role, name, language in (*STAFF, *BUYERS):
            self.stdout.write(f"  {email_of(role):34} {role.label}, {name}{' (in Thai)' if language == 'th' else ''}")
        self.stdout.write(self.what_to_try())

    def what_to_try(self) -> str:
        """Addresses that open at once."""
        site = settings.SITE_URL
        order = Order.objects.filter(making="making").order_by("pk").first() or Order.objects.order_by("pk").first()
        follow = f"\n  Follow an order that is on the benches:  {page_url(order)}" if order else ""
        return (
            f"\nTry first:\n  Buy what lies in the tray:               {site}{reverse('shop:collection', args=['rings'])}"
            f"\n                                           pay with 4242 4242 4242 4242, any date to come, any CVC"
            f"\n  Have one made:                           {site}{reverse('shop:piece', args=['sill'])}{follow}"
            f"\n  See it at the benches, as production_manager@ajour.example:  {site}{reverse('board:board')}\n"
        )
