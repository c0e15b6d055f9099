"""What the workers do for the demo."""

from demo.media import make_file
from foundation.outbox.handlers import handles

handles("demo.make_file")(make_file)
