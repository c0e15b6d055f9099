"""The demo house's months: day by day, everything that happens in it happens by the product's own actions."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import Count

from demo import demand, floor, office, parcels, returns, showroom, talk, trade
from demo.dice import dice
from demo.guests import HOLDS
from demo.owed import do_what_is_owed
from demo.scene import Scene
from foundation.house.models import Site
from packing.models import Parcel
from production.casting.models import Place, Tree
from production.planning.load import calendar_of
from production.routes.stages import Stage
from production.tickets.models import Ticket
from store.buyers.models import TradeCompany
from store.counter.models import TillCount
from store.orders.flow import DueState
from store.orders.models import Due, DueKind, Handover, Order
from store.payments.models import Payment, Refund
from store.quotes.flow import QuoteState
from store.quotes.models import Quote
from store.returns.models import Return

BAGS = 60
"""So many tickets lie in the workshop on the last day."""
FEWEST_AT_REST = 4
TRADE_DAYS_AGO = 9
"""So many working days ago the first companies of the trade were let in."""

Say = Callable[[str], object]


def play(scene: Scene, *, since: date, until: datetime, say: Say) -> None:
    """Every day from `since` on, the last one as far as the present."""
    zone = scene.hours.zone
    today = until.astimezone(zone).date()
    days = [since + timedelta(days=n) for n in range((today - since).days + 1)]
    for n, day in enumerate(days):
        left = sum(scene.hours.works_on(later) for later in days[n + 1 :])
        if day.weekday() == 0 or day == today:
            say(f"{day:%d %B}: {Ticket.objects.in_the_workshop().count()} tickets in the workshop")
        play_day(scene, day, days_left=left, until=until)
    bring_to_rest(scene)


def play_day(scene: Scene, day: date, *, days_left: int, until: datetime) -> None:
    """One day: the shop is open always, the office and the benches in their hours."""
    dawn = datetime.combine(day, time(0, 5), tzinfo=scene.hours.zone)
    today = floor.Day(scene, until=min(until, dawn + timedelta(hours=23, minutes=50)))
    scene.clock.set(dawn)
    today.at(dawn + timedelta(hours=9, minutes=5), lambda _at: parcels.arrive(scene))
    if scene.hours.works_on(day):
        _working_day(scene, today, day)
    _shopping(scene, today, dawn, days_left=days_left)
    if days_left == TRADE_DAYS_AGO and not TradeCompany.objects.exists():
        at = dawn + timedelta(hours=15)
        today.at(at, lambda _at: trade.open_desk(brand=scene.brand, people=scene.people, now=scene.now))
    showroom.open_doors(scene, today, day)
    _desk(scene, today, day)
    today.at(dawn + timedelta(hours=23), lambda _at: office.clear_up(scene))
    today.at(dawn + timedelta(hours=23), lambda _at: talk.clear_up(scene))
    today.pass_by()


def _working_day(scene: Scene, today: floor.Day, day: date) -> None:
    opens = datetime.combine(day, scene.hours.opens_at, tzinfo=scene.hours.zone)
    closes = datetime.combine(day, scene.hours.closes_at, tzinfo=scene.hours.zone)
    today.at(opens, lambda _at: _morning(scene))
    today.at(opens + timedelta(minutes=6), lambda at: floor.open_benches(scene, today, opens=opens, closes=closes))
    today.at(opens + timedelta(minutes=20), lambda _at: floor.pour_trees(scene, today, opens=opens))
    today.at(opens + timedelta(hours=6), lambda _at: _pack(scene, today))
    today.at(closes - timedelta(minutes=55), lambda _at: parcels.send_what_is_ready(scene))
    today.at(closes - timedelta(minutes=20), lambda _at: floor.stand_trees(scene))


def _desk(scene: Scene, today: floor.Day, day: date) -> None:
    """The office in London: quotes are drawn up, shared and followed."""
    hours = calendar_of(Site.objects.get(code="london"))
    if not hours.works_on(day):
        return
    opens = datetime.combine(day, hours.opens_at, tzinfo=hours.zone)
    today.at(opens + timedelta(minutes=40), lambda _at: talk.go_on(scene))
    if talk.comes_up(scene, day):
        at = opens + timedelta(minutes=dice(scene.seed, "talk at", day).randrange(60, 330))
        today.at(at, lambda _at: talk.offer_something(scene))


def _morning(scene: Scene) -> None:
    office.enter_todays_fixings(scene)
    office.take_deliveries(scene)
    office.fetch_missing_stones(scene)
    office.send_money_back(scene)
    office.call_one_off(scene)
    returns.send_back(scene)
    returns.look_at_what_came(scene)
    office.let_rest_and_go_on(scene)
    floor.draw_again(scene)
    demand.lay_in_stock(scene)
    do_what_is_owed()


def _pack(scene: Scene, today: floor.Day) -> None:
    for n, parcel in enumerate(parcels.to_pack(scene)):
        at = scene.clock.at + timedelta(minutes=6 * n)
        today.at(at, partial(_pack_one, scene, parcel))


def _pack_one(scene: Scene, parcel: Parcel, _at: datetime) -> None:
    parcels.pack(parcel, people=scene.people, now=scene.now)


def _shopping(scene: Scene, today: floor.Day, dawn: datetime, *, days_left: int) -> None:
    """Buyers come from the workshop's late morning, when it is day in Europe, until the evening."""
    odds = dice(scene.seed, "shop", dawn.date())
    many = demand.wanted_to_be_made(scene, days_left=days_left, bags=BAGS)
    opens, closes = dawn + timedelta(hours=10), dawn + timedelta(hours=22)
    for at in demand.times_of_day(odds, opens, closes, many):
        today.at(at, lambda _at: demand.order_one_to_be_made(scene))
    if odds.random() < demand.READY_EVERY:
        for at in demand.times_of_day(odds, opens, closes, 1):
            today.at(at, lambda _at: demand.order_one_from_the_tray(scene))
    for hour in (12, 19):
        today.at(dawn + timedelta(hours=hour), lambda _at: _answers(scene))


def _answers(scene: Scene) -> None:
    office.answer_designs(scene)
    office.collect_balances(scene)
    office.post_letters()


def bring_to_rest(scene: Scene) -> None:
    """At the end as many bags lie there as are wanted, and a few of them rest, whatever the dice said."""
    parcels.ask_for_a_balance(scene)
    showroom.leave_one_to_collect(scene)
    for n in range(BAGS):
        if Ticket.objects.in_the_workshop().count() >= BAGS:
            break
        demand.order_one_to_be_made(scene, again=n)
    talk.bring_to_rest(scene)
    floor.stand_some_together(scene)
    floor.send_one_back(scene)
    resting = Ticket.objects.filter(state="on_hold").count()
    for craft, _words in HOLDS:
        for ticket in Ticket.objects.filter(state="open").order_by("pk"):
            if resting >= FEWEST_AT_REST:
                return
            if office.rest(scene, ticket, craft):
                resting += 1
                break


def what_is_lacking(*, now: datetime) -> list[str]:
    """What a visitor is to find in the house and would not find now, in words."""
    bags = Ticket.objects.in_the_workshop().with_stage()
    stages = {bag.stage for bag in bags}
    standing = Place.objects.filter(is_open=True).values("tree").annotate(n=Count("pk"))
    there = {
        f"{BAGS} to {BAGS + 10} bags (there are {len(bags)})": BAGS <= len(bags) <= BAGS + 10,
        "bags at every stage": stages == set(Stage.values),
        "bags that rest": bags.filter(state="on_hold").count() >= FEWEST_AT_REST,
        "a late bag": Ticket.objects.late(now=now).exists(),
        "a bag that was sent back": bags.filter(operations__attempt__gt=1).exists(),
        "three bags on one tree": any(row["n"] >= 3 for row in standing),
        "a tree that failed": Tree.objects.filter(state="failed").exists(),
        "an order whose balance is asked for": Due.objects.filter(kind=DueKind.BALANCE, state=DueState.ASKED).exists(),
        "an order called off": Order.objects.filter(state="cancelled").exists(),
        "a return that was decided": Return.objects.filter(state="decided").exists(),
        "a refund": Refund.objects.filter(state="done").exists(),
    } | _what_was_sold_by_people()
    return [what for what, is_there in there.items() if not is_there]


def _what_was_sold_by_people() -> dict[str, bool]:
    """What is to be there of quotes, of the counter and its till."""
    states = set(Quote.objects.values_list("state", flat=True))
    methods = set(Payment.objects.filter(taken__isnull=False).values_list("method", flat=True))
    in_words = dict(QuoteState.choices)
    wanted = set(QuoteState.values) - {QuoteState.APPROVED}
    unpaid = Order.objects.filter(state="awaiting_payment", channel="conversation")
    return {f"a quote that is {in_words[state]}": state in states for state in sorted(wanted)} | {
        "a slip whose money is not found yet": unpaid.exclude(slips=None).exists(),
        "counter sales in cash and by the terminal": methods == {"cash", "terminal"},
        "pieces moved to the showroom and back": showroom.moved_both_ways(),
        "an order that waits to be collected": showroom.ready_to_collect().exists(),
        "an order that was collected": Handover.objects.exclude(order__channel="counter").exists(),
        "a till that was counted": TillCount.objects.exists(),
    }
