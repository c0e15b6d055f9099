"""News from packing. `reference` is that of the parcel's row at whoever asked for it."""

from django.dispatch import Signal

parcel_sealed = Signal()
"""The parcel is packed, checked and sealed. reference: UUID; contents: list[str] (the references of the pieces in it,
as the request gave them); at: datetime."""

parcel_dispatched = Signal()
"""The carrier has it. reference: UUID; carrier: str; tracking_number: str; tracking_url: str; at: datetime."""

parcel_delivered = Signal()
"""It arrived. reference: UUID; at: datetime."""
