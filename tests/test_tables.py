"""The tables that each process copies are those of the code as it stands."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests import tables


@pytest.mark.django_db
def test_a_copy_has_every_migration_and_no_row(capsys):
    call_command("migrate", check_unapplied=True)
    assert connection.settings_dict["TEST"]["TEMPLATE"].startswith(tables.STEM)


def test_another_migration_or_library_makes_them_anew_and_other_code_does_not(tmp_path):
    room = tmp_path / "store" / "orders"
    (room / "migrations").mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("django==5.2")
    told = [tables.fingerprint(tmp_path)]
    (room / "migrations" / "0001_tables.py").write_text("tables")
    told.append(tables.fingerprint(tmp_path))
    (tmp_path / "requirements.txt").write_text("django==5.3")
    told.append(tables.fingerprint(tmp_path))
    (room / "views.py").write_text("views")
    assert (len(set(told)), tables.fingerprint(tmp_path)) == (3, told[-1])
