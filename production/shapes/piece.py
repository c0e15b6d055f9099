"""What a build hands over: metal bodies, stones, and the sums that price, promise and bench read off them.

Millimetres. A ring's axis is Z and its stone looks up +Y; a pendant or an earring hangs down −Y and faces +Z.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from manifold3d import Manifold
from numpy.typing import NDArray

from production.shapes.parameters import UM_PER_MM
from production.shapes.solids import Points
from production.shapes.stones import UM3_PER_MM3, Stone
from production.shapes.thickness import Thin
from production.shapes.weights import FINISHING_PPT, casting_mg, finished_mg

HERE: Points = np.eye(3, 4)
Surface = tuple[str, NDArray[np.float32], NDArray[np.int32]]  # name, vertices [n, 3] mm, triangles [m, 3]


def turned(axis: str, degrees: float, at: tuple[float, float, float] = (0, 0, 0)) -> Points:
    """A placement: turned about an axis through the origin, then moved."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    rows = {
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }[axis]
    return np.c_[np.array(rows, float), np.array(at, float)]


def after(second: Points, first: Points) -> Points:
    """One placement followed by another."""
    return np.c_[second[:, :3] @ first[:, :3], second[:, :3] @ first[:, 3] + second[:, 3]]


def upright(height_mm: float) -> Points:
    """A stone or head drawn with its table towards +Z, put on top of a ring: table up +Y, length along the finger."""
    return turned("x", -90, (0, height_mm, 0))


def _um(length_mm: float) -> int:
    return round(float(length_mm) * UM_PER_MM)


@dataclass(frozen=True, eq=False)
class Metal:
    """A metal part built once and put in one or more places; each place is one separate body.

    `drawn`: where surfaces that meet would pull each other's shading about, the parts that a picture is made of in its
    place. They may run into each other; nothing is weighed or cast by them.
    """

    name: str
    solid: Manifold
    places: tuple[Points, ...] = (HERE,)
    crease_degrees: int = 40
    drawn: tuple["Metal", ...] = ()

    @property
    def volume_um3(self) -> int:
        """The volume of one body."""
        return round(self.solid.volume() * UM3_PER_MM3)

    def bodies(self) -> list[Manifold]:
        """Every body in its place."""
        return [self.solid.transform(place.tolist()) for place in self.places]

    @cached_property
    def shaded(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]:
        """Vertices split at creases, their normals, triangles."""
        mesh = self.solid.calculate_normals(0, self.crease_degrees).to_mesh()
        values = np.asarray(mesh.vert_properties, np.float32)
        return values[:, :3], values[:, 3:6], np.asarray(mesh.tri_verts, np.int32)


@dataclass(frozen=True, eq=False)
class SetStones:
    """One stone as cut, in every place it is set."""

    name: str
    stone: Stone
    places: tuple[Points, ...]

    def positions_um(self) -> list[tuple[int, int, int]]:
        """Where each stone's girdle plane is crossed by its own axis."""
        return [(_um(x), _um(y), _um(z)) for x, y, z in (place[:, 3] for place in self.places)]


@dataclass(frozen=True, eq=False)
class Made:
    """What a family's drawing returns, before anybody has checked it."""

    metal: tuple[Metal, ...]
    stones: tuple[SetStones, ...] = ()
    dimensions_um: Mapping[str, int] = field(default_factory=dict)
    thinnest: tuple[Thin, ...] = ()


@dataclass(frozen=True, eq=False)
class Piece:
    """A checked build: every body closed and in one piece. `fingerprint` names it for caches and files."""

    family: str
    parameters: Mapping[str, int | str]
    fingerprint: str
    metal: tuple[Metal, ...]
    stones: tuple[SetStones, ...]
    dimensions_um: Mapping[str, int]

    @property
    def body_count(self) -> int:
        """Separate metal bodies."""
        return sum(len(part.places) for part in self.metal)

    @property
    def stone_count(self) -> int:
        return sum(len(group.places) for group in self.stones)

    @cached_property
    def body_volumes_um3(self) -> tuple[int, ...]:
        return tuple(part.volume_um3 for part in self.metal for _ in part.places)

    @property
    def volume_um3(self) -> int:
        """All metal, finished, without stones."""
        return sum(self.body_volumes_um3)

    @property
    def stones_mct(self) -> int:
        """All stones together, milli-carats."""
        return sum(group.stone.weight_mct * len(group.places) for group in self.stones)

    @cached_property
    def box_um(self) -> tuple[int, int, int]:
        """The size of the smallest upright box that holds piece and stones."""
        boxes = [body.bounding_box() for part in self.metal for body in part.bodies()]
        boxes += [
            group.stone.solid.transform(place.tolist()).bounding_box()
            for group in self.stones
            for place in group.places
        ]
        low, high = np.min([box[:3] for box in boxes], 0), np.max([box[3:] for box in boxes], 0)
        x, y, z = map(_um, high - low)
        return x, y, z

    def finished_mg(self, density_mg_cm3: int) -> int:
        """Metal weight of the finished piece."""
        return finished_mg(self.volume_um3, density_mg_cm3)

    def casting_mg(self, density_mg_cm3: int, *, finishing_ppt: int = FINISHING_PPT) -> int:
        """Weight of the raw casting: what filing and polishing take away is put back."""
        return casting_mg(self.finished_mg(density_mg_cm3), finishing_ppt=finishing_ppt)

    def metal_meshes(self) -> list[Surface]:
        """Every metal body in its place, vertices split at creases so that plain vertex normals shade it rightly."""
        return [
            (f"{part.name}-{k}", (part.shaded[0] @ place[:, :3].T + place[:, 3]).astype(np.float32), part.shaded[2])
            for part in self.metal
            for k, place in enumerate(part.places)
        ]

    def stone_meshes(self) -> list[tuple[str, NDArray[np.float32], NDArray[np.int32], str, str]]:
        """Every stone in its place: name, vertices, triangles, cut, gem. Shade faceted cuts flat."""
        meshes = []
        for group in self.stones:
            mesh = group.stone.solid.to_mesh()
            vertices, faces = np.asarray(mesh.vert_properties)[:, :3], np.asarray(mesh.tri_verts, np.int32)
            meshes += [
                (
                    f"{group.name}-{k}",
                    (vertices @ place[:, :3].T + place[:, 3]).astype(np.float32),
                    faces,
                    group.stone.cut,
                    group.stone.gem,
                )
                for k, place in enumerate(group.places)
            ]
        return meshes
