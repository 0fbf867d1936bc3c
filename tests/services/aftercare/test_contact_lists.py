"""The list of contacts after release: what is due when, and who may read it."""

from __future__ import annotations

from datetime import date

import pytest

from tlbb_desktop.domain.due_contacts import When, when_due
from tlbb_desktop.domain.errors import NotPermitted
from tlbb_desktop.domain.follow_ups import AttemptForm, ContactMode, Reached
from tlbb_desktop.domain.staff import Role

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("late_after", "when"),
    [
        (date(2026, 11, 26), When.OVERDUE),
        (date(2026, 11, 27), When.TODAY),
        (date(2026, 12, 3), When.WEEK),
        (date(2026, 12, 4), When.LATER),
    ],
)
def test_the_last_day_on_time_decides(late_after, when) -> None:
    assert when_due(late_after, TODAY) is when


def test_overdue_contacts_stand_first_with_their_tries(desk, freed) -> None:
    first = next(each for each in desk.follow_ups.plan(freed.release_id) if each.form.kind.value == "72h")
    tried = AttemptForm(date(2026, 11, 26), ContactMode.HOME_VISIT, Reached.NOT_REACHED)
    next_on = desk.follow_ups.note_attempt(first.id, tried)
    lines = desk.contact_lists.due()
    assert (lines[0].follow_up_id, lines[0].when, lines[0].tries) == (first.id, When.OVERDUE, 1)
    assert lines[0].next_on == next_on
    assert {line.person.shown_name for line in lines} == {"សុខ ដារ៉ា"}


def test_whose_contacts_are_over_stays_on_the_list(desk, freed) -> None:
    for each in desk.follow_ups.plan(freed.release_id):
        desk.follow_ups.give_up(each.id, each.version)
    (line,) = desk.contact_lists.due()
    assert (line.when, line.kind, line.person.person_id) == (When.OVER, None, freed.person_id)


def test_nobody_else_reads_the_list(desk, freed, desk_as) -> None:
    for role in (Role.TRAINER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            desk_as(role).contact_lists.due()
