"""Sample values for the style guide. They name no real person, order or price: they only fill the components."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from foundation.ui.turned import all_turned

Values = dict[str, Any]


def picture(name: str) -> Values:
    """A drawing that stands where a photo will be."""
    return {"src": static("ui/sample.svg"), "width": 620, "height": 775, "alt": _("Drawing of a ring"), "name": name}


def everything(screens: tuple[str, ...]) -> Values:
    """What the style guide and its screens are given."""
    return {
        "chrome": chrome(), "rail": rail(), "pieces": pieces(), "photo": picture("oval"), "hero": picture("hero"),
        "thumbs": [picture(name) for name in ("oval", "oval2", "oval3")], "metals": metals(), "facets": facets(),
        "parts": parts(), "total": 326000, "stops": stops(), "plan": plan(), "tickets": tickets(), "figures": figures(),
        "diary": diary(), "specs": specs(), "order": order_facts(), "sums": sums(), "crumbs": crumbs(), "kinds": kinds(),
        "applied": applied(), "tabs": tabs(), "icons": ICONS, "screens": screens, "moment": MOMENT, "day": DAY, "lines": lines(), "turned": all_turned(),
    }  # fmt: skip


MOMENT = datetime(2026, 12, 2, 11, 20, tzinfo=UTC)
DAY = date(2026, 12, 16)
ICONS = re.findall(r'<symbol id="(\w+)"', (Path(__file__).parent / "static" / "ui" / "icons.svg").read_text())


def link(label: str, icon: str = "", *, count: int = 0, current: bool = False) -> Values:
    return {"label": label, "href": "#", "icon": icon, "count": count or None, "current": current}


def chrome() -> Values:
    return {
        "brand": "Ajour", "home": "#", "search": "#", "account": "#", "saved": "#", "basket": "#", "basket_count": 2,
        "nav": [link(_("Rings"), current=True), link(_("Earrings")), link(_("Pendants")), link(_("Bracelets")), link(_("Made for you"))],
        "bar_text": _("Made to order in our own workshop. First resize is free."),
        "bar_links": [link(_("Track an order")), link(_("Trade")), link(_("Write to us"))],
        "footer": [
            {"title": _("Help"), "links": [link(_("Find your size")), link(_("Delivery and duty")), link(_("Returns"))]},
            {"title": _("The house"), "links": [link(_("The workshop")), link(_("Hallmarks: dealers’ notice")), link(_("Privacy"))]},
            {"title": _("Write to us"), "links": [link("LINE"), link("WhatsApp"), link(_("E-mail"))]},
        ],
        "small_print": _("Open-set jewellery, made under one roof. Prices include VAT."),
    }  # fmt: skip


def rail() -> Values:
    near = [
        link(_("Board"), "board", current=True),
        link(_("My bench"), "gem", count=4),
        link(_("Quality"), "loupe", count=3),
    ]
    shop = [link(_("Orders"), "basket", count=18), link(_("Trade"), "people", count=5), link(_("Catalogue"), "ring")]
    making = [
        *near,
        link(_("Packing"), "box", count=6),
        link(_("Casting"), "flask", count=2),
        link(_("Metal"), "scale"),
    ]
    sections = [{"title": _("Workshop"), "links": making}, {"title": _("Shop"), "links": shop}]
    return {
        "home": "#",
        "near": near,
        "sections": sections,
        "me": [link(_("Sara"), "person"), link(_("Sign out"), "out")],
    }


def pieces() -> list[Values]:
    made, stock = _("Made in 4 to 5 weeks"), _("In stock, sizes L to O")
    rows: list[tuple[str, str, int, str, str, bool, str, str, list[str]]] = [
        ("Sill", _("Oval sapphire, 1.40 ct"), 326000, "oval", "sage", False, "platinum", "950", ["platinum", "white", "yellow"]),
        ("Lintel signet", _("Cushion face, 12 mm"), 148000, "signet", "pewter", False, "yellow", "750", ["yellow", "rose", "silver"]),
        ("Clerestory", _("Round diamond, 0.90 ct"), 415050, "solitaire", "stone", True, "yellow", "750", ["yellow", "white", "platinum"]),
        ("Mullion", _("Emerald, 1.80 ct, two diamonds"), 590000, "emerald", "ink", False, "white", "750", ["white", "yellow"]),
        ("Transom eternity", _("22 diamonds, 1.10 ct total"), 274000, "eternity", "clay", False, "rose", "750", ["rose", "yellow", "platinum"]),
        ("Hearth band", _("Hammered, 6 mm"), 9200, "band", "pewter", True, "silver", "925", ["silver"]),
    ]  # fmt: skip
    names = ("name", "sub", "minor", "picture", "tray", "in_stock", "metal", "fineness", "metals")
    return [
        dict(zip(names, row, strict=True)) | {"photo": picture(row[3]), "ship": stock if row[5] else made}
        for row in rows
    ]


def metals() -> list[Values]:
    return [
        {"value": "pt950", "label": _("Platinum"), "metal": "platinum", "difference": _("as shown"), "checked": True},
        {"value": "w750", "label": _("White 18 ct"), "metal": "white", "difference": "−£310"},
        {"value": "y750", "label": _("Yellow 18 ct"), "metal": "yellow", "difference": "−£340"},
        {"value": "ag925", "label": _("Silver"), "metal": "silver", "reason": _("Too soft for these claws")},
    ]


def facets() -> list[Values]:
    def value(label: str, count: int, *, checked: bool = False, metal: str = "") -> Values:
        return {"value": label, "label": label, "count": count, "checked": checked, "metal": metal}

    when = [
        value(_("In stock"), 14),
        value(_("In time for 24 December"), 31, checked=True),
        value(_("Made to order"), 58),
    ]
    metal = [value(_("Yellow gold"), 27, metal="yellow"), value(_("Rose gold"), 12, metal="rose"), value(_("White gold"), 19, metal="white"), value(_("Platinum"), 16, metal="platinum"), value(_("Silver"), 0, metal="silver")]  # fmt: skip
    stone = [
        value(_("Diamond, mined"), 22),
        value(_("Diamond, lab-grown"), 18),
        value(_("Sapphire"), 11),
        value(_("Ruby"), 6),
    ]
    return [
        {"name": "when", "legend": _("When you need it"), "values": when},
        {"name": "metal", "legend": _("Metal"), "values": metal},
        {"name": "stone", "legend": _("Stone"), "values": stone},
    ]


def parts() -> list[Values]:
    return [
        {
            "part": "metal",
            "label": _("Platinum 950, 6.2 g"),
            "minor": 64000,
            "note": _("at the day’s fixing, held when you order"),
        },
        {"part": "stones", "label": _("Sapphire 1.40 ct"), "minor": 110500},
        {"part": "making", "label": _("Making and house"), "minor": 97167},
        {"part": "tax", "label": _("VAT, 20 %"), "minor": 54333},
    ]


def plan() -> list[Values]:
    names = stage_names()
    notes = (_("2 days"), _("6 days"), _("4 days"), _("3 days"), _("1 day"), _("1 day"))
    return [{"name": name, "note": note, "state": ""} for name, note in zip(names, notes, strict=True)]


def stops() -> list[Values]:
    states = ("done", "done", "now", "", "", "")
    notes = ("23 Nov", "2 Dec", _("Now, with Sara"), "9 Dec", "14 Dec", "15 Dec")
    return [{"name": n, "note": note, "state": s} for n, note, s in zip(stage_names(), notes, states, strict=True)]


def stage_names() -> list[str]:
    return [_("Design"), _("Casting"), _("Assembly"), _("Finishing"), _("Quality check"), _("Packaging")]


def tickets() -> list[Values]:
    rows: list[tuple[str, str, str, str, str, str, str, str, bool, int, int, list[Values]]] = [
        ("10496", "Sill", _("Sapphire 1.40 ct · size N"), "oval", "platinum", "950", "16 Dec", "", False, 1, 4, [{"text": _("Engraved")}]),
        ("10482", "Mullion", _("Emerald 1.80 ct · size L½"), "emerald", "white", "750", _("Late 1 day"), "late", False, 2, 5, [{"text": _("Came back once"), "tone": "late"}]),
        ("10477", "Transom eternity × 6", _("Sizes J to O"), "eternity", "rose", "750", _("Tomorrow"), "soon", False, 3, 5, [{"text": _("Trade"), "tone": "ok"}]),
        ("10466", "Sill", _("Stone in transit from setter"), "oval", "platinum", "950", _("Waiting, 1 day"), "", True, 3, 6, [{"text": _("Stone missing"), "tone": "late"}]),
    ]  # fmt: skip
    names = ("number", "name", "detail", "picture", "metal", "fineness", "due", "tone", "held", "done", "of", "flags")
    return [dict(zip(names, row, strict=True)) | {"photo": picture(row[3])} for row in rows]


def figures() -> list[Values]:
    return [
        {"label": _("On the benches"), "value": "29", "note": _("tickets, 62 pieces")},
        {"label": _("Late"), "value": "2", "note": _("oldest 2 days"), "tone": "late"},
        {"label": _("Due this week"), "value": "11"},
        {"label": _("Metal unaccounted"), "value": "0.6 %"},
    ]


def diary() -> list[Values]:
    return [
        {"title": _("Sara opened the gallery"), "text": _("The back of the setting is now cut through."), "at": MOMENT, "photos": [picture("oval2"), picture("oval3")]},
        {"title": _("Cast in platinum"), "text": _("Poured with five other pieces. Came out of the flask at 7.04 g."), "at": MOMENT},
        {"title": _("You approved the drawing"), "text": _("Claws lowered by 0.4 mm, as you asked."), "at": MOMENT, "photos": [picture("oval3")]},
    ]  # fmt: skip


def specs() -> list[Values]:
    return [
        {"label": _("Finished weight"), "value": "6.2 g ± 0.2"},
        {"label": _("Band"), "value": "2.4 × 1.7 mm"},
        {"label": _("Stone"), "value": _("7.9 × 5.9 mm, heated")},
        {"label": _("Report"), "value": "AJ-S-00418", "href": "#"},
    ]


def order_facts() -> list[Values]:
    return [
        {"label": _("Order"), "value": "AJ-7K2M-QX"},
        {"label": _("Piece"), "value": _("Sill, platinum 950, size N")},
        {"label": _("Can be changed until"), "value": _("size, 9 Dec")},
    ]


def sums() -> list[Values]:
    return [
        {"label": _("Pieces"), "value": "£3,352"},
        {"label": _("Delivery, insured"), "value": "£0"},
        {"label": _("of which VAT"), "value": "£558.67"},
        {"label": _("You pay"), "value": "£3,352", "total": True},
    ]


def lines() -> list[Values]:
    first, *_others, last = pieces()
    return [
        first | {"words": _("Platinum 950, size N, engraved “until the light goes”")},
        last | {"words": _("Silver 925, size R")},
    ]


def crumbs() -> list[Values]:
    return [link(_("Home")), link(_("Rings"))]


def kinds() -> list[Values]:
    names = (_("All rings"), _("Engagement"), _("Wedding bands"), _("Signets"), _("Eternity"))
    return [link(name, current=not number) | {"count": None} for number, name in enumerate(names)]


def applied() -> list[Values]:
    return [link(_("By 24 December")), link("£900 – £6,000")]


def tabs() -> list[Values]:
    return [link(_("Work"), current=True), link(_("Evidence"), count=3), link(_("Metal and stones"))]
