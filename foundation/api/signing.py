"""A second person signs through the API as on the page: by their own address and password."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from foundation.people.models import User
from foundation.people.signing import second_person


class Witnessed(serializers.Serializer[Any]):
    """Who signs beside, where one person's word is not enough."""

    witness_email = serializers.EmailField(required=False, default="", allow_blank=True)
    witness_password = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=200, trim_whitespace=False, write_only=True
    )

    @staticmethod
    def signer(said: dict[str, Any], request: Request) -> User | None:
        """The second person, None where nobody is named. Refuses one who cannot sign."""
        email = said["witness_email"]
        asked = request._request  # noqa: SLF001  signing in is Django's, and takes Django's own request
        asked.user = request.user
        return second_person(asked, email=email, password=said["witness_password"]) if email else None
