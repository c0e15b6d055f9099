"""A photographer's table in numbers: tray, light, camera, metals, stones. Lengths in mm.

Needs the optional extra [render] (Mitsuba, Open Image Denoise). Metal colours by Gulbrandsen's artist-friendly
Fresnel (2014) from the alloy's reflectance; stones by their index of refraction, each colour channel rendered with
its own index, which is what gives a diamond its fire.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manifold3d import Manifold, Mesh

Array = np.ndarray[Any, Any]

METALS: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "gold yellow": ((1.0, 0.735, 0.335), (1.0, 0.94, 0.72)),
    "gold rose": ((0.965, 0.635, 0.475), (0.98, 0.88, 0.82)),
    "gold white": ((0.83, 0.82, 0.80), (0.7, 0.7, 0.7)),
    "silver white": ((0.965, 0.955, 0.925), (0.95, 0.95, 0.95)),
    "platinum white": ((0.72, 0.70, 0.67), (0.6, 0.6, 0.6)),
}
"""(reflectance looking straight on, tint at grazing angles), linear sRGB, by metal and colour."""


@dataclass(frozen=True)
class Gem:
    """A stone to light: refraction, its spread from red to blue, and what passes through (entry and exit each)."""

    index: float
    spread: float
    colour: tuple[float, float, float] | None = None


GEMS = {
    "diamond": Gem(2.417, 0.0165),
    "moissanite": Gem(2.65, 0.03),
    "ruby": Gem(1.768, 0.006, (0.72, 0.05, 0.13)),
    "sapphire": Gem(1.768, 0.006, (0.10, 0.19, 0.58)),
    "spinel": Gem(1.718, 0.007, (0.80, 0.13, 0.30)),
    "emerald": Gem(1.58, 0.005, (0.06, 0.52, 0.25)),
    "topaz": Gem(1.62, 0.005, (0.55, 0.78, 0.93)),
    "tourmaline": Gem(1.63, 0.006, (0.16, 0.52, 0.36)),
    "amethyst": Gem(1.55, 0.005, (0.42, 0.16, 0.62)),
    "citrine": Gem(1.55, 0.005, (0.95, 0.66, 0.16)),
    "garnet": Gem(1.76, 0.008, (0.52, 0.03, 0.06)),
    "peridot": Gem(1.67, 0.006, (0.52, 0.75, 0.16)),
    "aquamarine": Gem(1.58, 0.005, (0.62, 0.86, 0.92)),
}

TRAYS = {
    "stone": "#dfe2dd",
    "sage": "#a9bcb2",
    "pewter": "#b4bcc2",
    "clay": "#c9b3a6",
    "blush": "#d8c6bf",
    "ink": "#12332f",
}


@dataclass(frozen=True)
class Light:
    """Boxes of light and black cards round the piece: (azimuth, elevation, half width, half height, radiance, softness).

    Degrees; azimuth 0 is behind the camera. The black cards do the work: without them metal is grey porridge.
    """

    boxes: Sequence[tuple[float, ...]]
    cards: Sequence[tuple[float, ...]]
    top: float = 0.8
    horizon: float = 0.45
    bottom: float = 0.5


FOR_METAL = Light(
    boxes=[(-18, 80, 34, 30, 3.6, 10), (-62, 30, 15, 34, 3.0, 7), (64, 36, 12, 30, 2.2, 7), (178, 34, 46, 14, 1.5, 10)],
    cards=[(-22, 16, 10, 30, 0.015, 4), (24, 10, 8, 26, 0.02, 4), (-100, 14, 14, 38, 0.02, 5), (104, 12, 14, 38, 0.03, 5),
           (150, 40, 9, 22, 0.05, 5), (-148, 44, 8, 22, 0.05, 5), (0, -3, 70, 4, 0.2, 6), (180, 5, 70, 9, 0.25, 8)],
)  # fmt: skip
FOR_STONES = Light(
    boxes=[(0, 80, 26, 22, 5.0, 6), (-60, 42, 13, 26, 4.2, 5), (66, 48, 13, 22, 3.6, 5), (170, 46, 26, 12, 3.0, 6),
           (20, 58, 5, 5, 16, 2), (-24, 66, 4, 4, 18, 2), (120, 58, 5, 5, 16, 2), (-130, 60, 5, 5, 16, 2)],
    cards=[(0, 24, 24, 15, 0.03, 7), (-104, 14, 12, 38, 0.03, 6), (108, 12, 12, 38, 0.03, 6), (180, 6, 60, 9, 0.2, 8)],
    top=0.55, horizon=0.5, bottom=0.5,
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """One thing on the tray: a mesh in mm, what it is made of, and how smooth it is."""

    vertices: Array
    faces: Array
    material: str
    is_stone: bool = False
    roughness: float = 0.028


@dataclass(frozen=True)
class Shot:
    """How a picture is taken: where the camera stands (degrees round and up), how much it sees, on which tray."""

    tray: str
    azimuth: float = 0.0
    elevation: float = 22.0
    margin: float = 1.32
    lift: float = 0.0
    light: Light = field(default_factory=lambda: FOR_STONES)
    width_px: int = 800
    height_px: int = 1000


@dataclass(frozen=True)
class Taken:
    """A picture, 0…255 sRGB, and how many µm of the piece one pixel shows at its centre."""

    pixels: Array
    um_per_px: float


def environment(light: Light, width: int = 1024) -> Array:
    """The light as one latitude-longitude picture."""
    height = width // 2
    v, u = np.mgrid[0:height, 0:width]
    theta, phi = (v + 0.5) / height * np.pi, (u + 0.5) / width * 2 * np.pi
    way = np.stack([np.sin(phi) * np.sin(theta), np.cos(theta), -np.cos(phi) * np.sin(theta)], -1)
    up = way[..., 1]
    above = light.horizon + (light.top - light.horizon) * np.clip(up, 0, 1) ** 0.8
    below = light.horizon + (light.bottom - light.horizon) * np.clip(-up * 3, 0, 1)
    sky = np.where(up > 0, above, below)[..., None] * np.array((1, 0.985, 0.965))
    for azimuth, elevation, half_w, half_h, radiance, soft in light.boxes:
        mask, along = _patch(way, azimuth, elevation, half_w, half_h, soft)
        sky = sky * (1 - mask) + mask * radiance * (1 + 0.18 * np.clip(along, -1, 1))
    for azimuth, elevation, half_w, half_h, radiance, soft in light.cards:
        mask, _ = _patch(way, azimuth, elevation, half_w, half_h, soft)
        sky = sky * (1 - mask) + mask * radiance
    return sky.astype(np.float32)


def _patch(
    way: Array, azimuth: float, elevation: float, half_w: float, half_h: float, soft: float
) -> tuple[Array, Array]:
    a, e = math.radians(azimuth), math.radians(elevation)
    centre = np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])
    right = np.array([math.cos(a), 0, -math.sin(a)])
    ahead = way @ centre
    x = np.degrees(np.arctan2(way @ right, ahead))
    y = np.degrees(np.arctan2(way @ np.cross(centre, right), ahead))
    edge = (
        np.clip((half_w - np.abs(x)) / soft + 0.5, 0, 1)
        * np.clip((half_h - np.abs(y)) / soft + 0.5, 0, 1)
        * (ahead > 0)
    )
    return (edge * edge * (3 - 2 * edge))[..., None], (y / half_h)[..., None]


def take(bodies: Sequence[Body], shot: Shot, *, samples: int = 32) -> Taken:
    """Light the bodies on the tray and take the picture. Slow: half a minute to three of one core."""
    import mitsuba as mi  # noqa: PLC0415  optional and heavy

    fiery = any(body.is_stone for body in bodies)
    shifts = (-1, 0, 1) if fiery else (0,)
    layers = [
        np.array(mi.render(_scene(mi, bodies, shot, shift), spp=samples, seed=i)) for i, shift in enumerate(shifts)
    ]
    whole = layers[len(layers) // 2].copy()
    if fiery:
        whole[..., 0], whole[..., 2] = layers[0][..., 0], layers[2][..., 2]
    clean = _denoised(whole)
    _, width_mm = _framing(bodies, shot)
    return Taken(pixels=_developed(clean, shot), um_per_px=width_mm * 1000 / shot.width_px)


def _denoised(layers: Array) -> Array:
    import pyoidn  # noqa: PLC0415  optional and heavy

    colour, albedo, normal = (np.ascontiguousarray(layers[..., i : i + 3], np.float32) for i in (0, 3, 6))
    return pyoidn.denoise(colour, albedo=np.clip(albedo, 0, 1), normal=normal, hdr=True)


def _developed(hdr: Array, shot: Shot) -> Array:
    """Expose so that the tray's near corners have the tray's own colour, roll highlights off, encode as sRGB."""
    k = shot.width_px // 16
    corners = np.concatenate([hdr[-k:, :k].reshape(-1, 3), hdr[-k:, -k:].reshape(-1, 3)])
    tray = linear(TRAYS[shot.tray])
    gain = tray.mean() / np.median(corners, 0).mean()
    exposed = np.maximum(hdr * gain, 0)
    knee = 0.78
    rolled = np.where(exposed < knee, exposed, knee + (1 - knee) * (1 - np.exp(-(exposed - knee) / (1 - knee))))
    encoded = np.where(rolled <= 0.0031308, 12.92 * rolled, 1.055 * np.power(np.maximum(rolled, 1e-8), 1 / 2.4) - 0.055)
    return (np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8)


def linear(colour: str) -> Array:
    """A #rrggbb colour as linear RGB."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _span(bodies: Sequence[Body]) -> tuple[Array, Array]:
    every = np.concatenate([body.vertices for body in bodies])
    return every.min(0), every.max(0)


def _eye(shot: Shot) -> Array:
    a, e = math.radians(shot.azimuth), math.radians(shot.elevation)
    return np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])


FIELD_DEG = 17.0


def _framing(bodies: Sequence[Body], shot: Shot) -> tuple[float, float]:
    """(camera's distance, how many mm the picture is wide at the piece's middle)."""
    low, high = _span(bodies)
    middle = (low + high) / 2
    eye = _eye(shot)
    right = np.cross([0, 1, 0], eye)
    right /= np.linalg.norm(right)
    up = np.cross(eye, right)
    every = np.concatenate([body.vertices for body in bodies]) - middle
    across = 2 * float(np.abs(every @ right).max()) * shot.margin
    tall = 2 * float(np.abs(every @ up).max()) * shot.margin
    width_mm = max(across, tall * shot.width_px / shot.height_px)
    return width_mm / 2 / math.tan(math.radians(FIELD_DEG / 2)), width_mm


def _scene(mi: Any, bodies: Sequence[Body], shot: Shot, shift: int) -> Any:
    low, high = _span(bodies)
    middle = (low + high) / 2 + np.array([0, shot.lift, 0])
    distance, _ = _framing(bodies, shot)
    transform = mi.ScalarTransform4f
    origin = middle + _eye(shot) * distance
    scene: dict[str, Any] = {
        "type": "scene",
        "integrator": {
            "type": "aov",
            "aovs": "alb:albedo,nn:sh_normal",
            "img": {"type": "path", "max_depth": 24 if any(b.is_stone for b in bodies) else 10, "rr_depth": 6},
        },
        "tray": {
            "type": "disk",
            "to_world": transform().translate([0, float(low[1]) - 0.005, 0]).rotate([1, 0, 0], -90).scale(900),
            "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": (linear(TRAYS[shot.tray]) * 0.92).tolist()}},
        },
        "light": {"type": "envmap", "bitmap": mi.Bitmap(environment(shot.light)), "scale": 1.0},
        "camera": {
            "type": "perspective",
            "fov": FIELD_DEG,
            "fov_axis": "x",
            "to_world": transform().look_at(origin=origin.tolist(), target=middle.tolist(), up=[0, 1, 0]),
            "film": {
                "type": "hdrfilm", "width": shot.width_px, "height": shot.height_px, "rfilter": {"type": "box"},
                "component_format": "float32", "pixel_format": "rgb",
            },
            "sampler": {"type": "independent", "sample_count": 16},
        },
    }  # fmt: skip
    for i, body in enumerate(bodies):
        scene[f"body{i}"] = _body(mi, f"body{i}", body, shift)
    return mi.load_dict(scene)


def _body(mi: Any, name: str, body: Body, shift: int) -> Any:
    properties = mi.Properties()
    properties["mesh_bsdf"] = mi.load_dict(_surface(body, shift))
    if body.is_stone:
        properties["face_normals"] = True
        vertices, faces, normals = body.vertices, body.faces, None
    else:
        vertices, faces, normals = _creased(body)
    mesh = mi.Mesh(name, len(vertices), len(faces), has_vertex_normals=normals is not None, props=properties)
    parameters = mi.traverse(mesh)
    parameters["vertex_positions"] = vertices.ravel().astype(np.float32)
    parameters["faces"] = faces.ravel().astype(np.uint32)
    if normals is not None:
        parameters["vertex_normals"] = normals.ravel().astype(np.float32)
    parameters.update()
    return mesh


def _creased(body: Body) -> tuple[Array, Array, Array]:
    """Vertices, faces and normals, smooth but for edges sharper than 40°."""
    solid = Manifold(Mesh(vert_properties=body.vertices.astype(np.float32), tri_verts=body.faces.astype(np.uint32)))
    mesh = solid.calculate_normals(0, 40).to_mesh()
    return mesh.vert_properties[:, :3], mesh.tri_verts, mesh.vert_properties[:, 3:6]


def _surface(body: Body, shift: int) -> dict[str, Any]:
    if body.is_stone:
        gem = GEMS[body.material]
        glass: dict[str, Any] = {"type": "dielectric", "int_ior": gem.index + gem.spread * shift, "ext_ior": 1.000277}
        return glass | ({"specular_transmittance": {"type": "rgb", "value": list(gem.colour)}} if gem.colour else {})
    n, k = _artist(*METALS[body.material])
    rgb = {"eta": {"type": "rgb", "value": n}, "k": {"type": "rgb", "value": k}}
    return {"type": "roughconductor", "distribution": "ggx", "alpha": body.roughness, **rgb}


def _artist(reflectance: Sequence[float], tint: Sequence[float]) -> tuple[list[float], list[float]]:
    """Reflectance and edge tint as a metal's n and k (Gulbrandsen, JCGT 3(4), 2014)."""
    r = np.clip(np.array(reflectance), 0.001, 0.999)
    g = np.array(tint)
    n = g * (1 - r) / (1 + r) + (1 - g) * (1 + np.sqrt(r)) / (1 - np.sqrt(r))
    k = np.sqrt(np.maximum(0, (r * (n + 1) ** 2 - (n - 1) ** 2) / (1 - r)))
    return n.tolist(), k.tolist()
