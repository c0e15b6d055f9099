"""What the demo's photos from the bench show: the exact model's picture at that stage, which says that it is no photo."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from demo.catalogue import DESIGNS
from demo.pictures import FOLDER
from demo.shelves import making_of, pictures_of
from foundation.reference.alloys import alloy
from store.catalogue.wording import swatch

STAGES_OF = {"pattern": ("wax",), "clean": ("casting", "unpolished"), "set": ("set",), "polish": ("polished",)}
"""What of the making a craft's photos show."""
NOT_A_PHOTO = "Computer-made picture; the bench's photo takes its place"
WARM = ("yellow", "rose")


@lru_cache(maxsize=256)
def labelled(style: str, alloy_code: str, craft: str, stage: str) -> bytes:
    """A JPEG of the piece as this craft leaves it. Across its foot it says what it is, and the metal where it shows another."""
    name, shown_in = _at_stage(style, alloy_code, craft, stage)
    with Image.open(FOLDER / name) as opened:
        shown = opened.convert("RGB")
    pen = ImageDraw.Draw(shown)
    pen.rectangle((0, shown.height - 44, shown.width, shown.height), fill="#0c2522")
    words = NOT_A_PHOTO if shown_in == alloy_code else f"Computer-made picture, shown in {alloy(shown_in).name}"
    pen.text((16, shown.height - 33), f"{stage or craft} · {words}", fill="#f4f5f2", font=ImageFont.load_default(20))
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=86)
    return out.getvalue()


def _at_stage(style: str, alloy_code: str, craft: str, stage: str) -> tuple[str, str]:
    """The picture of the piece at this stage, else as the shop shows it, and the metal it shows."""
    if found := making_of(style, alloy_code).get(stage):
        return found, alloy_code
    views = pictures_of(next(one for one in DESIGNS if one.style == style))
    nearest = _nearest(alloy_code, [str(told["alloy"]) for _name, told in views])
    mine = [name for name, told in views if told["alloy"] == nearest]
    return mine[-1] if craft in ("set", "polish") else mine[0], nearest


def _nearest(alloy_code: str, shown: list[str]) -> str:
    """Of the metals that there are pictures in: the same, else one of its colour, else one as warm, else the first."""
    same = [one for one in shown if one == alloy_code]
    colour = [one for one in shown if swatch(one) == swatch(alloy_code)]
    warm = [one for one in shown if (swatch(one) in WARM) == (swatch(alloy_code) in WARM)]
    return (same or colour or warm or shown)[0]
