"""A pearl's setting: a shallow cup it rests in, and a peg glued into the hole drilled half through it."""

from manifold3d import Manifold

from production.shapes.claws import seat
from production.shapes.solids import ball, cylinder, joined
from production.shapes.stones import Stone

CUP_WALL_MM, PEG_MM = 0.5, 0.4  # the peg's radius: pearls are drilled 0.8 to 1.0 mm
CUP_RIM, PEG_DEPTH = 0.72, 0.5  # of the pearl's radius under its middle; of its diameter


def cup_and_peg(pearl: Stone) -> Manifold:
    """The cup under a pearl about the origin, its seat cut; only the peg stands in the pearl, in its drilled hole."""
    radius = pearl.width_mm / 2
    bowl = ball(radius + CUP_WALL_MM, 64).trim_by_plane((0, 0, -1), CUP_RIM * radius) - seat(pearl)
    return joined([bowl, cylinder(PEG_MM, -radius - 0.5 * CUP_WALL_MM, (2 * PEG_DEPTH - 1) * radius)])
