"""What the care card advises: by the metal that the piece is made of, and by what is set in it."""

import pytest

from packing.care import CHECK, NO_DIP, NO_ULTRASONIC, PEARL, TARNISH, WASH, advice


@pytest.mark.parametrize(
    ("code", "alloy", "has", "lacks"),
    [
        ("gold", "AU750Y", WASH, TARNISH),
        ("gold", "AG925", TARNISH, WASH),
        ("gold_stones", "AG925", TARNISH, WASH),
        ("silver_stones", "AU750W-Pd", WASH, TARNISH),
        ("gold_tender", "PT950Ru", NO_ULTRASONIC, WASH),
        ("gold_pearl", "AG925", NO_DIP, WASH),
        ("gold_pearl", "AU750Y", PEARL, NO_DIP),
        ("pearl", "AU750Y", PEARL, WASH),
        ("platinum", "PT950Ru", CHECK, TARNISH),
        ("silver", "", TARNISH, WASH),
        ("", "", WASH, TARNISH),
        ("what nobody knows", "BRASS", WASH, TARNISH),
    ],
)
def test_silver_is_told_of_tarnish_and_gold_is_not_whatever_the_piece_is_made_in_mostly(code, alloy, has, lacks):
    told = advice(code, alloy)
    assert str(has) in told
    assert str(lacks) not in told
