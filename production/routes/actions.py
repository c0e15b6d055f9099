"""Writing the default routes as rows, for an admin to edit."""

from django.core.cache import cache
from django.db import transaction

from production.routes.defaults import DEFAULTS
from production.routes.models import Route, default_steps, kept_key


@transaction.atomic
def seed_routes() -> None:
    """Write the default routes for kinds that have none. What an admin has edited stays."""
    for kind, (name, _lines) in DEFAULTS.items():
        route, made = Route.objects.get_or_create(kind=kind, defaults={"name": name})
        if made:
            steps = default_steps(kind)
            for step in steps:
                step.route = route
            route.steps.bulk_create(steps)
        cache.delete(kept_key(kind))
