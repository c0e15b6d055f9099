"""Engraving: words shaped by HarfBuzz in bundled typefaces, bent round the metal and cut out of it.

Every stroke is widened to the graver's own width, 0.25 mm; letters whose insides would close up at that width are refused.
"""

import io
import math
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import uharfbuzz as hb
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTFont
from manifold3d import CrossSection, FillRule, JoinType, Manifold

from production.shapes.parameters import Choice, Given, Refused, Words
from production.shapes.solids import Points

GRAVER_MM = 0.25  # the narrowest stroke that casts and polishes cleanly
DEPTH_MM = 0.25
LEAST_WALL_MM = 0.8  # metal left under an engraving
LEAST_LETTER_MM = 1.2
TOO_SMALL = _("There is no room for letters that can be read: choose a wider piece or leave the engraving out.")
FONTS = Path(__file__).parent / "fonts"
_SCRIPTS = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext")
# Every file of a typeface, and the height of its capitals and its thinnest stroke as shares of the em (measured).
TYPEFACES: dict[str, tuple[tuple[str, ...], float, float]] = {
    "serif": ((*(f"eb-garamond-{s}-700-normal" for s in _SCRIPTS), "noto-serif-thai-thai-600-normal"), 0.65, 0.032),
    "sans": ((*(f"noto-sans-{s}-600-normal" for s in _SCRIPTS), "noto-sans-thai-thai-600-normal"), 0.714, 0.064),
}
INSIDE = Words("engraving_inside", _("The engraving inside"), 60)
OUTSIDE = Words("engraving_outside", _("The engraving outside"), 40)
TYPEFACE = Choice("typeface", _("The typeface"), tuple(TYPEFACES))


@lru_cache(maxsize=16)
def _font(name: str) -> hb.Font:
    """A bundled face, unpacked for the shaper."""
    plain = io.BytesIO()
    opened = TTFont(FONTS / f"{name}.woff2")
    opened.flavor = None
    opened.save(plain)
    return hb.Font(hb.Face(plain.getvalue()))


def _face_for(letter: str, faces: tuple[str, ...], previous: str) -> str:
    """The file that has the letter; a mark or a space stays with the letter before it if it can. None has control characters."""
    drawn = unicodedata.category(letter) != "Cc"
    for name in ((previous, *faces) if previous else faces) if drawn else ():
        if _font(name).get_nominal_glyph(ord(letter)) is not None:
            return name
    raise Refused(
        "glyph_missing",
        _("The letter “{letter}” is not in our engraving typefaces; please leave it out."),
        letter=letter if letter.isprintable() else "?",
    )


def _runs(words: str, faces: tuple[str, ...]) -> list[tuple[str, str]]:
    """The words cut where the typeface file changes."""
    runs: list[tuple[str, str]] = []
    for letter in unicodedata.normalize("NFC", words):
        if unicodedata.bidirectional(letter) in ("R", "AL", "AN", "RLE", "RLO", "RLI"):
            raise Refused(
                "right_to_left",
                _("We can't engrave scripts written from right to left yet; please write to us about it."),
            )
        name = _face_for(letter, faces, runs[-1][0] if runs else "")
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + letter)
        else:
            runs.append((name, letter))
    return runs


class _Pen:
    """Collects flattened outlines, in font units."""

    def __init__(self) -> None:
        self.contours: list[list[tuple[float, float]]] = []
        self.dx = self.dy = 0.0

    def _bend(self, *points: tuple[float, float]) -> None:
        start = np.array(self.contours[-1][-1])
        p = [start, *(np.array((x + self.dx, y + self.dy)) for x, y in points)]
        for t in np.linspace(0, 1, 7)[1:]:
            q = p
            while len(q) > 1:
                q = [(1 - t) * a + t * b for a, b in pairwise(q)]
            self.contours[-1].append((float(q[0][0]), float(q[0][1])))

    def move_to(self, x: float, y: float, _: object) -> None:
        self.contours.append([(x + self.dx, y + self.dy)])

    def line_to(self, x: float, y: float, _: object) -> None:
        self.contours[-1].append((x + self.dx, y + self.dy))

    def quadratic_to(self, cx: float, cy: float, x: float, y: float, _: object) -> None:
        self._bend((cx, cy), (x, y))

    def cubic_to(self, ax: float, ay: float, bx: float, by: float, x: float, y: float, _: object) -> None:
        self._bend((ax, ay), (bx, by), (x, y))

    def close_path(self, _: object) -> None:
        """Every outline is closed by itself."""


@lru_cache(maxsize=64)
def outlines(words: str, typeface: str) -> tuple[Points, ...]:
    """The words' outlines, one em high = 1, starting at x = 0 on the baseline. Refuses letters we do not have."""
    pen, at = _Pen(), 0.0
    draw = hb.DrawFuncs()
    draw.set_move_to_func(pen.move_to)
    draw.set_line_to_func(pen.line_to)
    draw.set_quadratic_to_func(pen.quadratic_to)
    draw.set_cubic_to_func(pen.cubic_to)
    draw.set_close_path_func(pen.close_path)
    for name, run in _runs(words, TYPEFACES[typeface][0]):
        font, buffer = _font(name), hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        em = font.face.upem
        first = len(pen.contours)
        x = 0.0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            pen.dx, pen.dy = x + position.x_offset, position.y_offset
            font.draw_glyph(info.codepoint, draw)
            x += position.x_advance
        for k in range(first, len(pen.contours)):
            pen.contours[k] = [(px / em + at, py / em) for px, py in pen.contours[k]]
        at += x / em
    return tuple(np.array(contour) for contour in pen.contours if len(contour) > 2)


def lettering(words: str, *, typeface: str, letter_mm: float, narrowest_mm: float = GRAVER_MM) -> CrossSection:
    """The words as the graver cuts them: capitals `letter_mm` high, middle at the origin, no stroke under the graver's width."""
    _files, capital, thinnest = TYPEFACES[typeface]
    if letter_mm < LEAST_LETTER_MM:
        raise Refused("letters_too_small", TOO_SMALL)
    em = letter_mm / capital
    drawn = CrossSection([contour * em for contour in outlines(words, typeface)], FillRule.NonZero)
    wider = max(0.0, narrowest_mm - thinnest * em) / 2
    cut = drawn.offset(wider, JoinType.Round, 2.0, 16).simplify(0.004)
    if _eyes(cut) < _eyes(drawn):
        raise Refused("letters_too_small", TOO_SMALL)
    left, _low, right, _high = cut.bounds()
    return cut.translate((-(left + right) / 2, -letter_mm / 2))


def _eyes(drawn: CrossSection) -> int:
    """How many enclosed spaces the letters have, as in e and o."""
    return sum(
        1
        for contour in drawn.to_polygons()
        if float(np.sum(contour[:, 0] * np.roll(contour[:, 1], -1) - contour[:, 1] * np.roll(contour[:, 0], -1))) < 0
    )


def round_the_finger(
    words: str,
    *,
    typeface: str,
    letter_mm: float,
    radius_mm: float,
    inside: bool,
    middle_degrees: float,
    depth_mm: float = DEPTH_MM,
    most_degrees: float = 300,
) -> Manifold:
    """What is cut out of a band's inside or outside at `radius_mm`; the words read left to right for who looks at them."""
    flat = lettering(words, typeface=typeface, letter_mm=letter_mm)
    left, _low, right, _high = flat.bounds()
    if right - left > math.radians(most_degrees) * radius_mm:
        raise Refused(
            "engraving_too_long",
            _("The words need {needs:.0f} mm and there are {room:.0f} mm: shorten them."),
            needs=right - left,
            room=math.radians(most_degrees) * radius_mm,
        )
    middle = math.radians(90 - middle_degrees)
    slab = flat.extrude(depth_mm + 0.4).translate((0, 0, -depth_mm)).refine_to_length(0.5)

    def bent(points: Points) -> Points:
        points = np.asarray(points)
        turn = middle - points[:, 0] / radius_mm
        radius = radius_mm - points[:, 2] if inside else radius_mm + points[:, 2]
        along = points[:, 1]
        return np.stack([radius * np.cos(turn), radius * np.sin(turn), along if inside else -along], -1)

    return slab.warp_batch(bent)


def engraved(metal: Manifold, given: Given, *, inner_mm: float, width_mm: float, thick_mm: float) -> Manifold:
    """A shank with the words asked for: inside opposite the top, outside at the top."""
    inside, outside = (
        given.text("engraving_inside"),
        given.text("engraving_outside") if "engraving_outside" in given else "",
    )
    if thick_mm - DEPTH_MM * (bool(inside) + bool(outside)) < LEAST_WALL_MM:
        raise Refused(
            "wall_too_thin",
            _("Engraving inside and outside needs a band at least {least:.1f} mm thick."),
            least=LEAST_WALL_MM + 2 * DEPTH_MM,
        )
    cutters = [
        round_the_finger(
            words,
            typeface=given.text("typeface"),
            letter_mm=min(2.2, 0.52 * width_mm),
            inside=within,
            radius_mm=inner_mm if within else inner_mm + thick_mm,
            middle_degrees=180 if within else 0,
        )
        for words, within in ((inside, True), (outside, False))
        if words
    ]
    return carved(metal, Manifold.compose(cutters)) if cutters else metal


def carved(metal: Manifold, cutter: Manifold) -> Manifold:
    """The cutter taken out of the metal, which must lose some by it."""
    if cutter.volume() <= 0:
        raise ValueError("an engraving cutter is inside out")
    cut = metal - cutter
    if cut.volume() >= metal.volume():
        raise ValueError("an engraving cuts nothing")
    return cut
