"""A ring is a diameter; sizes are labels that agree with the published tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.length import (
    NotALength,
    NotARingSize,
    circumference_um,
    format_mm,
    nearest,
    parse_mm,
    parse_ring,
    ring_sizes,
)

# US, ID in 1/100 mm, circumference in 1/10 mm, UK, EU, JP, Italian in 1/10
TABLE = [
    ("3", 1407, 442, "F½", "44", "4", 42), ("4", 1488, 468, "H½", "47", "7", 68), ("4½", 1529, 480, "I½", "48", "8", 80),
    ("5", 1570, 493, "J½", "49", "9", 93), ("5½", 1610, 506, "K½", "51", "10", 106), ("6", 1651, 519, "L½", "52", "12", 119),
    ("6½", 1692, 531, "M½", "53", "13", 131), ("7", 1732, 544, "N½", "54", "14", 144), ("7½", 1773, 557, "O½", "56", "15", 157),
    ("8", 1814, 570, "P½", "57", "16", 170), ("8½", 1854, 583, "Q½", "58", "18", 183), ("9", 1895, 595, "R½", "60", "19", 195),
    ("9½", 1935, 608, "S½", "61", "20", 208), ("10", 1976, 621, "T½", "62", "21", 221), ("11", 2057, 646, "V½", "65", "24", 246),
    ("12", 2139, 672, "Y", "67", "26", 272), ("13", 2220, 697, "Z+1", "70", "29", 297),
]  # fmt: skip


@pytest.mark.parametrize(("us", "inner", "around", "uk", "eu", "jp", "italian"), TABLE)
def test_the_whole_table_of_ring_sizes(us, inner, around, uk, eu, jp, italian):
    ring = parse_ring(f"US:{us}")
    assert abs(ring.inner_um - inner * 10) <= 5
    assert abs(circumference_um(ring.inner_um) - around * 100) <= 55
    assert abs(circumference_um(ring.inner_um) - 40_000 - italian * 100) <= 55
    assert [nearest(s, ring.inner_um).label for s in ("UK", "EU", "JP")] == [uk, eu, jp]


@pytest.mark.parametrize("system", ["UK", "US", "EU", "JP", "IT"])
def test_every_size_is_its_own_nearest_and_reads_back(system):
    sizes = ring_sizes(system)
    assert [s.inner_um for s in sizes] == sorted({s.inner_um for s in sizes})
    for size in sizes:
        assert nearest(system, size.inner_um) == size == parse_ring(f"{system}:{size.label}")


@given(st.integers(12_000, 23_000), st.sampled_from(["UK", "US"]))
def test_nearest_is_within_half_a_step(inner_um, system):
    assert abs(nearest(system, inner_um).inner_um - inner_um) <= 200


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("UK:N", "UK N"),
        ("N½", "UK N½"),
        ("n 1/2", "UK N½"),
        ("N.5", "UK N½"),
        ("54", "EU 54"),
        ("US 6.5", "US 6½"),
        ("us:7", "US 7"),
        ("Z+1", "UK Z+1"),
        ("JP:14", "JP 14"),
        ("US 6.25", "US 6¼"),
    ],
)
def test_typed_ring_sizes_are_read(text, label):
    assert str(parse_ring(text)) == label


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("7", "Say which"),
        ("", "Say which"),
        ("EU:99", "from 41 to 76"),
        ("UK:N¼", "not a UK ring size"),
        ("hello", "not a UK ring size"),
    ],
)
def test_unclear_ring_sizes_are_refused_in_a_sentence(text, sentence):
    with pytest.raises(NotARingSize, match=sentence):
        parse_ring(text)


def test_millimetres():
    assert parse_mm("17.32 mm") == 17_320
    assert format_mm(17_320) == "17.32\xa0mm"
    for bad, sentence in (("17,3", "not a comma"), ("-1", "not a length"), ("1.2345", "finer")):
        with pytest.raises(NotALength, match=sentence):
            parse_mm(bad)
