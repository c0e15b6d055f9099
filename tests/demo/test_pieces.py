"""The demo's pieces are possible: their stones weigh what such stones weigh, their prices cover their metal."""

from fractions import Fraction

import pytest

from demo.catalogue import DESIGNS
from demo.pieces import L
from demo.shelves import facts_of
from demo.workshop import FIXINGS, LOTS
from foundation.reference.alloys import alloy
from foundation.reference.stones import cut, estimate_mct, species
from production import offer

DUG_PER_KG = 10**10
CHOICES = [(design, choice) for design in DESIGNS for choice in design.choices]
READY = [(design, code) for design in DESIGNS for code in design.prices]


@pytest.mark.parametrize(("design", "choice"), CHOICES)
def test_a_stone_weighs_what_the_reference_formula_says_of_its_size(design, choice):
    species(choice.species), cut(choice.cut)
    expected = estimate_mct(
        species_code=choice.species, cut_code=choice.cut, length_um=choice.length_um, width_um=choice.width_um
    )
    assert abs(choice.mct - expected) * 100 <= 15 * expected, (choice.mct, expected)


@pytest.mark.parametrize(("design", "choice"), CHOICES)
def test_a_stone_says_its_treatment_and_where_it_is_from(design, choice):
    assert choice.treatment
    assert choice.origin
    assert (choice.grown == "lab") == (choice.origin == "laboratory-grown")
    assert bool(choice.lab) == bool(choice.report)


@pytest.mark.django_db
@pytest.mark.parametrize(("design", "code"), READY)
def test_the_price_of_a_ready_made_piece_covers_its_metal_and_its_vat(design, code):
    facts = facts_of(design, code, (design.sizes_um or (None,))[-1])
    row = alloy(code)
    metal = Fraction(facts["metal_mg"] * row.fineness_ppt10 * FIXINGS[row.metal][-1], DUG_PER_KG)
    net = Fraction(design.prices[code] * 5, 6)
    assert net > metal * Fraction(115, 100)


@pytest.mark.django_db
def test_silver_is_under_a_hundred_pounds():
    silver = [design.prices["AG925"] for design in DESIGNS if "AG925" in design.prices]
    assert silver
    assert max(silver) < 100_00


@pytest.mark.django_db
@pytest.mark.parametrize(("design", "choice"), CHOICES)
def test_every_stone_fits_its_piece_in_every_metal(design, choice):
    measures = design.parameters | {"cut": choice.cut, "stone_width_um": choice.width_um, "inner_diameter_um": L}
    if choice.length_um != choice.width_um:
        measures["stone_length_um"] = choice.length_um
    for code in design.metals:
        assert offer.weigh(family=design.family, parameters=measures, alloy=code).finished_mg > 1_000


def test_the_safe_holds_every_alloy_that_is_offered():
    assert {code for design in DESIGNS for code in (*design.metals, *design.prices)} <= {code for code, _ in LOTS}
