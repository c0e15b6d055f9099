"""Twenty telephones at once on the real database: one quote is one order, and running out never sells anything."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from foundation.flow import WrongTurn
from foundation.people.models import User
from store.catalogue.models import Stock
from store.orders.models import Order
from store.quotes import actions
from store.quotes.flow import QuoteState
from store.quotes.models import Quote
from tests.store.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_telephones_that_approve_at_once_make_one_order(talk, variant):
    quote = talk.shared(talk.ready(variant))
    answer = talk.answer(quote)

    def approve(_):
        return actions.approve(quote=Quote.objects.get(), answer=answer, now=timezone.now()).number

    assert len(set(race(approve))) == 1
    assert Order.objects.count() == 1
    assert Stock.objects.of(variant).get().held == 1


@pytest.mark.parametrize("rival", ["expire", "withdraw"])
def test_approving_as_it_runs_out_or_is_taken_back_is_the_one_or_the_other(talk, variant, rival):
    won = {"approved": 0, "rival": 0}
    for _ in range(6):
        cache.clear()
        quote = talk.shared(talk.ready(variant))
        answer, pk, sales = talk.answer(quote), quote.pk, talk.sales.pk
        until = quote.valid_until_at

        def turn(number, *, pk=pk, answer=answer, sales=sales, until=until):
            if number % 2 == 0:
                return _approve(pk, answer)
            if rival == "expire":
                return actions.expire_overdue(now=until)
            return _withdraw(pk, sales)

        race(turn, processes=4)
        quote.refresh_from_db()
        orders = Order.objects.filter(basket=quote.reference, state="awaiting_payment").count()
        held = Stock.objects.of(variant).get().held
        if quote.state == QuoteState.APPROVED:
            won["approved"] += 1
            assert (orders, held) == (1, 1)
            actions.withdraw(quote=quote, reason="the next round", by=talk.sales)
        else:
            won["rival"] += 1
            assert (orders, held) == (0, 0)
    assert sum(won.values()) == 6


def _approve(pk, answer):
    try:
        return actions.approve(quote=Quote.objects.get(pk=pk), answer=answer, now=timezone.now()).number
    except (actions.CannotApprove, WrongTurn):
        return None


def _withdraw(pk, sales):
    try:
        return actions.withdraw(quote=Quote.objects.get(pk=pk), reason="race", by=User.objects.get(pk=sales)).number
    except WrongTurn:
        return None
