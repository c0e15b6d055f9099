"""What can be chosen: metals, sizes, stones and cuts, by their names in the trade."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.length import ring_sizes
from foundation.reference.alloys import ALLOYS
from foundation.reference.stones import CUTS, SPECIES
from production import offer
from store.catalogue.wording import alloy_name, cut_name, ring_size_long, stone_name

Choices = list[tuple[Any, str]]


def alloy_choices() -> Choices:
    """Precious alloys, those that the workshop holds metal of first."""
    held = offer.alloys()
    codes = [*held, *(row.code for row in ALLOYS if row.metal != "base" and row.code not in held)]
    return [(code, alloy_name(code)) for code in codes]


def size_choices() -> Choices:
    """UK sizes with their names elsewhere."""
    return [("", _("not a ring")), *((size.inner_um, ring_size_long(size.inner_um)) for size in ring_sizes("UK"))]


def species_choices() -> Choices:
    """Kinds of stones, or none."""
    return [("", _("none")), *((row.code, stone_name(row.code)) for row in SPECIES)]


def cut_choices() -> Choices:
    """Cuts, or none."""
    return [("", _("none")), *((row.code, cut_name(row.code)) for row in CUTS)]
