"""Plating: what a thickness may be called, and how much metal it lays down."""

from dataclasses import dataclass
from fractions import Fraction

from foundation.exact import rounded
from foundation.reference.rows import Evidence, find


@dataclass(frozen=True)
class Plating:
    """A class of plating by the least thickness in nanometres. `on` names the only body metal allowed, if there is one."""

    code: str
    name: str
    name_th: str
    metal: str
    least_nm: int
    on: str
    mg_per_cm2_um_x100: int
    evidence: Evidence


US_CLASSES = Evidence("goldplating.com Q250305; indtl.com glossary", "S", "fine-gold equivalent, 10 ct and above")
PLATINGS = (
    Plating("gold_flash", "gold flash", "ชุบทองแบบแฟลช", "gold", 0, "", 193, US_CLASSES),
    Plating("gold_electroplate", "gold electroplate", "ชุบทองไฟฟ้า", "gold", 175, "", 193, US_CLASSES),
    Plating("gold_heavy", "heavy gold electroplate", "ชุบทองหนา", "gold", 2_500, "", 193, US_CLASSES),
    Plating("vermeil", "vermeil", "เวอร์เมล (เงินชุบทอง)", "gold", 2_500, "silver", 193, Evidence("mscompany.net vermeil", "S", "sterling body; any barrier of base metal must be disclosed")),
    Plating("plaque", "plaqué, Swiss", "ชุบทองมาตรฐานสวิส", "gold", 5_000, "", 193, Evidence("Orchid forum 60621", "S")),
    Plating("rhodium_flash", "rhodium flash", "ชุบโรเดียมบาง", "rhodium", 100, "", 124, Evidence("house default", "K", "0.1–0.3 µm")),
    Plating("rhodium_heavy", "heavy rhodium", "ชุบโรเดียมหนา", "rhodium", 750, "", 124, Evidence("house default", "K", "0.75–1.0 µm; silver needs an underplate")),
)  # fmt: skip


def plating(code: str) -> Plating:
    """The class called `code`; refuses one that is not in the table."""
    return find(PLATINGS, code, "plating")


def laid_down_mg(code: str, area_mm2: int, thickness_nm: int) -> int:
    """The metal a plating adds, from density: 1.93 mg gold or 1.24 mg rhodium for each cm² and µm."""
    return rounded(Fraction(plating(code).mg_per_cm2_um_x100 * area_mm2 * thickness_nm, 100 * 100 * 1_000))
