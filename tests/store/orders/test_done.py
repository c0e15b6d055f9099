"""What the buyer reads of the work that was done."""

import pytest
from django.utils.translation import override

from production.tickets.models import HoldCause
from store.orders.done import in_words

CAST = {"done": "casting", "pieces": 1, "mg": 3040, "alloy": "AU750R", "others": 5}
SET = {"done": "assembly", "pieces": 1, "mg": 3350, "stones": [{"species": "spinel", "count": 1, "mct": 770}]}
PEARLS = {**SET, "stones": [{"species": "pearl", "count": 2, "mct": 5962, "width_um": 7500}]}
HALO = {**SET, "stones": [*SET["stones"], {"species": "diamond", "count": 16, "mct": 200}]}
FINISHED = {"done": "finishing", "pieces": 1, "mg": 3210, "engraving": "12.06.2026", "plating": ""}
PASSED = {"done": "quality", "pieces": 1, "mg": 3210, "ring_inner_um": 17130, "hallmark_status": "marked"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            CAST,
            "Cast in 18 ct rose gold. Poured with 5 other pieces. It came out of the flask at 3.04\xa0g.",
        ),
        (CAST | {"others": 0}, "Cast in 18 ct rose gold. It came out of the flask at 3.04\xa0g."),
        (
            CAST | {"pieces": 4, "others": 1},
            "Cast in 18 ct rose gold. Poured with one other piece. They came out of the flask at 3.04\xa0g together.",
        ),
        (SET, "Set: spinel 0.77\xa0ct. 3.35\xa0g on the scale."),
        (HALO, "Set: spinel 0.77\xa0ct and 16 × diamond 0.20\xa0ct. 3.35\xa0g on the scale."),
        (PEARLS, "Set: 2 × pearl 7.5\xa0mm. 3.35\xa0g on the scale."),
        (SET | {"stones": []}, "Filed and fitted. 3.35\xa0g on the scale."),
        (FINISHED, "Polished. Engraved “12.06.2026”. 3.21\xa0g on the scale."),
        (PASSED, "Measured and found right. 3.21\xa0g on the scale. 17.13\xa0mm inside. The hallmark is struck."),
        (
            PASSED | {"ring_inner_um": None, "hallmark_status": "exempt"},
            "Measured and found right. 3.21\xa0g on the scale.",
        ),
        ({"fault": "ST-LOO", "again": "assembly"}, "A stone did not sit as it should. The setter does it again."),
        ({"cause": "material"}, "We wait for material."),
        ({"cause": "problem"}, "The bench looks at something before it goes on."),
        ({"cause": "other"}, "It lies aside for a while."),
        ({}, ""),
    ],
)
def test_the_figures_of_the_news_are_said_in_sentences(facts, said):
    assert in_words(facts) == said


def test_in_thai_too():
    with override("th"):
        assert in_words(CAST) != ""
        assert "Poured" not in in_words(CAST)


@pytest.mark.parametrize("cause", HoldCause.values)
def test_a_piece_that_rests_never_rests_without_a_word(cause):
    assert in_words({"cause": cause})
