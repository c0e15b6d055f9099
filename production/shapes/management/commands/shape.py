"""Build a piece from its parameters and write its files: `manage.py shape solitaire --size UK:N --stone round:6.5 --out ring.stl`."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.length import NotALength, NotARingSize, parse_mm, parse_ring
from foundation.reference.alloys import Alloy, alloy
from foundation.reference.rows import NotInTable
from production.shapes.building import build
from production.shapes.drawing import svg
from production.shapes.export import stl, threemf
from production.shapes.families import FAMILIES
from production.shapes.glb import METALS, glb
from production.shapes.parameters import Measure, Refused, in_mm
from production.shapes.piece import Piece

PPM_PER_PERMILLE = 1_000


class Command(BaseCommand):
    """Prints weights, stones and sizes; writes a file for each suffix asked for. Nothing is written if anything is refused."""

    help = "Build a piece from its parameters, weigh it, and write STL, 3MF, GLB or SVG."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("family", choices=sorted(FAMILIES))
        parser.add_argument("--alloy", default="AU750Y", help="alloy code, such as AU750W-Pd")
        parser.add_argument("--size", help="ring size, such as UK:N")
        parser.add_argument("--stone", help="cut and size in mm, such as round:6.5 or oval:5x7")
        parser.add_argument(
            "--set", action="append", default=[], metavar="NAME=VALUE", help="any other parameter: lengths in µm"
        )
        parser.add_argument(
            "--out", action="append", default=[], type=Path, help="a file ending in .stl or .3mf: casting size"
        )
        parser.add_argument("--glb", type=Path, help="for the 3D view: finished size")
        parser.add_argument("--svg", type=Path, help="a dimensioned drawing")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            metal = alloy(options["alloy"])
            piece = build(options["family"], parameters(options))
            files = {
                path: written(path, piece, metal) for path in [*options["out"], options["glb"], options["svg"]] if path
            }
        except (Refused, NotInTable, NotALength, NotARingSize) as refusal:
            raise CommandError(str(refusal)) from refusal
        for path, data in files.items():
            path.write_bytes(data)
            self.stdout.write(f"{path}: {len(data) / 1024:.0f} KB")
        for line in told(piece, metal):
            self.stdout.write(line)


def parameters(options: dict[str, Any]) -> dict[str, object]:
    """What was typed, as the family's parameters."""
    asked: dict[str, object] = {}
    if options["size"]:
        asked["inner_diameter_um"] = parse_ring(options["size"]).inner_um
    if options["stone"]:
        cut, _, size = options["stone"].partition(":")
        width, _, length = size.partition("x")
        known = {parameter.name for parameter in FAMILIES[options["family"]].parameters}
        asked |= {"cut": cut} if "cut" in known else {}
        asked["stone_width_um"] = parse_mm(width)
        asked |= {"stone_length_um": parse_mm(length)} if length else {}
    measures = {p.name for p in FAMILIES[options["family"]].parameters if isinstance(p, Measure)}
    for name, _, value in (pair.partition("=") for pair in options["set"]):
        asked[name] = int(value) if name in measures and value.lstrip("-").isdigit() else value
    return asked


def written(path: Path, piece: Piece, metal: Alloy) -> bytes:
    """The file's bytes by its suffix."""
    shrinkage = metal.shrink_permille * PPM_PER_PERMILLE
    colour = metal.metal if metal.metal in METALS else metal.colour if metal.colour in METALS else "yellow"
    makers: dict[str, Callable[[], bytes]] = {
        ".stl": lambda: stl(piece, shrinkage_ppm=shrinkage),
        ".3mf": lambda: threemf(piece, shrinkage_ppm=shrinkage),
        ".glb": lambda: glb(piece, metal=colour),
        ".svg": lambda: svg(piece).encode(),
    }
    if path.suffix not in makers:
        raise Refused("file_kind", "{path} must end in .stl, .3mf, .glb or .svg.", path=path)
    return makers[path.suffix]()


def told(piece: Piece, metal: Alloy) -> list[str]:
    """The piece in words: weights, bodies, stones, box."""
    finished, casting = piece.finished_mg(metal.density_mg_per_cm3), piece.casting_mg(metal.density_mg_per_cm3)
    lines = [
        f"{piece.family} {piece.fingerprint}",
        f"{metal.name}: {finished} mg finished, {casting} mg as cast, {piece.body_count} bodies",
    ]
    lines += [
        f"{len(group.places)} × {group.stone.cut} {group.stone.gem} {in_mm(group.stone.width_um)}, {group.stone.weight_mct} mct each"
        for group in piece.stones
    ]
    return [*lines, "box " + " × ".join(in_mm(side) for side in piece.box_um)]
