"""Build a piece from its parameters and write its files: `manage.py shape solitaire --size UK:N --stone round:6.5 --out ring.stl`.

Several sizes are a batch, with a line for each as it is built: `--size UK:L --size UK:N --out "ring-{size}.stl"`.
"""

import re
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
WHOLE = re.compile(r"-?[0-9]{1,12}")  # what is typed longer is no measure


class Command(BaseCommand):
    """Prints weights, stones and sizes; writes a file for each suffix asked for. No file is written if anything is refused."""

    help = "Build a piece from its parameters, weigh it, and write STL, 3MF, GLB or SVG."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("family", choices=sorted(FAMILIES))
        parser.add_argument("--alloy", default="AU750Y", help="alloy code, such as AU750W-Pd")
        parser.add_argument(
            "--size",
            action="append",
            default=[],
            help="ring size, such as UK:N; given several times it is a batch, whose files have {size} in their names",
        )
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
        sizes: list[str] = options["size"] if isinstance(options["size"], list) else [options["size"]]
        files: dict[Path, bytes] = {}
        try:
            metal = alloy(options["alloy"])
            for number, size in enumerate(sizes or [""], start=1):
                piece = build(options["family"], parameters(options, size))
                files |= written_for(options, piece, metal, size, batch=len(sizes) > 1)
                if len(sizes) > 1:
                    self.stdout.write(f"{number} of {len(sizes)}: {size}")
                for line in told(piece, metal):
                    self.stdout.write(line)
        except (Refused, NotInTable, NotALength, NotARingSize) as refusal:
            raise CommandError(str(refusal)) from refusal
        keep(files)
        for path, data in files.items():
            self.stdout.write(f"{path}: {len(data) / 1024:.0f} KB")


def written_for(options: dict[str, Any], piece: Piece, metal: Alloy, size: str, *, batch: bool) -> dict[Path, bytes]:
    """The files asked for of one piece; in a batch each has the size in its name."""
    wanted = [Path(path) for path in [*options["out"], options["glb"], options["svg"]] if path]
    if batch and any("{size}" not in path.name for path in wanted):
        raise Refused(
            "names_alike", "Of several sizes each file needs its own name: write {{size}} where the size goes."
        )
    named = [path.with_name(path.name.replace("{size}", size.replace(":", "-"))) for path in wanted]
    return {path: written(path, piece, metal) for path in named}


def keep(files: dict[Path, bytes]) -> None:
    """All of the files or, where one can't be written, none: each is written beside its place and then moved there."""
    beside = {path: path.with_name(f"{path.name}.part") for path in files}
    try:
        for path, data in files.items():
            beside[path].write_bytes(data)
    except OSError as error:
        for part in beside.values():
            part.unlink(missing_ok=True)
        raise CommandError(f"{error.filename} can't be written: {error.strerror}.") from error
    for path, part in beside.items():
        part.replace(path)


def parameters(options: dict[str, Any], size: str) -> dict[str, object]:
    """What was typed, as the family's parameters."""
    asked: dict[str, object] = {}
    if size:
        asked["inner_diameter_um"] = parse_ring(size).inner_um
    if options["stone"]:
        cut, _, across = options["stone"].partition(":")
        width, _, length = across.partition("x")
        known = {parameter.name for parameter in FAMILIES[options["family"]].parameters}
        asked |= {"cut": cut} if "cut" in known else {}
        asked["stone_width_um"] = parse_mm(width)
        asked |= {"stone_length_um": parse_mm(length)} if length else {}
    measures = {p.name for p in FAMILIES[options["family"]].parameters if isinstance(p, Measure)}
    for name, _, value in (pair.partition("=") for pair in options["set"]):
        asked[name] = int(value) if name in measures and WHOLE.fullmatch(value) else value
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
