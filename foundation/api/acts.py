"""An act: something done by POST, once per Idempotency-Key, that a room may refuse in its own sentence."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.once import OnceMixin
from foundation.api.problems import refusing
from foundation.api.schema import HouseSchema
from foundation.people.models import User

Shape = type[serializers.BaseSerializer[Any]]


class ActSchema(HouseSchema):
    """The published schema reads what an act takes and gives off the act itself."""

    view: Any

    def get_request_serializer(self) -> Any:
        return self.view.takes

    def get_response_serializers(self) -> Any:
        return {str(self.view.status): self.view.gives}


class Act(OnceMixin, APIView, ABC):
    """One thing done. A subclass says what it takes and gives, what may be refused, and does it in `act`."""

    schema = ActSchema()
    takes: ClassVar[Shape | None] = None
    gives: ClassVar[Shape]
    status: ClassVar[int] = 200
    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def post(self, request: Request, **named: Any) -> Response:
        said = read(self.takes, request.data) if self.takes else {}
        with refusing(*self.refusals):
            done = self.act(said, **named)
        return Response(self.gives(done, context={"request": request}).data, status=self.status)

    @abstractmethod
    def act(self, said: dict[str, Any], **named: Any) -> Any:
        """Do it, and answer what `gives` shows."""

    @property
    def by(self) -> User:
        """Who acts."""
        return person(self.request)


def person(request: Request) -> User:
    """Who asks. Refuses a stranger."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def read(shape: Shape, sent: Any) -> dict[str, Any]:
    """What was sent, read by its shape. Refuses, field by field, what cannot be."""
    form = shape(data=sent)
    form.is_valid(raise_exception=True)
    found: dict[str, Any] = form.validated_data
    return found
