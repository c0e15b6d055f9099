"""What is done to tickets."""

from production.tickets.actions.changing import (
    CannotChange,
    bag_of,
    drop_change,
    hold_for_change,
    look,
    make_change,
    too_late,
)
from production.tickets.actions.closing import cancel, note_sealed, scrap
from production.tickets.actions.designing import NotDrawn, draw, not_a_designer, show_design
from production.tickets.actions.dividing import CannotDivide, merge, split, why_not_merged, why_not_split
from production.tickets.actions.evidence import NotEvidence, add_photo, leave, note, record, weigh
from production.tickets.actions.holding import hand_over, hold, report_problem, resume
from production.tickets.actions.letting_go import CannotMelt, Far, how_far, lay_aside, melt_made, melt_part
from production.tickets.actions.losing import found_again, report_broken, report_lost, sign_lost
from production.tickets.actions.opening import open_ticket
from production.tickets.actions.telling import tell
from production.tickets.actions.warning import warn_late
from production.tickets.actions.working import (
    fail_operation,
    finish_by_house,
    finish_operation,
    open_next,
    pause_operation,
    send_back,
    skip_operation,
    start_operation,
)

__all__ = [
    "CannotChange", "CannotDivide", "CannotMelt", "Far", "NotDrawn", "NotEvidence", "add_photo", "bag_of", "cancel", "draw", "drop_change", "fail_operation", "finish_by_house", "finish_operation", "found_again",
    "hand_over", "hold", "hold_for_change", "how_far", "lay_aside", "leave", "look", "make_change", "melt_made", "melt_part", "merge", "not_a_designer", "note", "note_sealed", "open_next", "open_ticket", "pause_operation", "record", "report_broken",
    "report_lost", "report_problem", "resume", "scrap", "send_back", "show_design", "sign_lost", "skip_operation", "split", "start_operation",
    "tell", "too_late", "warn_late", "weigh", "why_not_merged", "why_not_split",
]  # fmt: skip
