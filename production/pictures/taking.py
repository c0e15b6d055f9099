"""One picture, from a piece to pixels: laid out, lit, taken. Pure, but for what the renderer keeps in its process.

Needs the optional extra [render]; `is_equipped` says whether it is there.
"""

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import Image

from foundation.reference.alloys import Alloy, alloy
from production.pictures.making import STAGES, at_stage, shot_at
from production.pictures.materials import GEMS, METALS, PEARL
from production.pictures.poses import arranged, shot_of, views_of
from production.pictures.studio import Taken, take
from production.shapes.building import build
from production.shapes.parameters import Refused
from production.shapes.piece import Piece

SAMPLES = 20  # rays through each pixel
WIDTH_PX = 800
WARM, COOL = ("clay", "blush"), ("sage", "pewter")
FAST, PLAIN = "llvm_ad_rgb", "scalar_rgb"
"""How Mitsuba works: through LLVM (libLLVM 16 or newer), or, five times slower, without."""


def is_equipped() -> bool:
    """Whether this Python has the renderer and the denoiser."""
    return all(find_spec(name) is not None for name in ("mitsuba", "pyoidn"))


@cache
def _renderer() -> str:
    """Set the renderer up, once a process; answers how it works."""
    import mitsuba  # noqa: PLC0415  optional and heavy

    for variant in (FAST, PLAIN):
        try:
            mitsuba.set_variant(variant)
            mitsuba.load_dict({"type": "sphere"})
        except (ImportError, RuntimeError):
            continue
        return variant
    raise RuntimeError("Mitsuba is installed and none of its variants works.")


def work(
    family: str, parameters: Mapping[str, object], code: str, view: str, tray: str, width_px: int
) -> tuple[bytes, int]:
    """The picture as PNG, 4:5, and how many µm it is wide at the piece: what a process of the studio's pool is asked for.

    Refuses, with Refused, what cannot be built or shown.
    """
    piece = build(family, parameters)
    refuse_unseen(piece, code)
    taken = photograph(piece, code, view, tray, width_px=width_px, samples=SAMPLES)
    out = io.BytesIO()
    Image.fromarray(taken.pixels).save(out, "PNG")
    return out.getvalue(), round(taken.um_per_px * width_px)


def photograph(piece: Piece, code: str, view: str, tray: str, *, width_px: int, samples: int) -> Taken:
    """The piece in an alloy ("" for wax) from one of its views, or at a stage of its making, on a tray."""
    _renderer()
    metal = look(alloy(code)) if code else ""
    bodies = at_stage(piece, metal, view) if view in STAGES else arranged(piece, metal, view)
    shot = shot_at(piece, view, tray) if view in STAGES else shot_of(piece, view, tray, bodies)
    shot = replace(shot, card=over_card(code, tray), width_px=width_px, height_px=width_px * 5 // 4)
    return take(bodies, shot, samples=samples)


def look(made: Alloy) -> str:
    """The metal and colour by which its surface is known."""
    return f"{made.metal} {made.colour}"


def over_card(code: str, tray: str) -> bool:
    """Whether the metal is taken over a neutral card: gold on a cool tray looks green, silver on a warm one is lost in it."""
    if not code:
        return False
    made = alloy(code)
    if made.colour in ("yellow", "rose"):
        return tray in COOL
    return made.metal == "silver" and tray in WARM


def refuse_unseen(piece: Piece, code: str) -> None:
    """Refuse a metal or a stone whose look the studio does not know: a false picture is worse than none."""
    if look(alloy(code)) not in METALS:
        raise Refused("metal_not_known", _("The studio does not know how this metal looks. Add a photo instead."))
    strange = [group.stone.gem for group in piece.stones if group.stone.gem not in {*GEMS, PEARL}]
    if strange:
        raise Refused("stone_not_known", _("The studio cannot show this stone as it truly looks. Add a photo instead."))


def views(family: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """From where such a piece can be shown, the one for a card in the shop first."""
    return tuple(views_of(family, parameters))
