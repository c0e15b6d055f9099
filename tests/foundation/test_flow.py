"""A flow is a table that refuses to be built wrong."""

import pytest
from django.db.models import TextChoices

from foundation.flow import Flow, Move, WrongTurn


class Light(TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"
    DARK = "dark", "Dark"


MOVES = [Move(Light.RED, Light.GREEN), Move(Light.GREEN, Light.RED), Move(Light.GREEN, Light.DARK, by=("admin",))]


def test_a_move_written_twice_is_refused_as_the_table_is_built():
    with pytest.raises(TypeError, match="written twice"):
        Flow(Light.RED, [*MOVES, Move(Light.RED, Light.GREEN)])


def test_a_state_that_nothing_leads_to_is_refused_as_the_table_is_built():
    with pytest.raises(TypeError, match="nothing leads to"):
        Flow(Light.RED, MOVES[:2])


def test_a_move_that_is_not_in_the_table_is_refused_in_words():
    with pytest.raises(WrongTurn, match=r"^This was done already: it is “Red”\. Look again\.$"):
        Flow(Light.RED, MOVES).find("red", "red")
    with pytest.raises(WrongTurn, match=r"^Red cannot become Dark\.$"):
        Flow(Light.RED, MOVES).find("red", "dark")


def test_ends_and_moves_are_read_off_the_table():
    flow = Flow(Light.RED, MOVES)
    assert flow.ends == [Light.DARK]
    assert [m.new for m in flow.after("green")] == [Light.RED, Light.DARK]
    assert "green --> dark: admin" in flow.diagram()
