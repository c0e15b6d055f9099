"""What changes a trade account."""

from store.buyers.actions.companies import (
    AlreadyKnown,
    Application,
    WrongNumber,
    add_paper,
    add_person,
    apply_for_account,
    company_of,
    decline,
    open_account,
    reopen,
    set_terms,
    suspend,
)

__all__ = [
    "AlreadyKnown",
    "Application",
    "WrongNumber",
    "add_paper",
    "add_person",
    "apply_for_account",
    "company_of",
    "decline",
    "open_account",
    "reopen",
    "set_terms",
    "suspend",
]
