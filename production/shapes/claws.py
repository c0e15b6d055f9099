"""Claws, rails and bezels drawn round a stone in its own frame: girdle at z = 0, table towards +Z.

A point of a setting is told by three figures: `scale` of the girdle outline, `out` from it along its outward
direction, and height `z`. So the same drawing fits a round, an oval and a pear.
"""

import numpy as np
from manifold3d import Manifold

from production.shapes.outlines import rim
from production.shapes.points import spread, v_claw
from production.shapes.solids import Points, curve, joined, loop, rod, thinned_path
from production.shapes.stones import Stone

SEAT_CLEARANCE = 1.004  # a stone drops into its seat without force
CLAW_CHORD_MM = 0.002  # a claw's bend is drawn this finely; where it runs straight it needs few points
DOUBLE, PAIRED = 8, 0.85  # eight claws stand in four pairs; each of a pair is this much as thick as one alone


def claw_mm(stone: Stone) -> float:
    """Half the width of a claw for this stone: 0.7 mm wire at the least."""
    return max(0.35, 0.055 * stone.width_mm + 0.14)


def spots(stone: Stone, bearings: list[float]) -> tuple[Points, Points]:
    """Where claws hold: points on the girdle and the outward directions there, in the order of `bearings` (degrees)."""
    points, facing = rim(stone.outline)
    bearing = np.arctan2(points[:, 1] * stone.width_mm, points[:, 0] * stone.length_mm)
    nearest = [int(np.argmin(np.abs(np.angle(np.exp(1j * (bearing - np.radians(b))))))) for b in bearings]
    return points[nearest], facing[nearest]


def pairs(stone: Stone, thick_mm: float) -> tuple[Points, Points]:
    """Double claws: two side by side at each of four corners, a hair apart, both facing as the corner does."""
    points, facing = spots(stone, [45.0, 135.0, 225.0, 315.0])
    side = np.stack([-facing[:, 1], facing[:, 0]], -1) * 1.15 * thick_mm
    return np.vstack([points - side, points + side]), np.vstack([facing, facing])


def seat(stone: Stone) -> Manifold:
    """The room the stone needs, cut out of the metal that holds it."""
    return stone.solid.scale((SEAT_CLEARANCE,) * 3)


def bend(stone: Stone, thick_mm: float) -> list[tuple[float, float]]:
    """How a claw is bent over the crown once the stone is in: (out from the girdle, height), from the girdle up."""
    crown = stone.top_mm - 0.015 * stone.width_mm
    inward = 0.43 * stone.width_mm / 2 * 0.40
    return [
        (0.20 * thick_mm, 0.34 * crown),
        (-0.55 * inward, 0.60 * crown + 0.12 * thick_mm),
        (-inward, 0.80 * crown + 0.10 * thick_mm),
    ]


def claws(stone: Stone, count: int, *, foot_scale: float, depth_mm: float, thick_mm: float) -> list[Manifold]:
    """Claws that rise from the foot, lean out to the girdle and are bent over on to the crown; V-claws where it has points."""
    w = thick_mm * (PAIRED if count == DOUBLE else 1)
    profile = curve(
        [  # (share of the way in to the foot, out from the girdle, z)
            (1, 0, -depth_mm),
            (0.60, 0.02, -0.66 * depth_mm),
            (0.22, 0.30 * w, -0.28 * depth_mm),
            (0, 0.34 * w, -0.02 * depth_mm),
            *((0, out, z) for out, z in bend(stone, w)),
        ],
        32,
    )
    along = np.linspace(0, 1, len(profile))
    width = w * np.interp(along, (0, 0.25, 0.70, 0.90, 1), (0.95, 0.90, 1.0, 0.90, 0.72))
    vees, plain = spread(stone.cut, count)
    points, facing = pairs(stone, w) if count == DOUBLE else spots(stone, plain)
    made = [plate for bearing in vees for plate in v_claw(stone, bearing, profile[::3], foot_scale, w)]
    scale = 1 - profile[:, :1] * (1 - foot_scale)
    paths = [np.c_[p * scale + out * profile[:, 1:2], profile[:, 2]] for p, out in zip(points, facing, strict=True)]
    few = [thinned_path(np.c_[path, width], CLAW_CHORD_MM) for path in paths[:1]] * len(paths)  # all bend alike
    for path, out, some in zip(paths, facing, few, strict=True):
        made.append(rod(path[some], 0.96 * width[some], width[some], (-out[1], out[0], 0.0), around=14))
    return made


def rail(stone: Stone, *, scale: float, z_mm: float, across_mm: float, high_mm: float, out_mm: float = 0.0) -> Manifold:
    """A wire that runs right round under the stone: half `across_mm` wide, half `high_mm` high."""
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    return wrapped(
        stone,
        np.stack([np.full(12, scale), out_mm + across_mm * np.cos(turn), z_mm + high_mm * np.sin(turn)], -1),
        every=2,
    )


def wrapped(stone: Stone, profile: Points, *, every: int = 1) -> Manifold:
    """A profile of (scale, out, z) carried round the girdle and closed on itself."""
    outline = stone.outline[::every] if len(stone.outline) > 32 else stone.outline
    points, facing = rim(outline, longest_mm=0.4)
    flat = points[:, None] * profile[None, :, :1] + facing[:, None] * profile[None, :, 1:2]
    return loop(np.concatenate([flat, np.broadcast_to(profile[None, :, 2:], (*flat.shape[:2], 1))], -1))


def basket(stone: Stone, count: int, *, depth_mm: float, foot_scale: float, base_mm: float) -> Manifold:
    """A claw head: claws, a rail at mid height to hold them apart, and a base to sit on."""
    w = claw_mm(stone)
    middle = 0.52

    def scale_at(share: float) -> float:
        return 1 - share * (1 - foot_scale)

    parts = claws(stone, count, foot_scale=foot_scale, depth_mm=depth_mm, thick_mm=w)
    parts.append(rail(stone, scale=scale_at(0.47), z_mm=-middle * depth_mm, across_mm=0.58 * w, high_mm=0.58 * w))
    parts.append(
        rail(stone, scale=foot_scale, z_mm=-depth_mm + 0.3 * base_mm, across_mm=0.85 * w, high_mm=base_mm, out_mm=0.0)
    )
    return joined(parts)


def bezel_profile(stone: Stone, *, wall_mm: float, height_mm: float, taper: float) -> Points:
    """The wall of a bezel: rubbed over the crown at the top, a seat under the girdle, tapering to its foot."""
    crown = stone.top_mm - 0.015 * stone.width_mm
    lip = 0.42 * crown + 0.05
    over = min(0.30, 0.075 * stone.width_mm)
    shelf = max(0.35, 0.10 * stone.width_mm)
    low = -height_mm
    inner = 1 - 2 * shelf / stone.width_mm
    soft = 0.10
    return np.array(
        [
            (1, -over, lip - 0.02),
            (1, -over + 0.06, lip + 0.05),
            (1, wall_mm * 0.45, lip + 0.02),
            (1, wall_mm - soft, lip - 0.07),
            (1, wall_mm - 0.02, lip - 0.20),
            (1, wall_mm, lip - 0.42),
            (1, wall_mm, -0.30 * height_mm),
            (1 - 0.35 * taper, wall_mm, -0.62 * height_mm),
            (1 - 0.8 * taper, wall_mm, 0.88 * low),
            (1 - taper, wall_mm - 0.02, 0.95 * low),
            (1 - taper, wall_mm - 0.16, low),
            (inner - 0.9 * taper, 0, low),
            (inner, 0, -0.45 * height_mm),
            (inner, 0, -0.02),
            (1, -over, 0.0),
        ]
    )


def bezel(stone: Stone, *, wall_mm: float, height_mm: float, taper: float = 0.12) -> Manifold:
    """A bezel, closed over the crown; its seat is still to be cut."""
    return wrapped(stone, bezel_profile(stone, wall_mm=wall_mm, height_mm=height_mm, taper=taper))
