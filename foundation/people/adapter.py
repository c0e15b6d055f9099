"""How sign-in and its letters are done here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own manners; letters go out through the house's outbox."""

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  allauth's signature
        """Keep the language the person signed up in."""
        user.language = getattr(request, "LANGUAGE_CODE", "en")[:5]
        return super().save_user(request, user, form, commit)
