"""Who may open a trade page: people who buy for a company, while its account is open or for what it has ordered."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect

from foundation.people.doors import staff
from foundation.people.models import User
from foundation.people.roles import Role
from store.buyers.actions import company_of
from store.buyers.models import TradeCompany

View = Callable[..., Any]


class CompanyRequest(HttpRequest):
    """A request by somebody who buys for `company`."""

    user: User
    company: TradeCompany


def company_page(view: View) -> View:
    """A page for a company's people. Who buys for none is led to the front page of the trade."""

    @staff(Role.TRADE_BUYER)
    @functools.wraps(view)
    def wrapper(request: CompanyRequest, *args: Any, **kwargs: Any) -> Any:
        company = company_of(request.user)
        if company is None:
            return redirect("trade:front")
        request.company = company
        return view(request, *args, **kwargs)

    return wrapper


def ordering_page(view: View) -> View:
    """The same, while the company's account is open: prices are on it."""

    @company_page
    @functools.wraps(view)
    def wrapper(request: CompanyRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.company.is_open:
            return redirect("trade:front")
        return view(request, *args, **kwargs)

    return wrapper
