"""Take the demo house's pictures: `python -m demo.pictures.render [--only sill] [--making] [--size 400] [--most 10]`.

Resumable: a picture whose parameters have not changed is left alone. Needs the optional extra [render].
"""

import argparse
import hashlib
import io
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from demo.catalogue import DESIGNS
from demo.pictures import FOLDER, MAKING, MANIFEST
from demo.pieces import Design
from foundation.reference.alloys import alloy
from production.pictures import taking
from production.pictures.making import STAGES
from production.pictures.poses import views_of
from production.pictures.taking import SAMPLES, over_card
from production.shapes.building import build

SCENE_VERSION = 1  # raise it when light, tray or poses change, so that every picture is taken anew
MOST_BYTES = 40 * 1024
WORDS = {"three_quarter": "three-quarter view", "side": "from the side", "detail": "close up", "above": "from above"}
MADE = {  # piece: the metals its stages are shown in
    "sill": ("PT950Ru",),
    "clerestory": ("AU750W-Pd",),
    "mullion": ("AU750Y",),
    "lucarne": ("PT950Ru",),
    "oriel": ("AU750Y",),
    "fanlight": ("AU750Y",),
    "jamb": ("AU750Y",),
}
FROM_ABOVE = ("casement", "clerestory", "fanlight", "lucarne", "mullion", "oriel", "sill", "transom")
"""Pieces that are taken from above too, in their first metal: how their stones lie as one wears them."""


def wanted(only: str = "") -> Iterator[tuple[Design, str, str]]:
    """Every picture, the most needed first: each piece once, then its second view, then its other metals."""
    chosen = [design for design in DESIGNS if only in ("", design.slug)]
    for rank in range(2):
        for nth in range(2):
            for design in chosen:
                views = list(views_of(design.family, design.parameters))
                if rank < len(design.pictured):
                    yield design, design.pictured[rank], views[nth]
    yield from ((design, design.pictured[0], "above") for design in chosen if design.slug in FROM_ABOVE)


def wanted_making(only: str = "") -> Iterator[tuple[Design, str, str]]:
    """Every stage of the pieces that are shown in the making; the wax is the same for every metal."""
    for design in DESIGNS:
        if design.slug not in MADE or only not in ("", design.slug):
            continue
        yield design, "", "wax"
        for code in MADE[design.slug]:
            stoned = bool(build(design.family, shown(design)).stones)
            yield from ((design, code, stage) for stage in STAGES if stage != "wax" and (stoned or stage != "set"))


def facts(design: Design, code: str, view: str) -> dict[str, Any]:
    """What the picture is of; their hash tells whether it has to be taken again."""
    piece = build(design.family, shown(design))
    told = {
        "style": design.style, "family": design.family, "parameters": shown(design), "alloy": code, "view": view,
        "tray": design.tray, "shape": piece.fingerprint, "scene": SCENE_VERSION, "samples": SAMPLES,
    }  # fmt: skip
    told |= {"card": True} if over_card(code, design.tray) else {}
    told |= {"letters": "matt"} if shown(design).get("monogram") else {}
    key = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
    return told | {"key": key, "piece_um": list(piece.box_um), "alt": alt(design, code, view)}


def shown(design: Design) -> dict[str, int | str]:
    """The measures of the piece in the picture."""
    return design.parameters | design.shown_with


def alt(design: Design, code: str, view: str) -> str:
    """The picture in words."""
    if view in STAGES:
        made = f", {alloy(code).name}" if code else ""
        return f"{design.name}{made}, {STAGES[view].words}. Computer-made picture of the exact model, not a photo from the bench."
    line = design.line[:1].lower() + design.line[1:]
    return f"{design.name}: {line}, {alloy(code).name}, {WORDS[view]}. Computer-made picture of the exact model."


def photograph(design: Design, code: str, view: str, *, width_px: int, samples: int) -> tuple[bytes, int]:
    """The picture as WebP, and how many µm it is wide at the piece."""
    piece = build(design.family, shown(design))
    taken = taking.photograph(piece, code, view, design.tray, width_px=width_px, samples=samples)
    return small(Image.fromarray(taken.pixels)), round(taken.um_per_px * width_px)


def small(picture: Any) -> bytes:
    """The best WebP that fits 40 KB."""
    for quality in (92, 88, 84, 78, 70, 60, 50, 40):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def say(line: str) -> None:
    """To the person who waits, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Take what is missing, one after the other, writing the manifest after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="one piece, by its slug")
    parser.add_argument("--size", type=int, default=800, help="width in pixels")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="rays through each pixel")
    parser.add_argument("--most", type=int, default=999, help="stop after so many")
    parser.add_argument("--making", action="store_true", help="the stages of making")
    parser.add_argument("--view", default="", help="one view")
    parser.add_argument("--again", action="store_true", help="also what is there and has not changed")
    parser.add_argument("--into", type=Path, default=FOLDER, help="another folder, for trials")
    asked = parser.parse_args()
    book = asked.into / (MAKING if asked.making else MANIFEST).name
    every = wanted_making(asked.only) if asked.making else wanted(asked.only)
    plan = [one for one in every if asked.view in ("", one[2])][: asked.most]
    done = 0
    for count, (design, code, view) in enumerate(plan, start=1):
        manifest = json.loads(book.read_text()) if book.exists() else {}
        name = f"{design.slug}/{'-'.join(filter(None, [code, view]))}.webp"
        told = facts(design, code, view)
        if not asked.again and manifest.get(name, {}).get("key") == told["key"] and (asked.into / name).exists():
            continue
        began = time.monotonic()
        picture, width_um = photograph(design, code, view, width_px=asked.size, samples=asked.samples)
        (asked.into / name).parent.mkdir(parents=True, exist_ok=True)
        (asked.into / name).write_bytes(picture)
        manifest[name] = told | {
            "samples": asked.samples,
            "width_um": width_um,
            "um_per_px": round(width_um / asked.size, 2),
        }
        book.write_text(json.dumps(dict(sorted(manifest.items())), indent=1, ensure_ascii=False) + "\n")
        done += 1
        took = time.monotonic() - began
        say(f"{count}/{len(plan)}  {name}  {len(picture) / 1024:.0f} KB  {took:.0f} s")
    say(f"{done} taken, {len(plan) - done} were there.")


if __name__ == "__main__":
    main()
