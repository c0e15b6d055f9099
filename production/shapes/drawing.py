"""A dimensioned drawing as SVG: two views in line, to scale in millimetres, with the sizes a bench measures."""

from html import escape

import numpy as np
from manifold3d import CrossSection, Manifold

from production.shapes.parameters import in_mm
from production.shapes.piece import Piece, turned
from production.shapes.solids import Points

MARGIN_MM, GAP_MM, NOTE_MM = 9.0, 11.0, 4.0
MOST_BODIES = 24  # of a chain, its first links tell the rest
INK, FINE = "#15201d", "#63706b"
VIEWS = (("front", turned("z", 0)), ("side", turned("y", -90)), ("top", turned("x", 90)))


def _outlines(piece: Piece, view: Points) -> tuple[CrossSection, CrossSection]:
    """The shadows of metal and stones, seen along the view's Z axis."""
    metal = Manifold.compose([body for part in piece.metal for body in part.bodies()[:MOST_BODIES]])
    stones = [group.stone.solid.transform(place.tolist()) for group in piece.stones for place in group.places]
    seen = [body.transform(view.tolist()).project().simplify(0.01) for body in (metal, Manifold.compose(stones))]
    return seen[0], seen[1]


def _path(shadow: CrossSection, dx: float, dy: float) -> str:
    """SVG path data; SVG's y runs down."""
    return "".join(
        "M" + "L".join(f"{x + dx:.2f} {dy - y:.2f}" for x, y in contour) + "Z" for contour in shadow.to_polygons()
    )


def _dimension(x0: float, y0: float, x1: float, y1: float, words: str) -> str:
    """A dimension line with end ticks and its measure."""
    tick = np.array([y1 - y0, x0 - x1])
    tick = tick / np.linalg.norm(tick) * 0.8
    ends = "".join(
        f"M{x - tick[0]:.2f} {y - tick[1]:.2f}L{x + tick[0]:.2f} {y + tick[1]:.2f}" for x, y in ((x0, y0), (x1, y1))
    )
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    turn = f' transform="rotate(-90 {middle[0] - 1:.2f} {middle[1]:.2f})"' if x0 == x1 else ""
    return (
        f'<path d="M{x0:.2f} {y0:.2f}L{x1:.2f} {y1:.2f}{ends}" fill="none" stroke="{FINE}" stroke-width=".12"/>'
        f'<text x="{middle[0] - (1 if turn else 0):.2f}" y="{middle[1] - (0 if turn else 0.8):.2f}" text-anchor="middle"{turn}>{escape(words)}</text>'
    )


def svg(piece: Piece) -> str:
    """Front, side and top view with overall sizes; below them the family's own measures and the stones."""
    shapes, x, tallest = [], MARGIN_MM, max(piece.box_um[1:]) / 1000
    for name, view in VIEWS:
        metal, stones = _outlines(piece, view)
        left, low, right, high = (metal + stones).bounds()
        dx, dy = x - left, MARGIN_MM + tallest / 2 + (low + high) / 2
        shapes.append(
            f'<path d="{_path(metal, dx, dy)}" fill="#e8ebe6" fill-rule="evenodd" stroke="{INK}" stroke-width=".18"/>'
        )
        if not stones.is_empty():
            shapes.append(
                f'<path d="{_path(stones, dx, dy)}" fill="#bcd3ca" fill-opacity=".7" stroke="{INK}" stroke-width=".12"/>'
            )
        foot = dy - low + 3
        shapes.append(_dimension(x, foot, x + right - left, foot, in_mm(round((right - left) * 100) * 10)))
        shapes.append(_dimension(x - 3, dy - high, x - 3, dy - low, in_mm(round((high - low) * 100) * 10)))
        shapes.append(f'<text x="{x:.2f}" y="4">{name.capitalize()}</text>')
        x += right - left + GAP_MM
    notes = [f"{label.replace('_', ' ').capitalize()} {in_mm(size)}" for label, size in piece.dimensions_um.items()]
    notes += [
        f"{len(g.places)} × {g.stone.cut} {g.stone.gem} {in_mm(g.stone.width_um)}"
        + (f" × {in_mm(g.stone.length_um)}" if g.stone.length_um != g.stone.width_um else "")
        + f", {g.stone.weight_mct / 1000:.3f} ct each"
        for g in piece.stones
    ]
    foot = MARGIN_MM + tallest + NOTE_MM + 4
    shapes += [f'<text x="{MARGIN_MM}" y="{foot + 3.4 * k:.2f}">{escape(note)}</text>' for k, note in enumerate(notes)]
    wide, high = x, foot + 3.4 * len(notes) + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1f} {high:.1f}" width="{wide:.1f}mm" height="{high:.1f}mm" '
        f'font-family="Hanken Grotesk, sans-serif" font-size="2.4" fill="{INK}"><title>{escape(piece.family.replace("_", " "))} '
        f"{piece.fingerprint}</title>{''.join(shapes)}</svg>"
    )
