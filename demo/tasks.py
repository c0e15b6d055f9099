"""What the workers do for the demo."""

from django.utils.translation import gettext_lazy as _

from demo.media import make_file
from foundation.outbox.handlers import handles

handles("demo.make_file", _("Make a file of the demo again"))(make_file)
