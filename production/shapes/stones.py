"""Stones as solids with a weight: what a setting is cut for, what is counted and weighed on the bench."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from manifold3d import CrossSection, FillRule, Manifold
from numpy.typing import NDArray

from production.shapes.cuts import planes_of
from production.shapes.gems import GEMS
from production.shapes.outlines import OUTLINES, edges_facing, normals, support
from production.shapes.parameters import UM_PER_MM
from production.shapes.solids import Points, ball

CUT_NAMES = tuple(OUTLINES)
UM3_PER_MM3 = 10**9


@dataclass(frozen=True)
class Stone:
    """One stone by cut and size, girdle about z = 0, table towards +Z, length along Y. `solid` and `planes` are in mm."""

    cut: str
    width_um: int
    length_um: int
    gem: str = "diamond"

    @property
    def width_mm(self) -> float:
        return self.width_um / UM_PER_MM

    @property
    def length_mm(self) -> float:
        return self.length_um / UM_PER_MM

    @cached_property
    def outline(self) -> Points:
        """The girdle from above, mm."""
        return OUTLINES[self.cut](self.width_mm, self.length_mm)

    @property
    def solid(self) -> Manifold:
        return _cut(self.cut, self.width_um, self.length_um)

    @cached_property
    def planes(self) -> NDArray[np.float64]:
        """Facet planes and a coarse girdle, [n, 4]: unit normal, distance in mm. Empty for a stone without facets."""
        if self.cut in ("cabochon", "pearl"):
            return np.empty((0, 4))
        facing = normals(self.outline)[::4] if len(self.outline) > 32 else normals(self.outline)
        girdle = np.c_[facing, np.zeros(len(facing)), support(self.outline, facing)]
        return np.vstack([planes_of(self.cut, self.width_mm, self.length_mm)[1], girdle])

    @property
    def room(self) -> Manifold:
        """What the stone takes up in its metal: the stone within a girdle of few sides, not one tenth of the triangles."""
        return _roomy(self.cut, self.width_um, self.length_um) if self.cut == "round" else self.solid

    @property
    def top_mm(self) -> float:
        """The table's height over the girdle plane."""
        return float(self.solid.bounding_box()[5])

    @property
    def bottom_mm(self) -> float:
        """The culet's depth under the girdle plane, as a positive number."""
        return -float(self.solid.bounding_box()[2])

    @property
    def depth_um(self) -> int:
        return round((self.top_mm + self.bottom_mm) * UM_PER_MM)

    @property
    def volume_um3(self) -> int:
        return round(self.solid.volume() * UM3_PER_MM3)

    @property
    def weight_mct(self) -> int:
        """Milli-carats by volume and specific gravity (1 ct = 200 mg)."""
        return round(self.volume_um3 * GEMS[self.gem].density_mg_cm3 * 5 / 10**12)


@lru_cache(maxsize=256)
def _cut(cut: str, width_um: int, length_um: int) -> Manifold:
    width, length = width_um / UM_PER_MM, length_um / UM_PER_MM
    if cut == "pearl":
        return ball(1, 64).scale((width / 2, length / 2, width / 2))
    if cut == "cabochon":
        return _dome(width, length)
    if cut in ("round", "oval"):
        return _faceted("round", 1.0, 1.0).scale((width, length, width))
    return _faceted(cut, 1.0, length / width).scale((width, width, width))


@lru_cache(maxsize=64)
def _roomy(cut: str, width_um: int, length_um: int) -> Manifold:
    """The facets and a girdle of 32 sides that touch the stone's own from outside."""
    width, length = width_um / UM_PER_MM, length_um / UM_PER_MM
    return _within(tuple(map(tuple, Stone(cut, 1_000, 1_000).planes.tolist()))).scale((width, length, width))


@lru_cache(maxsize=4)
def _within(planes: tuple[tuple[float, ...], ...]) -> Manifold:
    return bounded(np.array(planes))


def bounded(planes: Points) -> Manifold:
    """The convex body that facet planes [n, 4] cut out round the origin.

    Each plane is a point, its normal over its distance: a face of those points' hull is a corner where three planes meet.
    """
    mesh = Manifold.hull_points(planes[:, :3] / planes[:, 3:]).to_mesh64()
    points = np.asarray(mesh.vert_properties, float)[:, :3]
    a, b, c = (points[np.asarray(mesh.tri_verts)[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    corners = across / (across * a).sum(1)[:, None]
    return Manifold.hull_points(np.unique(corners.astype(np.float32).astype(float).round(5), axis=0))


def _dome(width_mm: float, length_mm: float) -> Manifold:
    """A cabochon: a dome 45 % as high as it is wide on a low straight edge, with a flat base."""
    edge, rise = 0.06, 0.39
    turn = np.linspace(0, np.pi / 2, 24)
    side = np.vstack(
        [[(0, -edge), (0.485, -edge), (0.5, -edge + 0.015)], np.c_[0.5 * np.cos(turn), rise * np.sin(turn)]]
    )
    return CrossSection([side], FillRule.NonZero).revolve(96).scale((width_mm, length_mm, width_mm))


@lru_cache(maxsize=64)
def _faceted(cut: str, width_mm: float, length_mm: float) -> Manifold:
    """The facets within the outline's upright sides."""
    outline = np.asarray(CrossSection([OUTLINES[cut](width_mm, length_mm)], FillRule.Positive).to_polygons()[0], float)
    facing = edges_facing(outline)
    sides = np.c_[facing, np.zeros(len(facing)), (facing * outline).sum(1)]
    return bounded(np.vstack([planes_of(cut, width_mm, length_mm)[1], sides]))
