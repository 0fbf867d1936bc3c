"""What a role may not see does not travel to the laptop where only that role works."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.services.exchange.conftest import add_person, codes, person_id, said
from tlbb_desktop.data.exchange_tables import STAYS_HERE, exchange_tables
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.sealed_columns import sealed_tables
from tlbb_desktop.domain.people import Contact, CustodyStay


def with_contact(desk, code: str, phones: str) -> None:
    desk.people.save(replace(desk.people.record(person_id(desk, code)), contact=Contact("", "", phones)))


def test_every_table_either_travels_or_stays_and_each_sealed_one_is_limited():
    assert set(exchange_tables()) | STAYS_HERE == {table.name for table in Record.metadata.sorted_tables}
    assert not set(exchange_tables()) & STAYS_HERE
    limited = {table.name for table in exchange_tables().values() if table.compartment}
    assert {table.name for table in sealed_tables()} - STAYS_HERE == limited


def test_a_trainers_laptop_gets_no_protected_row_and_nobody_of_another_prison(programme):
    office = programme["HO"]
    with_contact(office, "SR-26-0001", "012 345 678")
    programme.carry("HO", "SR")
    laptop = programme["SR"]
    assert codes(laptop) == {"SR-26-0001"}
    rows = said(laptop)
    for table in exchange_tables().values():
        if table.compartment:
            assert rows[table.name] == {}, table.name
    assert rows["case_file"] == rows["consent"] == {}
    assert json.loads(own_row(laptop).compartments) == ["db"]


def own_row(desk):
    with desk.office.store.read() as connection:
        return connection.exec_driver_sql("SELECT compartments, prisons FROM exchange_laptop WHERE own").one()


def test_a_social_workers_laptop_gets_what_lies_under_keys_about_its_own_people_only(programme):
    office = programme["HO"]
    with_contact(office, "SR-26-0001", "012 345 678")
    with_contact(office, "BTB-26-0001", "087 654 321")
    programme.carry("HO", "BTB")
    laptop = programme["BTB"]
    assert codes(laptop) == {"BTB-26-0001"}
    assert laptop.people.record(person_id(laptop, "BTB-26-0001")).contact == Contact("", "", "087 654 321")
    assert len(said(laptop)["person_contact"]) == 1


def test_somebody_who_is_moved_to_a_prison_comes_whole_with_the_next_bundle(programme):
    office, laptop = programme["HO"], programme["BTB"]
    with_contact(office, "SR-26-0001", "012 345 678")
    programme.carry("HO", "BTB")
    programme.carry("BTB", "HO")
    programme.carry("HO", "BTB")
    record = office.people.record(person_id(office, "SR-26-0001"))
    there = office.prisons.prison_with_code("BTB").id
    today = office.office.clock.today()
    moved = (replace(record.stays[0], ends_on=today), CustodyStay(there, today, None))
    office.people.save(replace(record, stays=moved))
    programme.carry("HO", "BTB")
    assert laptop.people.record(person_id(laptop, "SR-26-0001")).contact == Contact("", "", "012 345 678")


def test_what_a_site_entered_goes_to_head_office_and_to_no_other_site(programme):
    add_person(programme["SR"], "SR-26-0050")
    programme.carry("SR", "HO")
    programme.carry("HO", "BTB")
    assert "SR-26-0050" in codes(programme["HO"])
    assert codes(programme["BTB"]) == {"BTB-26-0001"}


@pytest.mark.parametrize("name", ["series", "sender", "prison", "last_backup"])
def test_what_belongs_to_one_laptop_stays_there(programme, name):
    office, laptop = programme["HO"], programme["SR"]
    before = laptop.settings.get(name)
    office.settings.put("late_minutes", 20)
    if name not in ("series", "sender", "prison"):
        office.settings.put(name, ["of head office"])
    programme.carry("HO", "SR")
    assert laptop.settings.get(name) == before
    assert laptop.settings.get("late_minutes") == 20


def test_a_site_says_until_which_day_its_record_is_here(programme):
    office = programme["HO"]
    assert [(each.name, each.day) for each in office.exchange.current_until()] == [("BTB", None), ("SR", None)]
    programme.carry("SR", "HO")
    today = office.office.clock.today()
    assert [(each.name, each.day) for each in office.exchange.current_until()] == [("BTB", None), ("SR", today)]
    assert isinstance(today, date)
