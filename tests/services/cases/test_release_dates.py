"""The story of a release date, the working day that is planned, and the change of many with one undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.cases.conftest import RELEASED, TODAY
from tlbb_desktop.domain.classes import STAFF, Holiday
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.release_dates import DateBatch, DateCause, full_months_between, months_earlier, planned_day
from tlbb_desktop.domain.staff import Role

PARDON = DateBatch(DateCause.REDUCTION, "Royal decree, Water Festival", months=6)


def days(changes) -> list[tuple[date | None, date | None]]:
    return [(change.old_on, change.new_on) for change in changes]


@pytest.mark.parametrize(
    ("official", "planned"),
    [
        (date(2026, 4, 15), date(2026, 4, 13)),
        (date(2026, 10, 11), date(2026, 10, 9)),
        (date(2026, 5, 3), date(2026, 4, 30)),
        (date(2027, 1, 24), date(2027, 1, 22)),
    ],
)
def test_nobody_is_planned_to_leave_on_a_weekend_or_holiday(room, official, planned):
    person = room.person()
    room.manager.release_dates.set_date(person, official, DateCause.SENTENCE, "court", RELEASED)
    story = room.manager.release_dates.story(person)
    assert (story.official_on, story.planned_on) == (official, planned)


def test_a_holiday_that_staff_add_moves_the_planned_day(room):
    person = room.person()
    assert room.manager.release_dates.story(person).planned_on == date(2027, 1, 22)
    room.manager.calendar.save(Holiday(date(2027, 1, 22), "បុណ្យ", "Feast", source=STAFF), None)
    assert room.manager.release_dates.story(person).planned_on == date(2027, 1, 21)


def test_every_move_is_kept_with_its_cause_and_the_list_shows_the_planned_month(room):
    person, desk = room.person(), room.desk("liaison", Role.LIAISON)
    desk.release_dates.set_date(person, date(2026, 11, 1), DateCause.REDUCTION, " decree ", RELEASED)
    story = desk.release_dates.set_date(person, date(2026, 12, 10), DateCause.APPEAL, "court", date(2026, 11, 1))
    assert [(line.official_on, line.cause, line.source) for line in story.lines] == [
        (date(2026, 12, 10), DateCause.APPEAL, "court"),
        (date(2026, 11, 1), DateCause.REDUCTION, "decree"),
    ]
    assert [line.before_on for line in story.lines] == [date(2026, 11, 1), RELEASED]
    record = room.manager.people.record(person)
    assert (record.identity.release_on, record.release_month) == (date(2026, 12, 10), Month(2026, 12))


def test_a_date_from_the_persons_form_stands_in_the_story_without_a_cause(room):
    (line,) = room.manager.release_dates.story(room.person()).lines
    assert (line.official_on, line.cause) == (RELEASED, DateCause.UNSAID)


def test_a_release_before_the_admission_is_refused(room):
    with pytest.raises(Refused, match="before the admission"):
        room.manager.release_dates.set_date(room.person(), date(2026, 1, 4), DateCause.PARDON, "decree", RELEASED)


def test_a_date_needs_a_source(room):
    with pytest.raises(Refused, match="Say who"):
        room.manager.release_dates.set_date(room.person(), TODAY, DateCause.PARDON, "  ", RELEASED)


def test_two_who_move_a_date_at_once_do_not_overwrite_each_other(room):
    person = room.person()
    room.manager.release_dates.set_date(person, TODAY, DateCause.PARDON, "decree", RELEASED)
    with pytest.raises(ChangedMeanwhile):
        room.manager.release_dates.set_date(person, TODAY, DateCause.APPEAL, "court", RELEASED)


def test_release_dates_wait_for_no_consent_and_no_case(room):
    person = room.person()
    story = room.desk("liaison", Role.LIAISON).release_dates.set_date(person, None, DateCause.BAIL, "court", RELEASED)
    assert (story.official_on, story.planned_on) == (None, None)


def test_a_royal_reduction_is_previewed_made_and_taken_back_once(room):
    first, second = room.person("0001"), room.person("0002")
    dates = room.manager.release_dates
    preview = dates.preview(PARDON, [second, first])
    assert [(change.code, change.old_on, change.new_on) for change in preview] == [
        ("0002", RELEASED, date(2026, 7, 24)),
        ("0001", RELEASED, date(2026, 7, 24)),
    ]
    assert dates.story(first).official_on == RELEASED
    batch = dates.apply(PARDON, preview)
    assert dates.story(first).official_on == date(2026, 7, 24)
    assert [(kept.people, kept.batch.months, kept.undone) for kept in dates.batches()] == [(2, 6, False)]
    assert dates.undo(batch) == ()
    assert [dates.story(each).official_on for each in (first, second)] == [RELEASED, RELEASED]
    assert [line.cause for line in dates.story(first).lines] == [DateCause.UNSAID]
    assert room.manager.people.record(first).release_month == Month(2027, 1)
    with pytest.raises(Refused, match="taken back already"):
        dates.undo(batch)


def test_a_change_of_many_is_shown_to_those_whose_people_it_moved(room):
    here, there = room.person("0001"), room.person("0002", prison=room.other)
    dates = room.manager.release_dates
    elsewhere, ours = (dates.apply(PARDON, dates.preview(PARDON, [each])) for each in (there, here))
    assert [each.id for each in dates.batches()] == [ours, elsewhere]
    liaison = room.desk("liaison", Role.LIAISON)
    assert [each.id for each in liaison.release_dates.batches()] == [ours]
    room.case(there, worker="colleague")
    assert [each.id for each in room.desk("colleague").release_dates.batches()] == [ours, elsewhere]
    assert liaison.audit.mine(1)[0].subject == "release_dates"


def test_an_undo_leaves_whoever_was_moved_again_since(room):
    first, second = room.person("0001"), room.person("0002")
    dates = room.manager.release_dates
    batch = dates.apply(PARDON, dates.preview(PARDON, [first, second]))
    dates.set_date(first, date(2026, 12, 1), DateCause.APPEAL, "court", date(2026, 7, 24))
    assert dates.undo(batch) == ("0001",)
    assert [dates.story(each).official_on for each in (first, second)] == [date(2026, 12, 1), RELEASED]


def test_a_date_that_moved_after_the_preview_stops_the_whole_change(room):
    first, second = room.person("0001"), room.person("0002")
    dates = room.manager.release_dates
    preview = dates.preview(PARDON, [first, second])
    dates.set_date(second, date(2027, 3, 1), DateCause.APPEAL, "court", RELEASED)
    with pytest.raises(ChangedMeanwhile):
        dates.apply(PARDON, preview)
    assert dates.story(first).official_on == RELEASED


def test_a_reduction_reaches_nobody_without_a_date_or_before_the_admission(room):
    dates = room.manager.release_dates
    undated, near = room.person("0001"), room.person("0002")
    dates.set_date(undated, None, DateCause.BAIL, "court", RELEASED)
    dates.set_date(near, date(2026, 3, 1), DateCause.SENTENCE, "court", RELEASED)
    preview = dates.preview(PARDON, [undated, near])
    assert days(preview) == [(None, None), (date(2026, 3, 1), None)]
    with pytest.raises(Refused, match="No release date would change"):
        dates.apply(PARDON, preview)


@pytest.mark.parametrize(
    "batch",
    [
        DateBatch(DateCause.REDUCTION, "decree"),
        DateBatch(DateCause.REDUCTION, "decree", 6, TODAY),
        DateBatch(DateCause.REDUCTION, "decree", 0),
        DateBatch(DateCause.REDUCTION, "", 6),
    ],
)
def test_a_change_of_many_says_one_thing(room, batch):
    with pytest.raises(Refused):
        room.manager.release_dates.preview(batch, [room.person()])


def test_a_change_of_many_stops_at_the_prisons_that_are_not_ones_own(room):
    away = room.person(prison=room.other)
    liaison = room.desk("liaison", Role.LIAISON)
    with pytest.raises(NotPermitted):
        liaison.release_dates.preview(PARDON, [away])
    batch = room.manager.release_dates.apply(PARDON, room.manager.release_dates.preview(PARDON, [away]))
    with pytest.raises(NotPermitted):
        liaison.release_dates.undo(batch)
    with pytest.raises(NotFound):
        room.manager.release_dates.undo(99)


def test_months_are_calendar_months():
    assert months_earlier(date(2028, 8, 31), 6) == date(2028, 2, 29)
    assert months_earlier(date(2028, 2, 29), 12) == date(2027, 2, 28)
    assert full_months_between(date(2028, 2, 29), date(2029, 2, 28)) == 12
    assert full_months_between(date(2026, 11, 16), date(2027, 2, 15)) == 2
    assert full_months_between(TODAY, TODAY - timedelta(days=40)) == 0


def test_a_run_of_holidays_before_a_weekend_is_passed_over_whole():
    feast = {date(2026, 4, 14) + timedelta(days=n) for n in range(3)}
    assert planned_day(date(2026, 4, 19), feast | {date(2026, 4, 17)}) == date(2026, 4, 13)


def test_the_audit_names_the_versions_of_a_form_whose_date_moved(room):
    person = room.person()
    room.manager.release_dates.set_date(person, TODAY, DateCause.PARDON, "decree", RELEASED)
    record = room.manager.people.record(person)
    named = [each.detail for each in room.manager.audit.events() if each.kind == "person"]
    assert named[0] == f"version:{record.version} identity:{record.identity_version} contact:{record.contact_version}"
