"""A photographer's table in numbers: tray, camera, exposure. Lengths in mm; y is up, the camera stands towards +z.

Needs the optional extra [render] (Mitsuba, Open Image Denoise). A diamond is taken three times, once with the
refraction of each colour channel, which is what gives it its fire.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from production.pictures.light import FOR_STONES, WARM, Light, environment, towards
from production.pictures.materials import GEMS, PEARL, TRAYS, linear, orient, pearl, stone, surface

Array = np.ndarray[Any, Any]
FIELD_DEG = 17.0
CARD = 1.1 * np.array((1, 0.985, 0.955))  # a little lighter than the tray, a little warm
BORDER_PX = 12  # taken round the picture and cut off: a denoiser is unsure at the edge of what it sees


@dataclass(frozen=True)
class Body:
    """One thing on the tray: a mesh in mm, what it is made of, how smooth it is. Without normals it is shaded flat."""

    vertices: Array
    faces: Array
    material: str
    normals: Array | None = None
    roughness: float = 0.028

    @property
    def is_stone(self) -> bool:
        return self.material in GEMS or self.material == PEARL

    @property
    def skin(self) -> Array:
        """The normal at every corner of something shaded smooth."""
        return np.zeros_like(self.vertices) if self.normals is None else self.normals

    def placed(self, turn: Array, shift: Sequence[float] = (0, 0, 0)) -> "Body":
        """The same thing turned by a 3 × 3 matrix, then moved."""
        normals = None if self.normals is None else self.normals @ turn.T
        return Body(self.vertices @ turn.T + np.asarray(shift), self.faces, self.material, normals, self.roughness)


@dataclass(frozen=True)
class Shot:
    """How a picture is taken: where the camera stands (degrees round and up), how much it sees, on which tray.

    `about` is what a close-up looks at, in place of everything that stands over the tray. With a `card` the piece is
    taken a second time over a neutral card of the tray's lightness, and that piece laid over the tray's own picture: so
    gold keeps its colour on a cool tray, as with the white card a photographer holds up to it.
    """

    tray: str
    azimuth: float = 0.0
    elevation: float = 22.0
    margin: float = 1.42
    about: tuple[Body, ...] = ()
    light: Light = field(default_factory=lambda: FOR_STONES)
    card: bool = False
    width_px: int = 800
    height_px: int = 1000


@dataclass(frozen=True)
class Taken:
    """A picture, 0…255 sRGB, and how many µm of the piece one pixel shows at its middle."""

    pixels: Array
    um_per_px: float


def take(bodies: Sequence[Body], shot: Shot, *, samples: int = 20) -> Taken:
    """Light the bodies on the tray and take the picture. Slow: half a minute to three of one core."""
    import mitsuba as mi  # noqa: PLC0415  optional and heavy

    whole = _seen(mi, bodies, shot, linear(TRAYS[shot.tray]), samples)
    if shot.card:
        over_card = _seen(mi, bodies, shot, linear(TRAYS[shot.tray]).mean() * CARD, samples)
        whole[..., :3] += _outline(mi, bodies, shot) * (over_card[..., :3] - whole[..., :3])
    framing = Framing.of(bodies, shot)
    return Taken(
        pixels=_developed(_denoised(whole)[BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX], shot),
        um_per_px=framing.width_mm * 1000 / shot.width_px,
    )


def _seen(mi: Any, bodies: Sequence[Body], shot: Shot, tray: Array, samples: int) -> Array:
    """Light, albedo and normal at every pixel; with a fiery stone, each colour through its own refraction."""
    fiery = any(body.material in GEMS and GEMS[body.material].spread for body in bodies)
    shifts = (-1, 0, 1) if fiery else (0,)
    layers = [
        np.array(mi.render(_scene(mi, bodies, shot, shift, tray), spp=samples, seed=i))
        for i, shift in enumerate(shifts)
    ]
    whole = layers[len(layers) // 2].copy()
    if fiery:
        whole[..., 0], whole[..., 2] = layers[0][..., 0], layers[2][..., 2]
    return whole


def _denoised(layers: Array) -> Array:
    import pyoidn  # noqa: PLC0415  optional and heavy

    bright = np.minimum(layers[..., :3], 12.0)
    colour, albedo, normal = (
        np.ascontiguousarray(part, np.float32) for part in (bright, layers[..., 3:6], layers[..., 6:9])
    )
    return np.asarray(pyoidn.denoise(colour, albedo=np.clip(albedo, 0, 1), normal=normal, hdr=True))


def _developed(hdr: Array, shot: Shot) -> Array:
    """Expose so that the brighter part of the border has the tray's own colour, roll highlights off, encode as sRGB."""
    k = shot.width_px // 16
    border = np.concatenate([part.reshape(-1, 3) for part in (hdr[:k], hdr[-k:], hdr[:, :k], hdr[:, -k:])])
    gain = linear(TRAYS[shot.tray]).mean() / np.percentile(border.mean(1), 60)
    exposed = np.maximum(hdr * gain, 0)
    knee = 0.80
    rolled = np.where(exposed < knee, exposed, knee + (1 - knee) * (1 - np.exp(-(exposed - knee) / (1 - knee))))
    encoded = np.where(rolled <= 0.0031308, 12.92 * rolled, 1.055 * np.power(np.maximum(rolled, 1e-8), 1 / 2.4) - 0.055)
    return np.asarray(np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8)


@dataclass(frozen=True)
class Framing:
    """Where the camera looks, from how far, and how many mm the picture is wide there."""

    middle: Array
    distance: float
    width_mm: float

    @classmethod
    def of(cls, bodies: Sequence[Body], shot: Shot) -> "Framing":
        every = np.concatenate([body.vertices for body in shot.about or bodies])
        every = every[every[:, 1] > -0.01]
        eye = towards(shot.azimuth, shot.elevation)
        right = np.cross([0, 1, 0], eye)
        right /= np.linalg.norm(right)
        up = np.cross(eye, right)
        low, high = every.min(0), every.max(0)
        middle = (low + high) / 2
        across, tall = (every - middle) @ right, (every - middle) @ up
        middle = middle + right * (across.max() + across.min()) / 2 + up * (tall.max() + tall.min()) / 2
        width_mm = shot.margin * max(float(np.ptp(across)), float(np.ptp(tall)) * shot.width_px / shot.height_px)
        return cls(middle, width_mm / 2 / math.tan(math.radians(FIELD_DEG / 2)), width_mm)


def _scene(mi: Any, bodies: Sequence[Body], shot: Shot, shift: int, tray: Array) -> Any:
    framing = Framing.of(bodies, shot)
    whole = Framing.of(bodies, Shot(shot.tray, shot.azimuth, shot.elevation))
    turn = mi.ScalarTransform4f
    scene: dict[str, Any] = {
        "type": "scene",
        "integrator": {
            "type": "aov",
            "aovs": "alb:albedo,nn:sh_normal",
            "img": {"type": "path", "max_depth": 20 if any(b.is_stone for b in bodies) else 8, "rr_depth": 6},
        },
        "tray": {
            "type": "disk",
            "to_world": turn().translate([0, -0.004, 0]).rotate([1, 0, 0], -90).scale(4000),
            "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": (tray * 0.92).tolist()}},
        },
        "sky": {
            "type": "envmap",
            "bitmap": mi.Bitmap(environment(shot.light)),
            "to_world": turn().rotate([0, 1, 0], shot.azimuth),
        },
        "key": _key(turn, whole, shot),
        "camera": _camera(turn, framing, shot),
    }  # fmt: skip
    for i, body in enumerate(bodies):
        scene[f"body{i}"] = _body(mi, f"body{i}", body, shift, towards(shot.azimuth, shot.elevation))
    return mi.load_dict(scene)


def _camera(turn: Any, framing: Framing, shot: Shot) -> dict[str, Any]:
    origin = framing.middle + towards(shot.azimuth, shot.elevation) * framing.distance
    return {
        "type": "perspective",
        "fov": math.degrees(2 * math.atan(framing.width_mm * (1 + 2 * BORDER_PX / shot.width_px) / 2 / framing.distance)),
        "fov_axis": "x",
        "to_world": turn().look_at(origin=origin.tolist(), target=framing.middle.tolist(), up=[0, 1, 0]),
        "film": {
            "type": "hdrfilm", "width": shot.width_px + 2 * BORDER_PX, "height": shot.height_px + 2 * BORDER_PX, "rfilter": {"type": "box"},
            "component_format": "float32", "pixel_format": "rgb",
        },
        "sampler": {"type": "independent", "sample_count": 16},
    }  # fmt: skip


def _outline(mi: Any, bodies: Sequence[Body], shot: Shot) -> Array:
    """How much of every pixel is the piece, 0 to 1; what is pushed into the pad is not seen."""
    scene: dict[str, Any] = {"type": "scene", "integrator": {"type": "path", "max_depth": 1}}
    scene["camera"] = _camera(mi.ScalarTransform4f, Framing.of(bodies, shot), shot)
    scene["camera"]["film"]["pixel_format"] = "rgba"
    for i, body in enumerate(bodies):
        over = (body.vertices[body.faces][..., 1] > -0.01).all(1)
        scene[f"body{i}"] = _body(
            mi, f"body{i}", replace(body, faces=body.faces[over]), 0, towards(shot.azimuth, shot.elevation)
        )
    return np.array(mi.render(mi.load_dict(scene), spp=64))[..., 3:4].clip(0, 1)


def _key(turn: Any, whole: Framing, shot: Shot) -> dict[str, Any]:
    azimuth, elevation, distance, width, radiance = shot.light.key
    stands = whole.middle + towards(shot.azimuth + azimuth, elevation) * distance * whole.width_mm
    aim = turn().look_at(origin=stands.tolist(), target=whole.middle.tolist(), up=[0, 1, 0])
    return {
        "type": "rectangle",
        "to_world": aim.scale(width / 2 * whole.width_mm),
        "emitter": {"type": "area", "radiance": {"type": "rgb", "value": (WARM * radiance).tolist()}},
    }


def _surface(body: Body, shift: int) -> dict[str, Any]:
    if body.material == PEARL:
        return pearl()
    return stone(body.material, shift) if body.material in GEMS else surface(body.material, body.roughness)


def _body(mi: Any, name: str, body: Body, shift: int, eye: Array) -> Any:
    properties = mi.Properties()
    properties["mesh_bsdf"] = mi.load_dict(_surface(body, shift))
    if body.normals is None:
        properties["face_normals"] = True
    mesh = mi.Mesh(
        name, len(body.vertices), len(body.faces), has_vertex_normals=body.normals is not None, props=properties
    )
    if body.material == PEARL:
        mesh.add_attribute("vertex_orient", 3, orient(body.skin @ eye).ravel().astype(np.float32))
    parameters = mi.traverse(mesh)
    parameters["vertex_positions"] = body.vertices.ravel().astype(np.float32)
    parameters["faces"] = body.faces.ravel().astype(np.uint32)
    if body.normals is not None:
        parameters["vertex_normals"] = body.normals.ravel().astype(np.float32)
    parameters.update()
    return mesh
