"""Tokens: a person's program signs in with one, as that person, until it is revoked."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError as Wrong
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import person, read
from foundation.api.authentication import NO_SECOND_FACTOR, new_token
from foundation.api.fields import Words
from foundation.api.models import Token
from foundation.api.permissions import Anyone, SignedIn
from foundation.api.problems import Refused
from foundation.people.models import User
from foundation.people.second_factor import lacks_second_factor


class TokenIn(serializers.Serializer[Any]):
    """The person's own address and password, the code of their second factor if they use one, and the program's name."""

    email = serializers.EmailField()
    password = serializers.CharField(max_length=200, trim_whitespace=False, write_only=True)
    code = serializers.CharField(max_length=12, required=False, default="", allow_blank=True, write_only=True)
    name = Words(max_length=80)


class TokenMade(serializers.Serializer[Any]):
    """The key is shown this once; the house keeps its hash."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    key = serializers.CharField()


class TokenOut(serializers.ModelSerializer[Token]):
    class Meta:
        model = Token
        fields = ["id", "name", "made_at", "revoked_at"]


class NewToken(APIView):
    """Make a token. Sent twice it makes two: an answer that holds a key is never kept to be given again."""

    permission_classes = [Anyone]
    authentication_classes: list[Any] = []

    @extend_schema(request=TokenIn, responses={201: TokenMade})
    def post(self, request: Request) -> Response:
        said = read(TokenIn, request.data)
        token, key = new_token(user=_signed_in(request, said), name=said["name"])
        return Response({"id": token.pk, "name": token.name, "key": key}, status=201)


class Tokens(APIView):
    """One's own tokens, newest first."""

    permission_classes = [SignedIn]

    @extend_schema(responses=TokenOut(many=True))
    def get(self, request: Request) -> Response:
        rows = Token.objects.filter(user=person(request)).order_by("-pk")
        return Response(TokenOut(rows, many=True).data)


class OneToken(APIView):
    """Revoke one of one's own tokens. Again changes nothing."""

    permission_classes = [SignedIn]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        token = get_object_or_404(Token, pk=pk, user=person(request))
        Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
        return Response(status=204)


def _signed_in(request: Request, said: dict[str, Any]) -> User:
    """Whose address and password these are, under the same limit of tries as the sign-in page."""
    asked = request._request  # noqa: SLF001  the limit counts Django's own requests
    try:
        found = get_adapter().authenticate(asked, email=said["email"], password=said["password"])
    except Wrong as too_many:
        raise Refused(" ".join(too_many.messages), code="too_many_tries") from too_many
    if not isinstance(found, User):
        raise serializers.ValidationError({"password": ["The e-mail address and the password do not belong together."]})
    if lacks_second_factor(found):
        raise Refused(NO_SECOND_FACTOR, code="no_second_factor")
    second = Authenticator.objects.filter(user=found, type=Authenticator.Type.TOTP).first()
    if is_mfa_enabled(found) and not (second and second.wrap().validate_code(said["code"])):
        raise serializers.ValidationError({"code": ["Send the code of your second factor."]})
    return found


routes = [
    path("tokens/new/", NewToken.as_view(), name="api_token_new"),
    path("tokens/", Tokens.as_view(), name="api_tokens"),
    path("tokens/<int:pk>/", OneToken.as_view(), name="api_token"),
]
