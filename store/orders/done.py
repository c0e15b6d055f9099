"""What the workshop did to a piece, in a sentence or two for its buyer: off the figures that its news carries."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.length import format_mm
from foundation.mass import format_mass
from store.catalogue.wording import how_big
from store.orders import wording

Facts = Mapping[str, Any]


def in_words(facts: Facts) -> str:
    """The news of production.signals.ticket_moved in words; "" where its facts say nothing that is not said by its headline."""
    if fault := facts.get("fault"):
        return _fault(str(fault))
    if cause := facts.get("cause"):
        return _rests(str(cause))
    told = _DONE.get(str(facts.get("done", "")))
    return told(facts) if told else ""


def _cast(facts: Facts) -> str:
    cast = _("Cast in %(metal)s.") % {"metal": wording.alloy_name(facts["alloy"])}
    others = facts["others"]
    beside = ngettext("Poured with one other piece.", "Poured with %(n)d other pieces.", others) % {"n": others}
    weighs = ngettext(
        "It came out of the flask at %(mass)s.", "They came out of the flask at %(mass)s together.", facts["pieces"]
    )
    return _joined(cast, beside if others else "", weighs % {"mass": format_mass(facts["mg"])})


def _assembled(facts: Facts) -> str:
    if not facts["stones"]:
        return _joined(_("Filed and fitted."), _weighs(facts))
    stones = _and([_stone(one) for one in facts["stones"]])
    return _joined(_("Set: %(stones)s.") % {"stones": stones}, _weighs(facts))


def _stone(one: Mapping[str, Any]) -> str:
    count = f"{one['count']} × " if one["count"] > 1 else ""
    return f"{count}{wording.species_name(one['species'])} {how_big(one['species'], mct=one['mct'], um=one.get('width_um'))}"


def _finished(facts: Facts) -> str:
    parts = [_("Polished.")]
    if facts["engraving"]:
        parts.append(_("Engraved “%(text)s”.") % {"text": facts["engraving"]})
    if facts["plating"]:
        parts.append(_("Plated: %(plating)s.") % {"plating": facts["plating"]})
    return _joined(*parts, _weighs(facts))


def _passed(facts: Facts) -> str:
    inside = _("%(mm)s inside.") % {"mm": format_mm(facts["ring_inner_um"])} if facts["ring_inner_um"] else ""
    struck = _("The hallmark is struck.") if facts["hallmark_status"] == "marked" else ""
    return _joined(_("Measured and found right."), _weighs(facts), inside, struck)


def _weighs(facts: Facts) -> str:
    return _("%(mass)s on the scale.") % {"mass": format_mass(facts["mg"])}


def _fault(code: str) -> str:
    """By the family of the fault's code: what was not right, and that it is done again."""
    families = {
        "ST": _("A stone did not sit as it should. The setter does it again."),
        "AS": _("A joint did not fit as it should. The jeweller does it again."),
        "CA": _("The metal had a fault. It is cast again."),
        "FI": _("The surface was not good enough. It is polished again."),
        "PL": _("The plating was not good enough. It is done again."),
        "EN": _("The engraving was not as you ordered it. It is done again."),
        "MK": _("The marks were not right. They are struck again."),
        "WT": _("It did not weigh what it should. The bench looks at it again."),
    }
    return families.get(code.partition("-")[0], "")


def _rests(cause: str) -> str:
    causes = {
        "customer": _("We wait for a word from you."),
        "material": _("We wait for material."),
        "machine": _("A machine stands still."),
        "outside": _("We wait for somebody outside the workshop."),
        "change": _("We wait until your change is settled."),
        "stone": _("We wait for a stone."),
        "problem": _("The bench looks at something before it goes on."),
        "other": _("It lies aside for a while."),
    }
    return causes.get(cause, "")


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _and(words: list[str]) -> str:
    """One, two and three."""
    *first, last = words
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


_DONE: dict[str, Callable[[Facts], str]] = {
    "casting": _cast,
    "assembly": _assembled,
    "finishing": _finished,
    "quality": _passed,
}
