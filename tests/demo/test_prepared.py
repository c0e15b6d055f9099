"""A written-down house is taken in by tables that have changed since."""

import lzma
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from demo import prepared
from foundation.house.models import Seller, Site

pytestmark = pytest.mark.django_db(transaction=True)
WRITTEN_AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TABLE = "house_site"


@pytest.fixture
def written(tmp_path):
    """Writes down a house with one site as another version would have, by changing rows of names and values; then empties it."""

    def write(change):
        file = tmp_path / "written.xz"
        prepared.keep(at=WRITTEN_AT, told={}, file=file)
        before, _, rest = lzma.decompress(file.read_bytes()).decode().partition(f"\n{TABLE} ")
        rows, _, after = rest.partition("\n\\.")
        names, values = (row.split(" " if n == 0 else "\t") for n, row in enumerate(rows.split("\n")))
        change(names, values)
        rows = " ".join(names) + "\n" + "\t".join(values)
        file.write_bytes(lzma.compress(f"{before}\n{TABLE} {rows}\n\\.{after}".encode()))
        Site.objects.all().delete()
        Seller.objects.all().delete()
        return file

    seller = Seller.objects.create(code="uk", legal_name="Ajour Ltd", country="GB", currency="GBP", invoice_prefix="AJ")
    Site.objects.create(seller=seller, code="london", name="London", country="GB", time_zone="Europe/London")
    return write


def default_of(column):
    asked = "SELECT column_default FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
    with connection.cursor() as cursor:
        return cursor.execute(asked, [TABLE, column]).fetchone()[0]


def test_a_column_that_came_since_has_its_fields_default_and_the_table_keeps_none(written):
    def before_showrooms(names, values):
        at = names.index("is_showroom")
        del names[at], values[at]

    prepared.take_in(now=WRITTEN_AT + timedelta(days=3), file=written(before_showrooms))
    assert Site.objects.get().is_showroom is False
    assert default_of("is_showroom") is None


def test_a_column_that_went_is_left_out(written):
    def with_one_more(names, values):
        names.insert(2, "forgotten")
        values.insert(2, "a value")

    prepared.take_in(now=WRITTEN_AT + timedelta(days=3), file=written(with_one_more))
    assert Site.objects.get().name == "London"
