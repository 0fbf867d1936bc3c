"""Every field about which somebody may be asked is named in words, and so is what its value refers to."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum

import pytest

from tests.services.exchange.conftest import Programme, person_id
from tlbb_desktop.data.exchange_tables import SHARED_SETTINGS, ExchangeTable, exchange_tables
from tlbb_desktop.domain.exchange import Named
from tlbb_desktop.domain.exchange_fields import FIELDS
from tlbb_desktop.domain.exchange_names import OF_TABLE, TABLES
from tlbb_desktop.domain.people import Contact, CustodyStay, PersonStatus
from tlbb_desktop.i18n import catalog
from tlbb_desktop.services import exchange_words
from tlbb_desktop.services.exchange_enums import has_words
from tlbb_desktop.services.exchange_values import COLUMN_ENUMS, MEMBER
from tlbb_desktop.services.exchange_words import about_text, value_text, what_text
from tlbb_desktop.services.sealed_forms import SEALED_FORMS
from tlbb_desktop.wiring import Desk

FORMS = {form.table: form.kind for form in SEALED_FORMS if form.table in exchange_tables()}
CODE = "BTB-26-0001"


def may_conflict(table: ExchangeTable) -> Iterator[str]:
    """The fields of a table that a person may have to decide about, as conflicts store them."""
    behind = {column for group in table.together for column in group[1:]}
    for column in table.columns:
        if column in table.quiet | table.once | behind:
            continue
        if column in table.sealed and table.name in FORMS:
            yield from (f"{MEMBER}{each.name}" for each in fields(FORMS[table.name]))
        else:
            yield column


def inner_forms(kind: object, seen: set[object]) -> set[object]:
    """Every dataclass and enum in the hints of a form."""
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum)) and kind not in seen:
        seen.add(kind)
        if is_dataclass(kind):
            for hint in typing.get_type_hints(kind).values():
                inner_forms(hint, seen)
    for part in typing.get_args(kind):
        inner_forms(part, seen)
    return seen


@pytest.mark.parametrize("table", exchange_tables().values(), ids=lambda table: table.name)
def test_every_table_and_every_field_that_may_conflict_has_words_of_its_own(table):
    assert table.name in TABLES
    for field in may_conflict(table):
        name = field.removeprefix(MEMBER)
        assert (table.name, name) in OF_TABLE or name in FIELDS, field


def test_parts_of_forms_and_all_choices_have_words():
    found: set[object] = set()
    for kind in FORMS.values():
        inner_forms(kind, found)
    enums = {each for each in found if isinstance(each, type) and issubclass(each, Enum)} | set(COLUMN_ENUMS.values())
    without = {each for each in enums if not has_words(each)}
    assert {each.__name__ for each in without} == {"Currency"}  # said with its amount
    for form in found - enums:
        for each in fields(form):
            assert each.name in FIELDS or any(name == each.name for _table, name in OF_TABLE), each


def test_words_are_kept_for_no_field_that_is_gone():
    stored = {name.removeprefix(MEMBER) for table in exchange_tables().values() for name in may_conflict(table)}
    groups = {name for table in exchange_tables().values() for group in table.together for name in group}
    inner: set[object] = set()
    for kind in FORMS.values():
        inner_forms(kind, inner)
    inside = {each.name for form in inner if is_dataclass(form) for each in fields(form)}
    assert set(FIELDS) <= stored | groups | inside
    assert set(TABLES) == set(exchange_tables())
    assert {name for name, _field in OF_TABLE} <= set(exchange_tables())
    assert set(exchange_words._SETTINGS) == SHARED_SETTINGS


@pytest.fixture
def differing(programme: Programme) -> Programme:
    """Head office, after much of one person was changed there and at Battambang."""
    for name, moved, status, phones in (
        ("HO", "KSP", PersonStatus.CANDIDATE, "011 111 111"),
        ("BTB", "BTB", PersonStatus.IN_TRAINING, "022 222 222"),
    ):
        desk = programme[name]
        record = desk.people.record(person_id(desk, CODE))
        stays = (replace(record.stays[0], ends_on=date(2026, 11, 2 if name == "HO" else 9)),)
        stays += (CustodyStay(desk.prisons.prison_with_code(moved).id, date(2026, 11, 10), None),)
        contact = Contact("0201", "", phones)
        desk.people.save(replace(record, status=status, stays=stays, contact=contact))
    programme.carry("BTB", "HO")
    return programme


def said_by(desk: Desk, language: str) -> dict[str, tuple[str, str, str]]:
    catalog.activate(language)
    try:
        return {
            what_text(each): (
                about_text(each.about),
                value_text(each.mine.value if each.mine else None),
                value_text(each.theirs.value if each.theirs else None),
            )
            for each in desk.exchange.conflicts()
        }
    finally:
        catalog.activate("en")


def test_both_values_are_said_as_on_every_page(differing):
    english = said_by(differing["HO"], "en")
    about = f"{CODE} ចាន់ សុខ"
    assert english["Person: Status"] == (about, "Candidate", "In training")
    assert english["Stay in prison: Last day"][1:] == ("02/11/2026", "09/11/2026")
    assert english["Address and phones: Phones"] == (about, "011 111 111", "022 222 222")
    khmer = said_by(differing["HO"], "km")
    assert len(khmer) == len(english)
    said = "".join("".join((what, *sides[1:])) for what, sides in khmer.items())
    assert re.search(r"[A-Za-z{}\[\]_]", said) is None, said  # no English, and nothing of how it is stored


def test_what_a_field_refers_to_is_named_in_the_readers_language():
    prison = Named("prison", "ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap prison")
    session = Named("class_session", "SR-MOTO-26", "SR-MOTO-26", date(2026, 10, 9))
    assert value_text(prison) == "Siem Reap prison"
    assert value_text(session) == "Session: SR-MOTO-26 09/10/2026"
    assert value_text(Named("staff")) == "Member of staff, not here"
    catalog.activate("km")
    try:
        assert value_text(prison) == "ពន្ធនាគារខេត្តសៀមរាប"
    finally:
        catalog.activate("en")
