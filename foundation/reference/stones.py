"""Stones: species and how they bear the bench, cuts and the formula that estimates a weight from three measures.

Specific gravity is in thousandths (diamond 3520). Formula factors are in millionths of a carat per mm³; for a coloured
stone the factor is multiplied by the specific gravity, for a diamond a direct factor exists for most cuts.
"""

# ruff: noqa: FBT003  a row of a table reads across; its columns are named in the class above it

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from foundation.exact import rounded
from foundation.reference.rows import Evidence, find

GEMS = Evidence("talk.jewelry 16956, specific gravities", "S", "what ultrasonic and heat do to it is a house default")
HOUSE = Evidence("house default", "K")


@dataclass(frozen=True)
class Species:
    """A kind of stone. `ultrasonic_ok` and `heat_ok`: may it go into the tank; may a torch come near it (both house defaults).

    `by_size`: it is sold by its millimetres, as pearls are (CIBJO Pearl Book), not by the carat.
    """

    code: str
    name: str
    name_th: str
    sg_milli: int
    ultrasonic_ok: bool
    heat_ok: bool
    tint: str
    evidence: Evidence = GEMS
    by_size: bool = False


SPECIES = (
    Species("diamond", "diamond", "เพชร", 3520, True, True, "#eef3f6"),
    Species("ruby", "ruby", "ทับทิม", 4000, True, True, "#b3123c"),
    Species("sapphire", "sapphire", "ไพลิน", 4000, True, True, "#1f3f93"),
    Species("emerald", "emerald", "มรกต", 2720, False, False, "#1f8a5b"),
    Species("aquamarine", "aquamarine", "อะความารีน", 2720, True, False, "#9fd0dc"),
    Species("morganite", "morganite", "มอร์แกไนต์", 2720, True, False, "#e9bfb2"),
    Species("tourmaline", "tourmaline", "ทัวร์มาลีน", 3060, False, False, "#2f7f6d"),
    Species("spinel", "spinel", "สปิเนล", 3600, True, True, "#b5385f"),
    Species("almandine", "almandine garnet", "โกเมน (อัลมันดีน)", 4050, True, False, "#6f1526"),
    Species("rhodolite", "rhodolite garnet", "โกเมน (โรโดไลต์)", 3840, True, False, "#93214f"),
    Species("pyrope", "pyrope garnet", "โกเมน (ไพโรป)", 3780, True, False, "#7d1220"),
    Species("zircon", "zircon", "เพทาย", 4510, False, False, "#8fb6c9", Evidence("talk.jewelry 16956: 4.32–4.70", "S", "middle of the span")),
    Species("chrysoberyl", "chrysoberyl", "คริโซเบริล", 3730, True, True, "#b9b552"),
    Species("tanzanite", "tanzanite", "แทนซาไนต์", 3350, False, False, "#4b459f"),
    Species("peridot", "peridot", "เพริดอต", 3340, False, False, "#9bb53c"),
    Species("topaz", "topaz", "โทแพซ", 3530, False, False, "#a8cfe0", HOUSE),
    Species("amethyst", "amethyst", "อเมทิสต์", 2660, True, False, "#7f4fa0"),
    Species("citrine", "citrine", "ซิทริน", 2660, True, False, "#dca43a"),
    Species("quartz", "quartz", "ควอตซ์", 2660, True, False, "#e8e4de"),
    Species("opal", "opal", "โอปอล", 2150, False, False, "#dbe4e1"),
    Species("pearl", "pearl", "ไข่มุก", 2700, False, False, "#f1ebe0", by_size=True),
    Species("jadeite", "jadeite", "หยก", 3340, False, False, "#4c9a63"),
    Species("turquoise", "turquoise", "เทอร์ควอยซ์", 2760, False, False, "#45b0ac"),
    Species("lapis", "lapis lazuli", "ลาพิส ลาซูลี", 2750, False, False, "#22408a"),
    Species("iolite", "iolite", "ไอโอไลต์", 2610, False, False, "#4b5a9c"),
    Species("coral", "coral", "ปะการัง", 2650, False, False, "#d8573f"),
    Species("moissanite", "moissanite", "มอยซาไนต์", 3220, True, True, "#edf1ee", HOUSE),
    Species("cubic_zirconia", "cubic zirconia", "เพชรรัสเซีย (CZ)", 5800, True, True, "#f2f4f6", HOUSE),
)  # fmt: skip

FORMULAE = Evidence(
    "esslinger.com stone weight estimation; talk.jewelry 16956; dendritics.com",
    "S",
    "well proportioned stones; add 3–8 % for a thick girdle",
)

BALL = Evidence("π/6 of a ball's cubed diameter, at 0.2 g to the carat", "D")
DEPTH_PERMILLE = 605  # house default where a depth was not measured: of the width (diameter)


@dataclass(frozen=True)
class Cut:
    """A shape. `diamond_micro` is (length:width in thousandths, factor) in rising order; between two rows it is interpolated.

    `depth_permille` of the width is taken for a depth that was not measured.
    """

    code: str
    name: str
    name_th: str
    coloured_micro: int
    diamond_micro: tuple[tuple[int, int], ...] = ()
    mean_diameter: bool = False
    evidence: Evidence = FORMULAE
    depth_permille: int = DEPTH_PERMILLE


STEP = ((1000, 8000), (1500, 9200), (2000, 10000), (2500, 10600))
CUTS = (
    Cut("round", "round", "กลม", 1800, ((1000, 6100),), mean_diameter=True),
    Cut("oval", "oval", "รูปไข่", 2000, ((1000, 6200),)),
    Cut("emerald", "emerald cut", "เอมเมอรัลด์คัต", 2500, STEP),
    Cut("baguette", "baguette", "บาแก็ต", 2500, STEP),
    Cut("princess", "princess", "พรินเซส", 2300, ((1000, 8000),)),
    Cut("cushion", "cushion", "คุชชั่น", 1800, mean_diameter=True),
    Cut("cushion_long", "cushion, rectangular", "คุชชั่นทรงยาว", 2200, mean_diameter=True),
    Cut("marquise", "marquise", "มาร์คีส์", 1650, ((1250, 5650), (2000, 5800), (2500, 5850), (3000, 5950))),
    Cut("pear", "pear", "หยดน้ำ", 1800, ((1250, 6150), (1500, 6000), (1660, 5900), (2000, 5750))),
    Cut("heart", "heart", "หัวใจ", 2100, ((1000, 5900),)),
    Cut("trillion", "triangle", "สามเหลี่ยม", 1800, ((1000, 5700),)),
    Cut("cabochon", "cabochon", "หลังเบี้ย", 2700),
    Cut("pearl", "round pearl", "มุกกลม", 2618, evidence=BALL, depth_permille=1000),
)


class NotAStone(ValueError):
    """Measures that no stone has."""


def species(code: str) -> Species:
    """The species called `code`; refuses one that is not in the table."""
    return find(SPECIES, code, "stone")


def cut(code: str) -> Cut:
    """The cut called `code`; refuses one that is not in the table."""
    return find(CUTS, code, "cut")


def _diamond_factor(rows: tuple[tuple[int, int], ...], ratio: Fraction) -> Fraction:
    """The direct factor at this length:width (in thousandths), held at the ends of the table."""
    if ratio <= rows[0][0]:
        return Fraction(rows[0][1])
    for (at, factor), (next_at, next_factor) in pairwise(rows):
        if ratio <= next_at:
            return factor + (ratio - at) * (next_factor - factor) / (next_at - at)
    return Fraction(rows[-1][1])


def by_size(species_code: str) -> bool:
    """Whether it is sold by its millimetres rather than by the carat; a kind that is not in the table is not."""
    return any(row.by_size for row in SPECIES if row.code == species_code)


def estimate_mct(
    *, species_code: str, cut_code: str, length_um: int, width_um: int, depth_um: int | None = None
) -> int:
    """What a stone of these measures should weigh, in milli-carat; an estimate until it is on the scale.

    Without a depth, 60.5 % of the width is taken (house default), of a pearl all of it. Refuses measures that are not positive, and a
    length shorter than the width.
    """
    kind, shape = species(species_code), cut(cut_code)
    depth = Fraction(width_um * shape.depth_permille, 1000) if depth_um is None else Fraction(depth_um)
    if width_um <= 0 or depth <= 0 or length_um < width_um:
        raise NotAStone(_("A stone has a positive width and depth, and a length that is not shorter than its width."))
    direct = kind.code == "diamond" and shape.diamond_micro
    mean = shape.mean_diameter or (direct and shape.code == "oval")
    face = Fraction(length_um + width_um, 2) ** 2 if mean else Fraction(length_um * width_um)
    factor = (
        _diamond_factor(shape.diamond_micro, Fraction(1000 * length_um, width_um))
        if direct
        else Fraction(shape.coloured_micro * kind.sg_milli, 1000)
    )
    return rounded(face * depth * factor / 10**12)
