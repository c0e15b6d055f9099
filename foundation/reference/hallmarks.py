"""Who must be hallmarked: the UK's exemption weights and standards of fineness."""

from dataclasses import dataclass

from foundation.reference.rows import Evidence, find


@dataclass(frozen=True)
class HallmarkRule:
    """A metal in a market. Pieces strictly lighter than `exempt_below_mg` (metal alone, stones off) need no mark."""

    market: str
    metal: str
    exempt_below_mg: int
    standards_ppt10: tuple[int, ...]
    evidence: Evidence

    @property
    def code(self) -> str:
        """Market and metal: "GB:gold"."""
        return f"{self.market}:{self.metal}"


UK = Evidence(
    "weights: anchorcertacademy.net exemption weights; standards: hallmarkingconvention.org, United Kingdom", "S"
)
RULES = (
    HallmarkRule("GB", "gold", 1_000, (3750, 5850, 7500, 9160, 9900, 9990), UK),
    HallmarkRule("GB", "silver", 7_780, (8000, 9250, 9580, 9990), UK),
    HallmarkRule("GB", "platinum", 500, (8500, 9000, 9500, 9990), UK),
    HallmarkRule("GB", "palladium", 1_000, (5000, 9500, 9990), UK),
)
COMPULSORY_MARKS = ("sponsor", "fineness", "office")  # guildofjewellerydesigners.co.uk, hallmarking explained


def hallmark_rule(market: str, metal: str) -> HallmarkRule:
    """The rule for `metal` in `market`; refuses a pair that has none."""
    return find(RULES, f"{market}:{metal}", "hallmark rule")


def needs_hallmark(market: str, metal: str, mass_mg: int) -> bool:
    """Whether a piece described as `metal` must be marked before it is sold in `market`.

    Exempt is strictly lighter than the threshold: a gold piece of exactly 1.000 g must be marked. Base metal and
    markets without a rule here need none.
    """
    return any(r.market == market and r.metal == metal and mass_mg >= r.exempt_below_mg for r in RULES)


def is_standard(market: str, metal: str, fineness_ppt10: int) -> bool:
    """Whether the assay office of `market` has a mark for this fineness."""
    return any(r.market == market and r.metal == metal and fineness_ppt10 in r.standards_ppt10 for r in RULES)
