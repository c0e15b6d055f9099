"""A piece's metal, stones and sizes in words, in the reader's language."""

from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.exact import written
from foundation.length import nearest, ring_sizes
from foundation.reference.alloys import alloy
from foundation.reference.stones import by_size, cut, species
from foundation.ui.templatetags.ui import carats, mm
from store.catalogue.models import Grown, StoneChoice, Variant


def swatch(alloy_code: str) -> str:
    """The colour group of an alloy, as discs, punches and filters tell metals apart."""
    found = alloy(alloy_code)
    return found.colour if found.metal == "gold" else found.metal


def swatch_name(code: str) -> str:
    """The colour group in words."""
    names = {
        "yellow": _("Yellow gold"),
        "rose": _("Rose gold"),
        "white": _("White gold"),
        "platinum": _("Platinum"),
        "palladium": _("Palladium"),
        "silver": _("Silver"),
        "base": _("Brass or bronze"),
    }
    return names.get(code, code)


def is_swatch(code: str) -> bool:
    """Whether a colour group is called so."""
    return swatch_name(code) != code


def alloy_name(code: str) -> str:
    """An alloy in words, with a capital: "18 ct yellow gold"."""
    found = alloy(code)
    return _capital(found.name_th if _is_thai() else found.name)


def alloy_short(code: str) -> str:
    """An alloy in two or three words for a narrow card: "Yellow 18 ct", "Platinum 950"."""
    found = alloy(code)
    if found.metal == "gold":
        return f"{swatch_name(found.colour)} {found.fineness}"
    return f"{swatch_name(found.metal)} {found.fineness}"


def fineness(code: str) -> str:
    """Parts per thousand, as it is punched."""
    return alloy(code).fineness


def stone_name(code: str) -> str:
    """A species in words, with a capital."""
    found = species(code)
    return _capital(found.name_th if _is_thai() else found.name)


def cut_name(code: str) -> str:
    """A cut in words."""
    found = cut(code)
    return str(found.name_th if _is_thai() else found.name)


def stone_kind(code: str, grown: str) -> str:
    """The filter's value for a stone: where a diamond grew is part of what it is."""
    return f"{code}:{grown}" if code else "none"


def stone_kind_name(kind: str) -> str:
    """The filter's value in words."""
    code, _sep, grown = kind.partition(":")
    return _("No stone") if code == "none" else stone_as_grown(code, grown)


def stone_as_grown(code: str, grown: str) -> str:
    """A species with what has to be said of where it grew: "Diamond, laboratory-grown", "Cultured pearl", "Natural pearl"."""
    name = stone_name(code)
    if grown == Grown.LABORATORY:
        return _("%(stone)s, laboratory-grown") % {"stone": name}
    if code != "pearl":
        return name
    small = {"stone": name[:1].lower() + name[1:]}
    return _("Cultured %(stone)s") % small if grown == Grown.CULTURED else _("Natural %(stone)s") % small


def how_big(code: str, *, mct: int, um: int | None) -> str:
    """What a stone is sold by: its size in millimetres, as pearls are, where it is known, or its weight in carats."""
    return mm(um) if um and by_size(code) else carats(mct)


def stones_line(*, code: str, cut_code: str, mct: int, count: int, grown: str = "", um: int | None = None) -> str:
    """A piece's stones in a few words: "Oval sapphire, 1.40 ct", "22 × diamond, 1.10 ct in all", "2 × cultured pearl, 7.5 mm".

    `mct` is the weight of all of them, `um` the size across of each.
    """
    if not code:
        return ""
    name = stone_as_grown(code, grown)
    small = name[:1].lower() + name[1:]
    if by_size(code):
        told = f"{count} × {small}" if count > 1 else name
        return f"{told}, {how_big(code, mct=mct, um=um)}"
    if count > 1:
        return _("%(count)d × %(stone)s, %(carats)s in all") % {"count": count, "stone": small, "carats": carats(mct)}
    shaped = f"{cut_name(cut_code)} {small}" if cut_code and not _is_thai() else name
    return f"{_capital(shaped)}, {carats(mct)}"


def treatment_name(said: str) -> str:
    """What was done to a stone, in the reader's language where the house knows the words; else as it was written."""
    known = {
        "none": _("not treated"),
        "heated": _("heated"),
        "no indications of heating": _("no indications of heating"),
    }
    return known.get(said, said)


def stones_of(item: Variant | StoneChoice | None) -> str:
    """The stones of a variant, or of a choice, in a few words."""
    if item is None:
        return ""
    if isinstance(item, StoneChoice):
        return stones_line(
            code=item.species, cut_code=item.cut, mct=item.total_mct, count=item.count, grown=item.grown,
            um=item.width_um,
        )  # fmt: skip
    return stones_line(
        code=item.stone_species, cut_code=item.stone_cut, mct=item.stone_mct, count=item.stone_count,
        grown=item.stone_grown, um=item.stone_um,
    )  # fmt: skip


def ring_size(inner_um: int) -> str:
    """A ring size for a line of text: "N (17.1 mm)"."""
    return _("%(uk)s (UK), %(mm)s mm across") % {
        "uk": nearest("UK", inner_um).label,
        "mm": written(Fraction(inner_um, 1000), 1),
    }


def ring_size_long(inner_um: int) -> str:
    """A ring size in all systems: "N · US 6¾ · EU 54 · 17.1 mm"."""
    us, eu = nearest("US", inner_um).label, nearest("EU", inner_um).label
    return f"{nearest('UK', inner_um).label} · US {us} · EU {eu} · {written(Fraction(inner_um, 1000), 1)} mm"


def sizes_between(from_um: int, to_um: int) -> list[int]:
    """The inner diameters of all UK whole and half sizes in a range."""
    return [size.inner_um for size in ring_sizes("UK") if from_um <= size.inner_um <= to_um]


def _is_thai() -> bool:
    return (get_language() or "en").startswith("th")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
