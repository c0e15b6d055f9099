"""Placing an order, following its money and its making, and letting go of it."""

from store.orders.actions.accounts import AlreadyOrdered, accept_over_limit, place_on_account
from store.orders.actions.calling_off import cancel_order, expire_unpaid, give_way
from store.orders.actions.cash import TooMuchCash, must_be_takeable
from store.orders.actions.changing import agree_change, withdraw_change, withdraw_unpaid_changes
from store.orders.actions.crediting import money_back, take_back
from store.orders.actions.designing import CannotAnswer, approve_design, comment_on_design
from store.orders.actions.handing_over import CannotHandOver, hand_over
from store.orders.actions.leaving import CannotDecide, leave, melt, shelve, to_weigh
from store.orders.actions.links import LinkReplaced, find_by_token, make_link, page_url, token_of
from store.orders.actions.paying import PAYABLE, CannotPay, ask_for_payment, place_and_ask, record_for_order, send_link
from store.orders.actions.placing import CannotOrder, HoldRanOut, find_delivery, place_order, reckon_draft
from store.orders.actions.requesting import send_what_is_made
from store.orders.actions.settling import note_payment, note_refund
from store.orders.actions.shipments import NothingToSend, made_and_waiting
from store.orders.actions.slips import SlipNotTaken, attach_slip
from store.orders.actions.standing import note_standing
from store.orders.changes import CannotChange
from store.orders.stopping import CannotCallOff

__all__ = [
    "PAYABLE",
    "AlreadyOrdered",
    "CannotAnswer",
    "CannotCallOff",
    "CannotChange",
    "CannotDecide",
    "CannotHandOver",
    "CannotOrder",
    "CannotPay",
    "HoldRanOut",
    "LinkReplaced",
    "NothingToSend",
    "SlipNotTaken",
    "TooMuchCash",
    "accept_over_limit",
    "agree_change",
    "approve_design",
    "ask_for_payment",
    "attach_slip",
    "cancel_order",
    "comment_on_design",
    "expire_unpaid",
    "find_by_token",
    "find_delivery",
    "give_way",
    "hand_over",
    "leave",
    "made_and_waiting",
    "make_link",
    "melt",
    "money_back",
    "must_be_takeable",
    "note_payment",
    "note_refund",
    "note_standing",
    "page_url",
    "place_and_ask",
    "place_on_account",
    "place_order",
    "reckon_draft",
    "record_for_order",
    "send_link",
    "send_what_is_made",
    "shelve",
    "take_back",
    "to_weigh",
    "token_of",
    "withdraw_change",
    "withdraw_unpaid_changes",
]
