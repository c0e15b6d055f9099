"""Stones in words: what they are sold by, and where they grew."""

import pytest

from store.catalogue.wording import stone_kind_name, stones_line


@pytest.mark.parametrize(
    ("stone", "said"),
    [
        ({"code": "sapphire", "cut_code": "oval", "mct": 1400, "count": 1}, "Oval sapphire, 1.40\xa0ct"),
        ({"code": "diamond", "cut_code": "round", "mct": 1100, "count": 22}, "22 × diamond, 1.10\xa0ct in all"),
        (
            {"code": "diamond", "cut_code": "round", "mct": 1050, "count": 1, "grown": "lab"},
            "Round diamond, laboratory-grown, 1.05\xa0ct",
        ),
        (
            {"code": "pearl", "cut_code": "pearl", "mct": 5962, "count": 2, "grown": "cultured", "um": 7500},
            "2 × cultured pearl, 7.5\xa0mm",
        ),
        (
            {"code": "pearl", "cut_code": "pearl", "mct": 3619, "count": 1, "grown": "cultured", "um": 8000},
            "Cultured pearl, 8.0\xa0mm",
        ),
        (
            {"code": "pearl", "cut_code": "pearl", "mct": 3619, "count": 1, "grown": "mined", "um": 8000},
            "Natural pearl, 8.0\xa0mm",
        ),
        (
            {"code": "pearl", "cut_code": "pearl", "mct": 3619, "count": 1, "grown": "cultured"},
            "Cultured pearl, 3.62\xa0ct",
        ),
        ({"code": "", "cut_code": "", "mct": 0, "count": 0}, ""),
    ],
)
def test_a_stone_is_told_by_what_it_is_sold_by(stone, said):
    assert stones_line(**stone) == said


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("none", "No stone"),
        ("ruby:mined", "Ruby"),
        ("diamond:lab", "Diamond, laboratory-grown"),
        ("pearl:cultured", "Cultured pearl"),
        ("pearl:mined", "Natural pearl"),
    ],
)
def test_a_filter_tells_where_a_stone_grew(kind, name):
    assert stone_kind_name(kind) == name
