"""What each role sees of a person's form, and what it may change there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.people import add_person
from tests.gui.people_form import form_of, press_save, screen, screen_at
from tlbb_desktop.domain.people import Contact
from tlbb_desktop.domain.staff import Role

__all__ = ["screen", "screen_at"]
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def test_agreements_are_for_those_whose_role_opens_them(screen_at, desk, desk_as):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    for role, shown in ((Role.SOCIAL_WORKER, True), (Role.LIAISON, False), (Role.TRAINER, False)):
        screen = screen_at(desk_as(role))
        screen.open_person(person_id)
        assert form_of(screen).photoConsentBox.isVisible() is shown


def test_a_liaison_is_not_shown_the_address_below_the_province(screen_at, desk, desk_as):
    person_id = add_person(desk, "សុខ", "ដារ៉ា", province_code="17", contact=Contact("17040305", "", "012 345 678"))
    screen = screen_at(desk_as(Role.LIAISON))
    screen.open_person(person_id)
    form = form_of(screen)
    assert form.placeEdit.lines[2].isVisibleTo(form.sheet)
    assert not form.placeEdit.lines[8].isVisibleTo(form.sheet)
    assert not form.phonesField.isVisibleTo(form.sheet)
    assert form.birthField.isVisibleTo(form.sheet)
    assert screen.draft_compartment() == "legal"
    form.nicknameEdit.setText("តូច")
    press_save(screen)
    assert desk.people.record(person_id).contact == Contact("17040305", "", "012 345 678")
    assert desk.people.record(person_id).names.nickname == "តូច"


def test_a_trainer_sees_no_protected_field_and_can_change_nothing(screen_at, desk, desk_as):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen = screen_at(desk_as(Role.TRAINER))
    screen.open_person(person_id)
    form = form_of(screen)
    for field in (form.birthField, form.releaseOnField, form.papersCard, form.phonesField):
        assert not field.isVisibleTo(form.sheet)
    assert form.familyKmEdit.isReadOnly()
    assert not form.saveButton.isVisible()
    press_save(screen)
    assert desk.people.record(person_id).version == 1


@pytest.mark.parametrize("role", [Role.TRAINER, Role.SOCIAL_WORKER])
def test_the_planned_month_stands_at_the_edge_where_no_date_stands_before_it(screen_at, desk, desk_as, role):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen = screen_at(desk_as(role))
    screen.open_person(person_id)
    form = form_of(screen)
    assert column_of_month(form) == (0 if role is Role.TRAINER else 1)


def test_the_planned_month_goes_back_beside_the_date_where_a_record_shows_one(screen, desk):
    record = desk.people.record(add_person(desk, "សុខ", "ដារ៉ា"))
    screen.open_person(record.id)
    form = form_of(screen)
    for identity, column in ((None, 0), (record.identity, 1), (None, 0)):
        screen.form_page._fields.show(replace(record, identity=identity))
        assert column_of_month(form) == column


def column_of_month(form) -> int:
    form.custodyCard.layout().activate()
    grid = form.releaseGrid
    return grid.getItemPosition(grid.indexOf(form.releaseMonthField))[1]
