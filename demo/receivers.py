"""The style guide turns the demo's pieces."""

from demo.turned import turned
from foundation.ui.turned import also_turns

also_turns(turned)
