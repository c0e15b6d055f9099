"""Tables that are made the quick way are the tables that Django makes."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from foundation.tables import new_tables_drawn_alone

ROOMS = [("packing", "0001_tables"), ("catalogue", "0001_tables"), ("payments", "0001_tables")]
"""Their tables, and those they stand on, point at each other and guard themselves in every way the house knows."""


def written():
    """The SQL of all steps to these rooms, from an empty database on; and how many models were drawn at the end."""
    state, said = ProjectState(), []
    for step, _ in MigrationExecutor(connection).migration_plan(ROOMS, clean_start=True):
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            state = step.apply(state, editor, collect_sql=True)
        said += editor.collected_sql
    return said, {(model._meta.label, len(model._meta.get_fields())) for model in state.apps.get_models()}


@pytest.mark.django_db
def test_the_same_is_written_to_the_database_and_the_same_models_stand_at_the_end():
    with new_tables_drawn_alone():
        quick = written()
    assert sum("CREATE TABLE" in line for line in quick[0]) > 30
    assert written() == quick
