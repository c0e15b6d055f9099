"""What a person reads when a start is not possible: one line, no traceback."""


class CannotStart(Exception):
    """A sentence that says what is in the way and what to do about it."""
