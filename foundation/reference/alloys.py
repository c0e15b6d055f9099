"""Alloys: what the bench casts, with the figures that drive weight, price and pour.

A figure that no source gives stands as None: the product then says so and does not guess. Ranges of temperature are
inclusive, in °C. `shrink_permille` is the linear shrinkage of the metal alone.
"""

from dataclasses import dataclass
from typing import Literal

from foundation.reference.rows import Evidence, find

Metal = Literal["gold", "silver", "platinum", "palladium", "base"]
Colour = Literal["yellow", "rose", "white", "grey", "brass", "bronze"]
Range = tuple[int, int] | None
PUNCH_SHAPES = {"gold": "cut_corner", "silver": "oval", "platinum": "gable", "palladium": "three_arches", "base": ""}


@dataclass(frozen=True)
class Alloy:
    """One recipe. `disc` is the colour the screens draw it with; `punch` the outline of its fineness mark."""

    code: str
    name: str
    name_th: str
    metal: Metal
    colour: Colour
    fineness_ppt10: int
    density_mg_per_cm3: int
    melting_c: Range
    pour_c: Range
    flask_c: Range
    shrink_permille: int
    disc: str
    evidence: Evidence
    remelt_limit_percent: int = 50
    contains_nickel: bool = False

    @property
    def punch(self) -> str:
        """The outline of the UK fineness mark: the shape tells the metal."""
        return PUNCH_SHAPES[self.metal]

    @property
    def fineness(self) -> str:
        """In parts per thousand, as it is punched: "750"."""
        return str(self.fineness_ppt10 // 10)


TMT, STULLER, RIO = (
    "tmtpages.com specific gravity",
    "Stuller specific gravity list, 2012",
    "riogrande data sheet 104401",
)
RANGES_K = "temperatures without a cited source are house defaults"

ALLOYS = (
    Alloy("AU999", "fine gold", "ทองคำบริสุทธิ์", "gold", "yellow", 9990, 19320, (1063, 1063), (1160, 1170), None, 10, "#e8b923", Evidence(TMT, "S", "pour: Orchid forum 59041; shrinkage: artistryofgold.com")),
    Alloy("AU916Y", "22 ct yellow gold", "ทอง 22K", "gold", "yellow", 9160, 17750, (930, 1020), None, (450, 600), 10, "#e3b63c", Evidence("finishing.com 189/07: 17.7–17.8", "S", "middle of the published span; melting range is a house default; very soft")),
    Alloy("AU750Y", "18 ct yellow gold", "ทอง 18K สีเหลือง", "gold", "yellow", 7500, 15580, (880, 927), (1000, 1050), (450, 600), 10, "#d9b24c", Evidence(f"{TMT}; {STULLER}", "S", "pour: lacytools.ca 730; " + RANGES_K)),
    Alloy("AU750R", "18 ct rose gold", "ทอง 18K สีชมพู", "gold", "rose", 7500, 15180, (902, 920), (1000, 1040), (450, 600), 10, "#d79a80", Evidence(f"{TMT}; {STULLER}; melting {RIO}", "S", "one commercial alloy with zinc and silver is 14.7; quench rule is critical")),
    Alloy("AU750W-Ni", "18 ct white gold, nickel", "ทองขาว 18K (นิกเกิล)", "gold", "white", 7500, 14640, (943, 943), (1020, 1080), (600, 700), 10, "#d8d4c8", Evidence(f"{TMT}; {STULLER}", "S", "pour range is a house default; needs the nickel release test"), contains_nickel=True),
    Alloy("AU750W-Pd", "18 ct white gold, palladium", "ทองขาว 18K (แพลเลเดียม)", "gold", "white", 7500, 16350, (1100, 1200), (1200, 1300), (650, 750), 12, "#d2d0ca", Evidence("ideal mixing of the recipe: 16.3–16.4", "D", "temperatures and shrinkage are house defaults; never share a factor with nickel white")),
    Alloy("AU585Y", "14 ct yellow gold", "ทอง 14K สีเหลือง", "gold", "yellow", 5850, 13070, (879, 879), (950, 990), (566, 566), 10, "#d8b968", Evidence(f"{TMT}; {STULLER}", "S", "pour and flask: Ganoksin Orchid 2014-08")),
    Alloy("AU585R", "14 ct rose gold", "ทอง 14K สีชมพู", "gold", "rose", 5850, 13260, (935, 935), (980, 1030), (500, 600), 10, "#d6a088", Evidence(TMT, "S", RANGES_K)),
    Alloy("AU585W-Ni", "14 ct white gold, nickel", "ทองขาว 14K (นิกเกิล)", "gold", "white", 5850, 12610, (996, 996), (1030, 1030), (607, 607), 10, "#dad7ce", Evidence(TMT, "S", "pour and flask: Ganoksin Orchid 2014-08; needs the nickel release test"), contains_nickel=True),
    Alloy("AU417Y", "10 ct yellow gold", "ทอง 10K", "gold", "yellow", 4170, 11570, (907, 907), (980, 980), None, 10, "#d6bd7d", Evidence(STULLER, "S", "melting point is a house default; not a UK standard of fineness")),
    Alloy("AU375Y", "9 ct yellow gold", "ทอง 9K สีเหลือง", "gold", "yellow", 3750, 11200, (850, 900), (980, 1030), (500, 600), 10, "#d5bf86", Evidence("ideal mixing; published span 10.9–12.7", "D", "temperatures are house defaults")),
    Alloy("AG925", "sterling silver", "เงินสเตอร์ลิง 925", "silver", "white", 9250, 10360, (893, 893), (970, 1010), (480, 650), 10, "#cfd3d6", Evidence("auenterprises.com weights (Stuller: 10.40)", "S", "melting gemsdictionary.com; pour stuller.com silver comparisons")),
    Alloy("AG958", "Britannia silver", "เงินบริแทนเนีย 958", "silver", "white", 9580, 10420, (900, 940), (1000, 1000), None, 10, "#d6dadd", Evidence("ideal mixing of the recipe", "D", "temperatures are house defaults")),
    Alloy("PT950Ru", "platinum 950, ruthenium", "แพลทินัม 950 (รูทีเนียม)", "platinum", "grey", 9500, 20700, (1780, 1795), (1850, 2000), (800, 1000), 18, "#b9bcbd", Evidence("romanoff.com weight of metal", "S", "temperatures and shrinkage are house defaults; flask at least 800 for filigree: Klotz and Drago 2010")),
    Alloy("PT950Co", "platinum 950, cobalt", "แพลทินัม 950 (โคบอลต์)", "platinum", "grey", 9500, 20800, (1750, 1765), (1800, 1900), (100, 1000), 18, "#b7b9ba", Evidence(STULLER, "S", "sources conflict, ideal mixing gives 20.04: calibrate from own casts; magnetic")),
    Alloy("PT900Ir", "platinum 900, iridium", "แพลทินัม 900 (อิริเดียม)", "platinum", "grey", 9000, 21540, (1780, 1800), (1850, 1850), None, 18, "#bcbebf", Evidence(STULLER, "S", "temperatures and shrinkage are house defaults; soft")),
    Alloy("PD950", "palladium 950", "แพลเลเดียม 950", "palladium", "grey", 9500, 12000, (1380, 1550), (1350, 1400), (600, 900), 15, "#c2c3c1", Evidence("Precious Metals West, Oct 2009", "S", "pour preciousmetalswest.com; melting, flask and shrinkage are house defaults; pour as published lies below the house melting range: follow the supplier's sheet")),
    Alloy("PD500", "palladium 500", "แพลเลเดียม 500", "palladium", "grey", 5000, 11200, None, None, None, 15, "#c6c7c5", Evidence("ideal mixing with silver", "D", "follow the supplier's sheet for heat; shrinkage is a house default")),
    Alloy("CUZN", "jewellers’ brass", "ทองเหลือง", "base", "brass", 0, 8400, (900, 940), (1000, 1050), (450, 550), 12, "#c9a646", Evidence(f"{STULLER}; romanoff.com", "S", "temperatures and shrinkage are house defaults")),
    Alloy("BRZ", "bronze", "สำริด", "base", "bronze", 0, 8800, (950, 1000), (1050, 1150), None, 12, "#a9743b", Evidence("romanoff.com weight of metal", "S", "temperatures and shrinkage are house defaults")),
)  # fmt: skip


def alloy(code: str) -> Alloy:
    """The alloy called `code`; refuses one that is not in the table."""
    return find(ALLOYS, code, "alloy")
