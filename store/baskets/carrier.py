"""How a request carries its basket: by who signed in, or by a secret in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from foundation.people.models import User
from store.baskets.actions import find_basket, lines_of, start_basket
from store.baskets.models import Basket
from store.baskets.tokens import COOKIE, COUNT_COOKIE, LASTS_SECONDS, new_token
from store.catalogue.brands import shop_brand


def user_of(request: HttpRequest) -> User | None:
    """Who signed in, if anybody."""
    return request.user if isinstance(request.user, User) else None


def basket_of(request: HttpRequest) -> Basket | None:
    """The basket of this request, if it has one."""
    return find_basket(token=request.COOKIES.get(COOKIE, ""), user=user_of(request))


def basket_for(request: HttpRequest) -> tuple[Basket, str]:
    """The basket of this request, made if it has none, and the secret that the answer has to hand out."""
    found = basket_of(request)
    if found is not None:
        return found, ""
    token = new_token()
    language = getattr(request, "LANGUAGE_CODE", "en")
    return start_basket(token=token, brand=shop_brand(), language=language, user=user_of(request)), token


def hand_out(response: HttpResponse, *, token: str, count: int) -> HttpResponse:
    """Give the browser its secret, where a new one was made, and the number for the sign in the header."""
    secure = settings.SESSION_COOKIE_SECURE
    if token:
        response.set_cookie(COOKIE, token, max_age=LASTS_SECONDS, httponly=True, samesite="Lax", secure=secure)
    response.set_cookie(COUNT_COOKIE, str(count), max_age=LASTS_SECONDS, samesite="Lax", secure=secure)
    return response


def count_in(basket: Basket | None) -> int:
    """How many pieces lie in it."""
    return sum(line.quantity for line in lines_of(basket.pk)) if basket else 0


def stones_held_by(request: HttpRequest) -> list[int]:
    """The stones in this request's own basket: to this buyer they are not taken."""
    if COOKIE not in request.COOKIES and user_of(request) is None:
        return []
    basket = basket_of(request)
    return list(basket.lines.filter(stone__isnull=False).values_list("stone_id", flat=True)) if basket else []
