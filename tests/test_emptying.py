"""A test that commits leaves nothing to the next."""

import pytest
from django.db import DatabaseError, transaction

from foundation.house.models import Seller, Site
from foundation.people.models import User
from production.shapes.models import Measured
from tests.emptying import empty, full


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_finds_the_tables_empty(turn):
    assert full() == []
    User.objects.create_user(f"{turn}@a.example")
    seller = Seller.objects.create(code="s", legal_name="S Ltd", address="1 St", country="GB", currency="GBP", invoice_prefix="S", email="s@s.example")  # fmt: skip
    assert sorted(full()) == ["house_seller", "people_user"]
    Site.objects.create(seller=seller, code="bench", name="Bench", address="", country="GB", time_zone="Europe/London")
    empty()
    assert full() == []


@pytest.mark.django_db(transaction=True)
def test_rows_that_nobody_may_delete_go_too():
    """What only ever grows is guarded by triggers: they sleep then, and are awake again."""
    for _ in range(2):
        Measured.objects.create(fingerprint="f", family="band", parameters={}, volume_um3=1, box_x_um=1, box_y_um=1, box_z_um=1)  # fmt: skip
        with pytest.raises(DatabaseError, match="rows from shapes_measured"), transaction.atomic():
            Measured.objects.all().delete()
        empty()
        assert full() == []
