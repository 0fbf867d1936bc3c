"""Two desks over one record: who saves what the other has changed meanwhile is told so, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.attendance import MarkCode, ReasonUse, SessionRow, SessionState
from tlbb_desktop.domain.classes import Holiday, TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.register import SetMark, SetSession
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

DAY = date(2026, 10, 5)


@pytest.fixture
def other(home) -> Iterator[Desk]:
    """A second window or command at the same home, with its own connection."""
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE))
    yield desk
    desk.close()


@pytest.fixture
def class_id(desk) -> int:
    lesson = TimetableSlot(Weekday.MON, time(8), time(11))
    own = desk.prisons.own().id
    return desk.classes.save(TrainingClass(None, "SR-MOTO", 1, own, None, DAY, date(2026, 11, 30), (lesson,)))


def session_of(desk: Desk, class_id: int) -> SessionRow:
    return desk.classes.sessions(class_id, DAY, DAY)[0]


def closed(desk: Desk) -> int:
    return desk.attendance.reason_named(ReasonUse.CANCELLED, "prison-closed")


def test_a_prison(desk, other):
    seen = other.prisons.own()
    desk.prisons.save(replace(desk.prisons.own(), name_en="First"))
    with pytest.raises(ChangedMeanwhile):
        other.prisons.save(replace(seen, name_en="Second"))
    assert other.prisons.own().name_en == "First"
    saved = other.prisons.save(replace(other.prisons.own(), name_en="Second"))
    desk.prisons.save(replace(saved, name_en="Third"))


def test_a_reason(desk, other):
    seen = other.attendance.reasons(ReasonUse.EXCUSED)[0]
    desk.attendance.save_reason(replace(desk.attendance.reasons(ReasonUse.EXCUSED)[0], weight=500))
    with pytest.raises(ChangedMeanwhile):
        other.attendance.save_reason(replace(seen, weight=0))
    now = other.attendance.reasons(ReasonUse.EXCUSED)[0]
    assert now.weight == 500
    other.attendance.save_reason(replace(now, weight=0))


def test_the_state_of_a_session(desk, other, class_id):
    seen = session_of(other, class_id)
    desk.attendance.set_session(SetSession.of(session_of(desk, class_id), SessionState.CANCELLED, closed(desk)))
    with pytest.raises(ChangedMeanwhile):
        other.attendance.set_session(SetSession.of(seen, SessionState.HELD))
    assert session_of(desk, class_id).state is SessionState.CANCELLED
    other.attendance.set_session(SetSession.of(session_of(other, class_id), SessionState.HELD))


def test_a_session_that_somebody_has_marked_meanwhile(desk, other, class_id):
    seen = session_of(other, class_id)
    guest = desk.attendance.add_guest(class_id, DAY, "ភ្ញៀវ")
    desk.attendance.mark(class_id, [SetMark(seen.id, guest, MarkCode.PRESENT)])
    with pytest.raises(ChangedMeanwhile):
        other.attendance.set_session(SetSession.of(seen, SessionState.CANCELLED, closed(other)))


def test_the_same_change_twice_is_no_trouble(desk, other, class_id):
    seen, reason = session_of(other, class_id), closed(desk)
    desk.attendance.set_session(SetSession.of(seen, SessionState.CANCELLED, reason))
    other.attendance.set_session(SetSession.of(seen, SessionState.CANCELLED, reason))
    found = session_of(other, class_id)
    assert (found.state, found.version) == (SessionState.CANCELLED, seen.version + 1)


def test_the_values_of_the_programme_change_together_or_not_at_all(desk, other):
    seen = {name: other.settings.get(name) for name in ("late_minutes", "idle_minutes")}
    desk.settings.put("late_minutes", 20)
    with pytest.raises(ChangedMeanwhile):
        other.settings.change({"idle_minutes": 7, "late_minutes": 30}, seen)
    assert (other.settings.get("idle_minutes"), other.settings.get("late_minutes")) == (seen["idle_minutes"], 20)
    other.settings.change({"late_minutes": 30}, {"late_minutes": 20})
    assert desk.settings.get("late_minutes") == 30


def test_a_holiday(desk, other):
    feast = date(2026, 9, 24)  # the package has it
    seen = holiday_on(other, feast)
    desk.calendar.save(replace(seen, working=True), holiday_on(desk, feast))
    with pytest.raises(ChangedMeanwhile):
        other.calendar.save(replace(seen, name_en="Second"), seen)
    with pytest.raises(ChangedMeanwhile):
        other.calendar.remove(seen)
    assert holiday_on(other, feast).working
    other.calendar.save(replace(seen, working=True), seen)  # the same change twice is no trouble
    other.calendar.remove(holiday_on(other, feast))
    assert holiday_on(desk, feast) == seen


def test_a_holiday_that_both_add(desk, other):
    desk.calendar.save(Holiday(DAY, "ថ្ងៃឈប់", "First"), None)
    with pytest.raises(Refused, match="in the list already"):
        other.calendar.save(Holiday(DAY, "ថ្ងៃឈប់", "Second"), None)
    assert holiday_on(other, DAY).name_en == "First"


def test_a_holiday_that_somebody_took_away(desk, other):
    desk.calendar.save(Holiday(DAY, "ថ្ងៃឈប់", "First"), None)
    seen = holiday_on(other, DAY)
    desk.calendar.remove(seen)
    with pytest.raises(ChangedMeanwhile):
        other.calendar.save(replace(seen, name_en="Second"), seen)
    assert holiday_on(other, DAY) is None


def holiday_on(desk: Desk, day: date) -> Holiday | None:
    return desk.calendar.holidays(day, day).get(day)


def test_a_number_on_the_prisons_list(desk, other, class_id):
    own = desk.prisons.own().id
    person = desk.people.save(
        PersonRecord(
            None,
            "SR-1",
            Names("សុខ", "ដារ៉ា", "SOK", "DARA"),
            Sex.MALE,
            PersonKind.PARTICIPANT,
            PersonStatus.ENROLLED,
            stays=(CustodyStay(own, date(2026, 1, 5)),),
        )
    )
    desk.classes.enrol(class_id, [person])
    seen = other.classes.enrolments(class_id)[0]
    desk.classes.set_list_number(seen.id, 4, seen.version)
    with pytest.raises(ChangedMeanwhile):
        other.classes.set_list_number(seen.id, 5, seen.version)
    assert other.classes.enrolments(class_id)[0].list_number == 4
