"""What expunging leaves of somebody outside the case: of training, of records that were joined, of half-typed pages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest

from tests.services.cases.conftest import TODAY, CaseRoom
from tests.services.cases.test_case_endings import asked_and_approved, close, everything, second
from tlbb_desktop.data import models
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.cases import CloseReason, RetentionAct
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.security.compartments import Compartment

NAMES = Names("សម្ងាត់", "ឈ្មោះ", "SECRET", "NAME", "SECRET")
TRACES = ("SECRET", "សម្ងាត់", "ឈ្មោះ")
TUESDAY, THURSDAY = date(2026, 11, 10), date(2026, 11, 12)
AT_25 = date(2034, 10, 16)


def plain(desk) -> str:
    """Every column of every table that is not sealed, as one text."""
    with desk.office.store.read() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars().all()
        rows = [tuple(row) for name in names for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
    texts = (
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for row in rows for value in row
    )
    return "\n".join(texts)


def traces(desk) -> list[str]:
    said = plain(desk) + everything(desk)
    return [trace for trace in TRACES if trace in said]


@pytest.fixture
def trained(room: CaseRoom) -> int:
    """The row of somebody who was taught, marked, assessed and certified, whose record was two, and who left."""
    manager = room.manager
    whose, twin = room.person(names=NAMES), room.person(names=NAMES)
    lessons = tuple(TimetableSlot(Weekday(day.weekday()), time(8), time(11)) for day in (TUESDAY, THURSDAY))
    class_id = manager.classes.save(TrainingClass(None, "K", 1, room.own, None, TUESDAY, TODAY, lessons))
    manager.classes.enrol(class_id, [whose, twin], TUESDAY)
    first, second_ = (each.id for each in manager.classes.sessions(class_id, TUESDAY, THURSDAY))
    for session, person in ((first, whose), (first, twin), (second_, whose)):
        for note in ("SECRET before", "SECRET"):
            manager.attendance.mark(class_id, [SetMark(session, person, MarkCode.PRESENT, note=note)])
    attempt = SetAttempt(whose, 1, THURSDAY, Outcome.COMPETENT, feedback="SECRET hands")
    manager.assessment.assess(class_id, [attempt])
    manager.people.merge(whose, twin, "SECRET is the same")
    manager.sheets.issue(class_id, Month.of(TUESDAY))
    manager.attendance.mark(class_id, [SetMark(first, whose, MarkCode.ABSENT, note="SECRET")])
    manager.sheets.issue(class_id, Month.of(TUESDAY))
    manager.certificates.issue_at_once(class_id, [whose], despite="SECRET reason")
    brought = {"name_km": NAMES.khmer, "name_latin": NAMES.latin, "training_id": "t", "minutes_due": 90}
    with manager.office.own_act() as act:
        act.add(
            models.BroughtRecord(
                record_uuid="r",
                person_id=whose,
                class_id=class_id,
                programme="p",
                key_id="k",
                content=json.dumps(brought),
            )
        )
    return whose


def expunged(room: CaseRoom, whose: int) -> None:
    case_id = room.case(whose)
    room.desk().drafts.save("cases", {"case": case_id, "typed": "SECRET"}, Compartment.COUNSELLING)
    close(room, case_id, CloseReason.TRANSFERRED)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, case_id, RetentionAct.SEAL)
    room.clock.go_to(AT_25)
    room.desk().drafts.save("classes", {"code": "mine"})
    request = room.manager.case_endings.ask(case_id, RetentionAct.EXPUNGE, "SECRET asked for it")
    second(room).case_endings.decide(request, approved=True, seen=1)


def test_nothing_that_training_kept_and_no_page_names_whoever_was_expunged(room: CaseRoom, trained) -> None:
    assert traces(room.manager) == list(TRACES)
    expunged(room, trained)
    assert traces(room.manager) == []


def test_what_was_half_typed_about_others_stays(room: CaseRoom, trained) -> None:
    expunged(room, trained)
    assert room.desk().drafts.load().content == {"code": "mine"}


def test_marks_totals_attempts_and_the_number_of_the_certificate_stay(room: CaseRoom, trained) -> None:
    manager = room.manager
    (line,) = manager.certificates.list()
    class_id, month = manager.classes.classes()[0].id, Month.of(TUESDAY)
    before = manager.sheets.sheet(class_id, month)
    board, asked = manager.assessment.story(class_id, trained, 1), manager.certificate_checks.check_text(line.number)
    expunged(room, trained)
    after = manager.sheets.sheet(class_id, month)
    assert [row.tally for row in after.rows] == [row.tally for row in before.rows]
    assert [row.learner.code for row in after.rows] == [row.learner.code for row in before.rows]
    assert [each.entry for each in manager.assessment.story(class_id, trained, 1)] == [each.entry for each in board]
    (left,) = manager.certificates.list()
    assert (left.number, left.state, left.shown_name) == (line.number, line.state, "")
    answered = manager.certificate_checks.check_text(line.number)
    assert answered.finding is asked.finding
    assert answered.facts == replace(asked.facts, name_km="", name_latin="")
    for paper in (
        lambda: manager.certificates.reprint(line.number),
        lambda: manager.certificates.replace(line.number, "a new name"),
        lambda: manager.certificate_papers.paper(line.id, "km"),
    ):
        with pytest.raises(Refused, match="expunged"):
            paper()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE certificate SET envelope = NULL",
        "UPDATE certificate SET content = json_set(content, '$.name_km', '')",
        "UPDATE certificate SET content = json_set(content, '$.name_km', '', '$.name_latin', ''), envelope = NULL",
        "UPDATE certificate SET number = NULL",
        "UPDATE attempt SET feedback = ''",
        "UPDATE attempt SET outcome = NULL",
    ],
)
def test_of_whoever_is_not_expunged_no_word_of_a_certificate_or_an_attempt_goes(
    room: CaseRoom, trained, change
) -> None:
    with pytest.raises(Exception, match="never changes"), room.manager.office.store.write() as session:
        session.connection().exec_driver_sql(change)
