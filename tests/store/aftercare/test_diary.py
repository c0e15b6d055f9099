"""Which entries of the diary are worth telling."""

from datetime import UTC, datetime, timedelta

import pytest

from store.aftercare.diary import lasting
from store.orders.models import Diary

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def row(pk, headline, seconds, work=1):
    return Diary(pk=pk, work_order_id=work, headline=headline, at=AT + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row(1, "on_hold", 0), row(2, "resumed", 1)], []),
        ([row(1, "on_hold", 0), row(2, "resumed", 90)], [1, 2]),
        ([row(1, "on_hold", 0)], [1]),
        ([row(2, "resumed", 5)], [2]),
        ([row(1, "on_hold", 0, work=1), row(2, "resumed", 1, work=2)], [1, 2]),
        ([row(3, "changed", 2), row(2, "resumed", 1), row(1, "on_hold", 0)], [3]),
    ],
)
def test_a_rest_that_made_nobody_wait_is_not_told(rows, told):
    assert [one.pk for one in lasting(rows)] == told
