"""What everybody who plays in the demo house needs to know: the house, its people, the seed, the clock."""

from dataclasses import dataclass, field
from datetime import datetime

from demo.clock import Clock
from foundation.house.models import Brand, Site
from foundation.people.models import User
from production.planning.load import calendar_of
from production.planning.promise import WorkingCalendar


@dataclass
class Scene:
    """The demo house while its months are played."""

    brand: Brand
    people: dict[str, User]
    seed: int
    clock: Clock
    workshop: Site = field(init=False)
    hours: WorkingCalendar = field(init=False)

    def __post_init__(self) -> None:
        """Look up the workshop and its hours, once."""
        self.workshop = Site.objects.get(code="bangkok")
        self.hours = calendar_of(self.workshop)

    @property
    def now(self) -> datetime:
        """The clock's time, for actions that are told it."""
        return self.clock.read()
