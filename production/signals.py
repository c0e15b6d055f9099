"""News from production. Receivers do one thing: write an outbox row in the same transaction.

Every signal names its work order by `reference`, which production never looks into. Delivery is unordered:
`sequence` is gap-free per ticket, and whoever keeps a projection ignores what is older than what it has.
"""

from django.dispatch import Signal

ticket_moved = Signal()
"""The ticket is somewhere new. reference: UUID; number: str; sequence: int; stage: str (one of the six); state: str
(open, on_hold, finished, scrapped, cancelled); at: datetime; headline: str (a code of what happened, see tickets.News);
note: str (released words); photos: list[str] (references of released photos in foundation.files); facts: dict (what was done
to the piece, in figures: production.tickets.done; of an inspection that failed `fault`, of a hold `cause`)."""

design_ready = Signal()
"""A revision waits for the customer. reference: UUID; revision: int; render: str (file reference); note: str."""

promise_moved = Signal()
"""The promised day changed. reference: UUID; sequence: int; old_on: date; new_on: date; cause: str."""

ready_to_pack = Signal()
"""The piece passed its last inspection. reference: UUID; made: dict as production.intake.Made gives it."""

ticket_finished = Signal()
"""The ticket's last operation is done and its books are closed. reference: UUID; sequence: int."""

ticket_scrapped = Signal()
"""The piece was scrapped; its metal went back. reference: UUID; sequence: int; reason: str."""

picture_taken = Signal()
"""The studio took a picture that was asked for. subject: UUID (the asker's piece); reference: UUID (the picture); alloy: str;
view: str; shape: str (fingerprint of the model shown); file: str (reference in foundation.files); width_um: int (of the piece, across)."""
