"""Ring size systems: each is a straight line from a counter to a circumference or an inner diameter, in µm."""

from dataclasses import dataclass
from fractions import Fraction

from foundation.reference.rows import Evidence, find

PI = Fraction(314159265358979323846, 10**20)


@dataclass(frozen=True)
class RingSystem:
    """Sizes `first` to `last` in steps of 1/`per_unit`: measure = start_um + step_um × size, of the circumference or diameter."""

    code: str
    name: str
    measures: str
    start_um: Fraction
    step_um: Fraction
    first: int
    last: int
    per_unit: int
    evidence: Evidence

    def inner_um_at(self, size: Fraction) -> Fraction:
        """The inner diameter at `size`, exactly."""
        measure = self.start_um + self.step_um * size
        return measure / PI if self.measures == "circumference" else measure


SYSTEMS = (
    RingSystem("UK", "UK (BS 6820)", "circumference", Fraction(37_500), Fraction(1_250), 0, 31, 2, Evidence("BS 6820 by common practice", "K", "step 1.25 mm is confirmed by checkringsize.pages.dev, which quotes 37.8 as the start")),
    RingSystem("US", "US and Canada", "diameter", Fraction("11633.2"), Fraction("812.8"), 0, 16, 4, Evidence("checkringsize.pages.dev conversion guide", "S", "25.4 × (0.458 + 0.032 n)")),
    RingSystem("EU", "EU (ISO 8653)", "circumference", Fraction(0), Fraction(1_000), 41, 76, 1, Evidence("BS EN ISO 8653:2014", "S", "the number is the inner circumference in mm")),
    RingSystem("JP", "Japan", "diameter", Fraction(13_000) - Fraction(1_000, 3), Fraction(1_000, 3), 1, 35, 1, Evidence("checkringsize.pages.dev conversion guide", "S", "13 + (n − 1) / 3")),
    RingSystem("IT", "Italy, Spain, Switzerland", "circumference", Fraction(40_000), Fraction(1_000), 1, 36, 1, Evidence("liquisearch.com ring size systems", "S", "inner circumference less 40 mm")),
)  # fmt: skip


def ring_system(code: str) -> RingSystem:
    """The system called `code`; refuses one that is not in the table."""
    return find(SYSTEMS, code, "ring size system")
