"""Which compartment each table of a case belongs to."""

from __future__ import annotations

from sqlalchemy import LargeBinary

from tlbb_desktop.data import models
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.sealed_columns import sealed_tables
from tlbb_desktop.services.sealed_forms import SEALED_FORMS


def test_every_table_with_a_sealed_column_is_sealed_anew_when_keys_change():
    with_sealed = {
        table.name
        for table in Record.metadata.sorted_tables
        if any(type(each.type) is LargeBinary and each.name in ("content", "search_key") for each in table.columns)
    }
    assert with_sealed <= {table.name for table in sealed_tables()}


def test_forms_are_opened_under_the_key_that_their_table_is_sealed_under():
    told = {table.name: table.compartment.strip("'") for table in sealed_tables()}
    opened = {form.table: form.compartment.value if form.compartment else "compartment" for form in SEALED_FORMS}
    assert {name: told[name] for name in opened} == opened


def test_what_a_trainer_can_read_of_a_case_is_that_there_is_one_and_who_is_responsible():
    columns = set(models.CaseFileRow.__table__.columns.keys())
    assert {"person_id", "worker_id", "state"} <= columns
    assert not columns & {"risk", "charge", "release_on", "content"}
