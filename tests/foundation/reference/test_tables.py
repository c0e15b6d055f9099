"""The trade's tables: every row says where it comes from, and the figures agree with published checks."""

import pytest

from foundation.reference.alloys import ALLOYS, alloy
from foundation.reference.hallmarks import RULES, hallmark_rule, is_standard, needs_hallmark
from foundation.reference.plating import PLATINGS, laid_down_mg
from foundation.reference.rings import SYSTEMS
from foundation.reference.rows import NotInTable
from foundation.reference.stones import CUTS, SPECIES, NotAStone, estimate_mct, species

TABLES = [ALLOYS, RULES, PLATINGS, SYSTEMS, SPECIES, CUTS]


@pytest.mark.parametrize("rows", TABLES)
def test_every_row_has_its_own_code_and_says_its_source(rows):
    assert len({r.code for r in rows}) == len(rows)
    for row in rows:
        assert row.evidence.source
        assert row.evidence.confidence in {"S", "D", "K"}
        assert row.evidence.confidence != "K" or row.evidence.is_house_default


def test_an_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(NotInTable, match=r"There is no alloy “AU1000”\. Known: AU999"):
        alloy("AU1000")
    with pytest.raises(NotInTable, match="no stone"):
        species("kryptonite")
    with pytest.raises(NotInTable):
        hallmark_rule("GB", "tin")


def test_figures_of_an_alloy_are_possible():
    for row in ALLOYS:
        assert 0 <= row.fineness_ppt10 <= 9990
        assert 8_000 < row.density_mg_per_cm3 < 22_000
        assert row.name_th
        for span in (row.melting_c, row.pour_c, row.flask_c):
            assert span is None or span[0] <= span[1]


@pytest.mark.parametrize(
    ("metal", "mass_mg"), [("gold", 1000), ("silver", 7780), ("platinum", 500), ("palladium", 1000)]
)
def test_exempt_is_strictly_lighter(metal, mass_mg):
    assert needs_hallmark("GB", metal, mass_mg)
    assert not needs_hallmark("GB", metal, mass_mg - 1)
    assert not needs_hallmark("GB", "base", 10**6)


def test_what_the_assay_office_knows():
    assert is_standard("GB", "gold", alloy("AU750Y").fineness_ppt10)
    assert not is_standard("GB", "gold", alloy("AU417Y").fineness_ppt10)


@pytest.mark.parametrize(
    ("um", "mct"),
    [
        (1000, 4),
        (1300, 8),
        (1500, 12),
        (2000, 30),
        (2500, 58),
        (3000, 100),
        (4000, 236),
        (5000, 461),
        (6500, 1014),
        (8000, 1890),
    ],
)
def test_round_diamonds_weigh_what_the_charts_say(um, mct):
    assert estimate_mct(species_code="diamond", cut_code="round", length_um=um, width_um=um) == mct


def test_measures_that_no_stone_has_are_refused():
    with pytest.raises(NotAStone):
        estimate_mct(species_code="ruby", cut_code="oval", length_um=5000, width_um=6000)


def test_vermeil_lays_down_gold():
    assert laid_down_mg("vermeil", 1_500, 2_500) == 72


def test_a_round_pearl_weighs_what_its_ball_does():
    """An 8 mm ball of 2.70 g/cm³ weighs 723.8 mg; it is sold by its size, no other stone is."""
    assert estimate_mct(species_code="pearl", cut_code="pearl", length_um=8000, width_um=8000) == 3619
    assert [row.code for row in SPECIES if row.by_size] == ["pearl"]
