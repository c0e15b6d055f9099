"""The piece page's finished values: metals with their differences, sizes, stones, the account, the ribbon, the facts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.exact import rounded, written
from foundation.files.links import Picture, picture
from foundation.house.models import Brand
from foundation.money import Money, format_money
from foundation.reference.alloys import alloy
from foundation.reference.hallmarks import needs_hallmark
from foundation.reference.stones import by_size
from foundation.ui.templatetags.ui import carats, money_change
from store.baskets.offer import kept_promise
from store.catalogue.dispatch import leaves_on
from store.catalogue.models import Grown, Piece, StoneChoice, Variant
from store.catalogue.pictures import in_metal, shown_in
from store.catalogue.wording import (
    alloy_name,
    alloy_short,
    cut_name,
    fineness,
    ring_size_long,
    stone_as_grown,
    stones_of,
    swatch,
    treatment_name,
)
from store.pricing.choosing import Chosen, Ways, available, price_choice
from store.pricing.offer import Price, Today, standard_minutes

WIDTHS = (480, 640, 800, 1200, 1600)
SCALE_UM = 5_000
ACCOUNT_PART = {"yellow": "gold", "rose": "rose"}


@dataclass(frozen=True)
class Shown:
    """A photo on the page and the address of the page with it in front."""

    picture: Picture
    href: str
    label: str
    is_current: bool
    across_um: int | None
    shown_in: str


def stage_names() -> dict[str, str]:
    """The six stages in words."""
    return {
        "design": _("Design"), "casting": _("Casting"), "assembly": _("Assembly"), "finishing": _("Finishing"),
        "quality": _("Quality check"), "packaging": _("Packaging"),
    }  # fmt: skip


def page(
    piece: Piece, chosen: Chosen, *, brand: Brand, today: Today | None, now: datetime, mine: Collection[int] = ()
) -> dict[str, Any]:
    """Everything the template shows."""
    ways = Ways(piece, mine=mine)
    promised = _promised(chosen, now=now)
    return {
        "piece": piece, "chosen": chosen, "choice": chosen.choice, "price": chosen.price, "ready": chosen.variant,
        "metal": swatch(chosen.choice.alloy) if chosen.choice.alloy else "",
        "fineness": fineness(chosen.choice.alloy) if chosen.choice.alloy else "",
        "alloy_name": alloy_name(chosen.choice.alloy) if chosen.choice.alloy else "",
        "metals": _metals(ways, chosen, brand=brand, today=today), "sizes": _sizes(ways, chosen),
        "stones": _stones(ways, chosen), "account": account(chosen), "facts": _facts(chosen, brand),
        "stops": promised.get("stops", []), "promise_on": promised.get("on"), "from_site": promised.get("site", ""),
        "engraving_room": piece.engraving_most - len(chosen.choice.engraving), "agreed": chosen.price and chosen.price.gross_minor,
    }  # fmt: skip


def photos(piece: Piece, *, alloy_code: str, asked: str, query: Mapping[str, str]) -> list[Shown]:
    """The piece's pictures in this alloy (or in the nearest, where there are none), the one asked for in front."""
    found = in_metal(piece.photos.all(), alloy_code)
    current = next((one for one in found if str(one.pk) == asked), found[0] if found else None)
    return [
        Shown(
            picture=picture(one.file, alt=one.alt or f"{piece.name}, {one.get_view_display()}", widths=WIDTHS),
            href="?" + urlencode({**query, "photo": one.pk}), label=str(one.get_view_display()),
            is_current=one is current, across_um=one.width_um,
            shown_in=shown_in(one, alloy_code),
        )
        for one in found
    ]  # fmt: skip


def account(chosen: Chosen) -> list[dict[str, Any]]:
    """The price taken apart: metal, stones, making and house, VAT. Of a fixed price, the VAT alone."""
    price, choice = chosen.price, chosen.choice
    if price is None:
        return []
    tax = {
        "part": "tax",
        "label": _("VAT, %(rate)s %%") % {"rate": _percent(price.vat_rate_bp)},
        "minor": price.tax_minor,
    }
    if not price.is_taken_apart:
        return [{"part": "making", "label": _("The piece, as it lies in the tray"), "minor": price.net_minor}, tax]
    metal = {
        "part": ACCOUNT_PART.get(swatch(choice.alloy), "metal"), "minor": price.metal_minor,
        "label": _("%(metal)s, %(grams)s g") % {"metal": alloy_name(choice.alloy), "grams": _grams(price.metal_mg)},
        "note": _fixing_note(price),
    }  # fmt: skip
    stones = {"part": "stones", "label": stones_of(choice.stone), "minor": price.stones_minor}
    making = {
        "part": "making", "label": _("Making and house"), "minor": price.making_minor,
        "note": _("%(hours)s h at the benches, hallmark and box") % {"hours": _hours(price.minutes)},
    }  # fmt: skip
    return [metal, *([stones] if choice.stone else []), making, tax]


def _fixing_note(price: Price) -> str:
    fixing = price.fixing
    if fixing is None:
        return ""
    gram = Money(rounded(Fraction(fixing.minor_per_kg, 1000)), price.currency)
    return _("%(price)s a gram of fine metal on %(on)s (%(source)s)") % {
        "source": fixing.source, "on": date_format(fixing.on, "j F"), "price": format_money(gram, "en-GB"),
    }  # fmt: skip


def _promised(chosen: Chosen, *, now: datetime) -> dict[str, Any]:
    if chosen.price is None:
        return {}
    if chosen.variant is not None:
        stock = next(one for one in chosen.variant.stock.all() if one.available)
        return {"on": leaves_on(stock.site, now=now), "site": stock.site.name}
    promised = kept_promise(chosen.choice, now=now)
    if promised is None:
        return {}
    names = stage_names()
    stops = [{"name": names[one.stage], "note": _days(one.from_on, one.to_on), "state": ""} for one in promised.stages]
    return {"on": promised.on, "stops": stops}


def _days(start: date, end: date) -> str:
    if start == end:
        return date_format(start, "j M")
    return _("%(start)s to %(end)s") % {"start": date_format(start, "j M"), "end": date_format(end, "j M")}


def _metals(ways: Ways, chosen: Chosen, *, brand: Brand, today: Today | None) -> list[dict[str, Any]]:
    minutes = standard_minutes(chosen.choice) if today and ways.piece.made_to_order else None
    cards = []
    for code in ways.alloys:
        other = chosen
        if code != chosen.choice.alloy:
            other = price_choice(ways, replace(chosen.choice, alloy=code), brand=brand, today=today, minutes=minutes)
        cards.append(
            {"value": code, "label": alloy_short(code), "metal": swatch(code), "checked": code == chosen.choice.alloy,
             "difference": _difference(other, chosen)}
        )  # fmt: skip
    return cards


def _difference(other: Chosen, chosen: Chosen) -> str:
    if other is chosen:
        return _("as priced")
    if other.price is None or chosen.price is None:
        return _("other sizes") if chosen.price else ""
    change = other.price.gross_minor - chosen.price.gross_minor
    return money_change(change, other.price.currency) or _("the same price")


def _sizes(ways: Ways, chosen: Chosen) -> list[dict[str, Any]]:
    code = chosen.choice.alloy
    free = {one.ring_inner_um for one in ways.variants if one.alloy == code and available(one)}
    found = []
    for size in ways.sizes(code):
        gone = size not in free and not ways.piece.made_to_order
        note = _("in stock") if size in free else _("sold") if gone else ""
        label = ring_size_long(size) + (f" · {note}" if note else "")
        found.append({"value": size, "label": label, "chosen": size == chosen.choice.ring_inner_um, "disabled": gone})
    return found


def _stones(ways: Ways, chosen: Chosen) -> list[dict[str, Any]]:
    return [
        {
            "value": one.pk,
            "label": _stone_label(one, is_free=ways.is_free(one)),
            "chosen": one == chosen.choice.stone,
            "disabled": not ways.is_free(one),
        }
        for one in ways.stones
    ]


def _stone_label(stone: StoneChoice, *, is_free: bool) -> str:
    told = [stones_of(stone), stone.colour, stone.origin, treatment_name(stone.treatment)]
    label = ", ".join(part for part in told if part)
    return label if is_free else _("%(stone)s (in somebody’s basket or sold)") % {"stone": label}


def _facts(chosen: Chosen, brand: Brand) -> list[dict[str, Any]]:
    choice, price = chosen.choice, chosen.price
    mg = price.metal_mg if price else 0
    rows = [
        (_("Metal"), alloy_name(choice.alloy) if choice.alloy else ""),
        (_("Weight of metal"), _weight(mg, is_made=chosen.variant is None)),
        *_stone_facts(choice.stone or None),
        *([] if choice.stone else _told_of(chosen.variant)),
        (_("Hallmark"), (chosen.variant.marks if chosen.variant else "") or _hallmark(choice.alloy, mg)),
        (_("Sending back"), _returns(chosen, brand)),
    ]
    facts = [{"label": label, "value": value} for label, value in rows if value]
    return facts + _report(choice.stone or chosen.variant)


def _told_of(variant: Variant | None) -> list[tuple[str, str]]:
    """What has to be said of the stones of a piece that lies ready."""
    if variant is None:
        return []
    return [
        (_("Stone"), stones_of(variant)),
        (_("Origin"), variant.stone_origin),
        (_("Treatment"), treatment_name(variant.stone_treatment)),
    ]


def _stone_facts(stone: StoneChoice | None) -> list[tuple[str, str]]:
    if stone is None:
        return []
    size = f"{written(Fraction(stone.length_um, 1000), 1)} × {written(Fraction(stone.width_um, 1000), 1)} mm"
    cut = (_("Weight and cut"), f"{carats(stone.total_mct)}, {cut_name(stone.cut)}, {size}")
    return [
        (_("Stone"), _as_grown(stone)),
        (_("Size"), size) if by_size(stone.species) else cut,
        (_("Colour"), stone.colour),
        (_("Origin"), stone.origin),
        (_("Treatment"), treatment_name(stone.treatment)),
    ]


def _as_grown(stone: StoneChoice) -> str:
    """A stone with where it grew; a mined one says so too."""
    told = stone_as_grown(stone.species, stone.grown)
    is_mined = stone.grown == Grown.MINED and not by_size(stone.species)
    return _("%(stone)s, mined") % {"stone": told} if is_mined else told


def _report(item: StoneChoice | Variant | None) -> list[dict[str, Any]]:
    if item is None or not item.report_number:
        return []
    told = f"{item.report_lab} {item.report_number}".strip()
    return [{"label": _("Report"), "value": told, "href": item.report_url if isinstance(item, StoneChoice) else ""}]


def _hallmark(code: str, mg: int) -> str:
    if not code or not mg or alloy(code).metal == "base":
        return ""
    if needs_hallmark("GB", alloy(code).metal, mg):
        return _("Struck before it leaves")
    return _("Too light to need one")


def _weight(mg: int, *, is_made: bool) -> str:
    if not mg:
        return ""
    grams = _("%(grams)s g") % {"grams": _grams(mg)}
    return _("about %(grams)s") % {"grams": grams} if is_made else grams


def _returns(chosen: Chosen, brand: Brand) -> str:
    if chosen.variant is not None:
        return _("Within %(days)d days") % {"days": brand.return_days}
    return _("Made for you: not unless it is faulty")


def _grams(mg: int) -> str:
    return written(Fraction(mg, 1000), 2)


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _percent(bp: int) -> str:
    return written(Fraction(bp, 100), 2).rstrip("0").rstrip(".")
