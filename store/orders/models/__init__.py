"""What was agreed, what is owed for it, the work it takes, and what its buyer is told."""

from store.orders.models.changes import ChangeStep, LineChange
from store.orders.models.credits import Cause, Credit, CreditPart
from store.orders.models.dues import Due, DueKind, DueStep
from store.orders.models.handovers import Handover
from store.orders.models.left import LeftPiece, LeftStep
from store.orders.models.lines import OrderLine, WorkOrder, WorkStep
from store.orders.models.orders import Order, OrderLink, OrderStep
from store.orders.models.progress import Diary, LineProgress, ParcelNote, ParcelPart, ShownDesign, StageReached
from store.orders.models.slips import Slip

__all__ = [
    "Cause",
    "ChangeStep",
    "Credit",
    "CreditPart",
    "Diary",
    "Due",
    "DueKind",
    "DueStep",
    "Handover",
    "LeftPiece",
    "LeftStep",
    "LineChange",
    "LineProgress",
    "Order",
    "OrderLine",
    "OrderLink",
    "OrderStep",
    "ParcelNote",
    "ParcelPart",
    "ShownDesign",
    "Slip",
    "StageReached",
    "WorkOrder",
    "WorkStep",
]
