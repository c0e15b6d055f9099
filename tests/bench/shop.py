"""The shop's pages and a guest's purchase, each on the real server over the loopback."""

import itertools

import requests

from store.catalogue.models import Piece, Stock, Variant
from tests.bench import house
from tests.bench.figures import Figures, measure
from tests.bench.forms import Buyer

WORDS = ("ruby", "sapphire", "diamond ring", "hoops", "band gold", "pendant", "silver", "eternity", "signet", "emerald")
SHELVES = (
    "rings/?", "engagement-rings/?metal=rose", "wedding-bands/?", "earrings/?metal=yellow", "necklaces/?",
    "rings/?metal=yellow", "engagement-rings/?", "wedding-bands/?metal=white", "earrings/?", "necklaces/?metal=silver",
)  # fmt: skip

A_PAGE = 24


def pages(times: int) -> tuple[list[Figures], Figures]:
    """Hot: one address again and again. Cold: every time another page, and no cache at all. Answers rows and ceiling."""
    rows = []
    slugs = list(Piece.objects.order_by("pk").values_list("slug", flat=True)[: times * 5])
    with house.site() as server:
        ceiling = measure(
            "ceiling: 30 KB, constant", times * 5, _get(server, lambda n: "/bench/constant"), pid=server.pid
        )
        rows += [
            ceiling,
            measure("ceiling: 30 KB from Valkey", times * 5, _get(server, lambda n: "/bench/kept"), pid=server.pid),
        ]
        rows.append(measure("list, hot", times, _get(server, lambda n: "/en/collections/rings/"), pid=server.pid))
        rows.append(measure("piece, hot", times, _get(server, lambda n: f"/en/pieces/{slugs[0]}/"), pid=server.pid))
        rows.append(measure("search, hot", times, _get(server, lambda n: "/en/search/?q=ruby"), pid=server.pid))
        every = {"list": _shelf, "piece": lambda n: f"/en/pieces/{slugs[n % len(slugs)]}/", "search": _words}
        rows += [
            measure(f"{name}, another each time", times, _get(server, page), pid=server.pid)
            for name, page in every.items()
        ]
    with house.site(cache="none") as server:
        rows.append(measure("home, cold", times, _get(server, lambda n: "/en/"), pid=server.pid))
        rows.append(measure("list, cold", times, _get(server, _shelf), pid=server.pid))
        rows.append(
            measure(
                "piece, cold", times, _get(server, lambda n: f"/en/pieces/{slugs[n % len(slugs)]}/"), pid=server.pid
            )
        )
        rows.append(
            measure(
                "search, cold",
                times,
                _get(server, lambda n: f"/en/search/?q={WORDS[n % len(WORDS)]}&page={n % 3 + 1}"),
                pid=server.pid,
            )
        )
    return rows, ceiling


def _shelf(n: int) -> str:
    return f"/en/collections/{SHELVES[n % len(SHELVES)]}&page={n % 7 + 1}"


def _words(n: int) -> str:
    return f"/en/search/?q={WORDS[n % len(WORDS)]}&page={n % 3 + 1}"


def _get(server: house.Server, address):
    session = requests.Session()

    def get(n: int) -> int:
        answer = session.get(server.url + address(n), timeout=30)
        answer.raise_for_status()
        _is_full(answer)
        return len(answer.content)

    return get


def _is_full(answer: requests.Response) -> None:
    """A shelf without pieces costs nothing: it would flatter the figure."""
    if "/collections/" in answer.url and answer.text.count('href="/en/pieces/') < A_PAGE:
        raise SystemExit(f"{answer.url} shows fewer than {A_PAGE} pieces: it can't be measured as a page of the list")


def purchases(times: int) -> tuple[list[Figures], Figures]:
    """A guest buys through the pages: piece, basket, checkout, the hosted payment, her order's page.

    Answers the ceiling of the same minute too. As many as a round are not counted, so that each of the site's threads
    has planned on its connection what all the following ask.
    """
    slugs = itertools.cycle(_in_the_tray())
    with house.stripe("http://127.0.0.1:1/") as stripe, house.site(stripe=stripe) as server:
        ceiling = measure(
            "ceiling: 30 KB, constant", times * 5, _get(server, lambda n: "/bench/constant"), pid=server.pid
        )
        buying = measure(
            "a guest's purchase, seven requests",
            times,
            lambda n: _buy(server, next(slugs), n),
            pid=server.pid,
            uncounted=times,
        )
        return [ceiling, buying], ceiling


def _in_the_tray() -> list[str]:
    plain = Variant.objects.filter(withdrawn_at=None, pk__in=Stock.objects.filter(on_hand__gt=0).values("variant"))
    return list(
        plain.filter(piece__made_to_order=False)
        .order_by("piece_id")
        .values_list("piece__slug", flat=True)
        .distinct()[:400]
    )


def _buy(server: house.Server, slug: str, n: int) -> int:
    buyer = Buyer(server.url)
    buyer.open(f"/en/pieces/{slug}/")
    buyer.send("/basket/add/")
    buyer.open("/en/checkout/")
    buyer.send(
        "", email=f"guest-{n}@example.com", name="Mara Voss", line1="2 Mill Lane", city="Bath", postcode="BA1 1AA",
        country="GB", consent="on",
    )  # fmt: skip
    if "/c/pay/" not in buyer.url:
        raise SystemExit(f"the checkout did not lead to the payment page but to {buyer.url}")
    buyer.send("", number="4242424242424242")
    if "/orders/" not in buyer.url:
        raise SystemExit(f"the payment did not lead back to the order but to {buyer.url}")
    return buyer.bytes
