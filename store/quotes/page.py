"""A quote in finished values, for whoever it is for and for the office: what, what it costs and why, when it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.exact import written
from foundation.files.links import Picture, picture
from foundation.files.models import File
from store.catalogue.models import Photo
from store.catalogue.pictures import by_file, caption
from store.catalogue.wording import alloy_name, how_big, ring_size, stone_as_grown, swatch
from store.orders import wording
from store.orders.drafts import DraftLine, DraftStone
from store.quotes.actions import CannotApprove, page_url
from store.quotes.actions.answering import lines_now
from store.quotes.flow import QuoteState
from store.quotes.frozen import thaw
from store.quotes.models import Quote, QuoteLine
from store.quotes.sums import Sums, sums_of

METAL_PARTS = {"yellow": "gold", "rose": "rose"}
"""The colour of gold in the price's bar."""


@dataclass(frozen=True)
class LineShown:
    """One line: what it is, its picture, its price taken apart. `parts` is empty where it is sold out of the country."""

    row: QuoteLine
    name: str
    choices: tuple[str, ...]
    wish: str
    photo: Picture | None
    caption: str
    parts: tuple[dict[str, Any], ...]
    gross_minor: int


@dataclass(frozen=True)
class QuotePage:
    """Everything on a quote's page. `promise_on` is None where no day can be named; `why_no_day` says so."""

    quote: Quote
    lines: tuple[LineShown, ...]
    sums: Sums
    currency: str
    facts: tuple[dict[str, Any], ...]
    promise_on: date | None
    why_no_day: str
    until_on: date
    needs_consent: bool
    is_over: bool
    has_transfer: bool


def show(quote: Quote, *, now: datetime) -> QuotePage:
    """The page of a quote as it stands now."""
    rows = list(quote.lines.select_related("variant"))
    why, drafts = "", tuple(thaw(row.frozen) for row in rows)
    try:
        drafts = lines_now(quote, now=now)
    except CannotApprove as refusal:
        why = str(refusal)
    sums, seller = sums_of(quote, drafts), quote.brand.seller
    wanted = {draft.picture for draft in drafts if draft.picture}
    files, photos = _pictures(wanted), by_file(wanted)
    return QuotePage(
        quote=quote, sums=sums, currency=quote.currency,
        lines=tuple(_line(row, draft, files, photos, quote, sums) for row, draft in zip(rows, drafts, strict=True)),
        facts=tuple(_facts(quote, sums)), promise_on=None if why else max(line.promise_on for line in drafts),
        why_no_day=why, until_on=until_on(quote), needs_consent=any(not line.returnable for line in drafts),
        is_over=quote.state == QuoteState.EXPIRED or quote.is_over(now=now),
        has_transfer=bool(seller.bank_details or seller.promptpay_id),
    )  # fmt: skip


def until_on(quote: Quote) -> date:
    """The last day on which it stands, on the seller's clock."""
    zone = ZoneInfo(quote.brand.seller.time_zone)
    return (quote.valid_until_at.astimezone(zone) - timedelta(seconds=1)).date()


def end_of(on: date, zone: str) -> datetime:
    """The moment at which this day is over, on the seller's clock."""
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)


def ways_to_share(quote: Quote) -> list[dict[str, str]]:
    """Plain links that hand the quote over: WhatsApp, LINE, mail. Its words are in the language of whoever it is for."""
    url = page_url(quote)
    with override(quote.language):
        words = _("%(name)s, here is your quote from %(brand)s. It stands until %(until)s.") % {
            "name": quote.name, "brand": quote.brand.name, "until": wording.day(until_on(quote)),
        }  # fmt: skip
        subject = _("Your quote from %(brand)s") % {"brand": quote.brand.name}
    text = f"{words}\n{url}"
    number = _international(quote.phone)
    return [
        {"name": "WhatsApp", "href": f"https://wa.me/{number}?{urlencode({'text': text}, quote_via=quoted)}"},
        {"name": "LINE", "href": f"https://line.me/R/msg/text/?{quoted(text)}"},
        {"name": _("Mail"), "href": f"mailto:{quoted(quote.email)}?{urlencode({'subject': subject, 'body': text}, quote_via=quoted)}"},
    ]  # fmt: skip


def message_of(quote: Quote) -> dict[str, str]:
    """What the telephone's own share sheet is given."""
    with override(quote.language):
        return {"title": _("Your quote from %(brand)s") % {"brand": quote.brand.name}, "url": page_url(quote)}


def _international(phone: str) -> str:
    """The number as WhatsApp wants it: figures alone, with the country. "" where the country is not said."""
    return "".join(filter(str.isdigit, phone)) if phone.strip().startswith("+") else ""


def _pictures(wanted: Iterable[UUID]) -> dict[UUID, Picture]:
    return {file.reference: picture(file) for file in File.objects.filter(reference__in=wanted) if file.is_picture}


def _line(
    row: QuoteLine, line: DraftLine, files: dict[UUID, Picture], photos: dict[UUID, Photo], quote: Quote, sums: Sums
) -> LineShown:
    abroad = bool(sums.reckoned.tax_reason)
    gross = line.net_minor if abroad else line.gross_minor
    return LineShown(
        row=row, name=f"{line.piece_name} × {line.quantity}" if line.quantity > 1 else line.piece_name,
        choices=tuple(choices_of(line)), wish=line.wish, photo=files.get(line.picture) if line.picture else None,
        caption=caption(photos.get(line.picture), line.alloy) if line.picture else "",
        parts=tuple(parts_of(line, abroad=abroad)), gross_minor=gross,
    )  # fmt: skip


def choices_of(line: DraftLine) -> Iterable[str]:
    """All that was chosen for a line, each in a few words."""
    yield alloy_name(line.alloy)
    if line.ring_inner_um:
        yield _("size %(size)s") % {"size": ring_size(line.ring_inner_um)}
    yield from (_stone(stone) for stone in line.stones)
    if line.engraving:
        yield _("engraved “%(text)s”") % {"text": line.engraving}


def _stone(stone: DraftStone) -> str:
    """A stone with what has to be said of it, as on the order it becomes."""
    return wording.stone_in_words(vars(stone) | {})


def parts_of(line: DraftLine, *, abroad: bool = False) -> Iterable[dict[str, Any]]:
    """The price taken apart: metal, stones, making and house, VAT. Of a fixed price, the piece and the VAT."""
    if line.fixing is None:
        yield {"part": "making", "label": _("The piece, at a fixed price"), "minor": line.net_minor}
    else:
        grams = written(Fraction(line.metal_mg, 1000), 2)
        metal = _("%(metal)s, %(grams)s g") % {"metal": alloy_name(line.alloy), "grams": grams}
        yield {"part": METAL_PARTS.get(swatch(line.alloy), "metal"), "label": metal, "minor": line.metal_minor}
        if line.stones:
            yield {"part": "stones", "label": stones_in_words(line.stones), "minor": line.stones_minor}
        yield {"part": "making", "label": _("Making and house"), "minor": line.making_minor}
    if not abroad:
        rate = written(Fraction(line.tax_rate_bp, 100), 2).rstrip("0").rstrip(".")
        yield {"part": "tax", "label": _("VAT, %(rate)s %%") % {"rate": rate}, "minor": line.tax_minor}


def stones_in_words(stones: Iterable[DraftStone]) -> str:
    """Each with where it grew and what it is sold by."""
    return ", ".join(
        f"{stone_as_grown(one.species, one.grown)} {how_big(one.species, mct=one.mct * one.count, um=one.width_um)}"
        for one in stones
    )


def _facts(quote: Quote, sums: Sums) -> Iterable[dict[str, Any]]:
    def money(minor: int) -> str:
        return wording.money(minor, quote.currency)

    reckoned = sums.reckoned
    place = {"delivery": quote.delivery.name, "country": wording.country(quote.country)}
    yield {"label": _("%(delivery)s to %(country)s") % place, "value": money(reckoned.delivery.gross_minor)}
    if reckoned.tax_reason:
        yield {"label": _("VAT (sent out of the country)"), "value": money(0)}
    else:
        yield {"label": _("of which VAT"), "value": money(reckoned.tax_minor)}
    yield {"label": _("Total"), "value": money(sums.total_minor), "total": True}
    if sums.later_minor:
        yield {"label": _("To pay now"), "value": money(sums.now_minor)}
        yield {"label": _("When it is finished"), "value": money(sums.later_minor)}
