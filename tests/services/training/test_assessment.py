"""Attempts: what is recorded, what is refused, and that nothing is ever overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tlbb_desktop.data.models import Staff, StaffPrison
from tlbb_desktop.data.queries import certificates as certificate_queries
from tlbb_desktop.data.queries.curricula import _ATTEMPTED
from tlbb_desktop.data.queries.training import _STORY
from tlbb_desktop.data.repositories.training import _LAST_ACT, _OF_ACT
from tlbb_desktop.domain.assessment import EntryKind, Outcome, SetAttempt
from tlbb_desktop.domain.curricula import Criterion
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused, TlbbError
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.certificate_units import units_reached


def test_an_attempt_is_on_the_board_and_in_the_story(workshop) -> None:
    workshop.assess(0, "M05", feedback="ល្អ")
    state = workshop.state(0, "M05")
    assert (state.outcome, state.day, state.attempts) == (Outcome.COMPETENT, date(2026, 10, 15), 1)
    (story,) = workshop.desk.assessment.story(workshop.class_id, workshop.people[0], workshop.unit_id("M05"))
    assert (story.passed, story.feedback, story.by, story.class_code) == (
        (1, 2, 3, 4, 5, 6, 7),
        "ល្អ",
        "សុខា",
        "SR-MOTO-26",
    )
    assert story.stands


def test_a_whole_class_is_assessed_in_one_act_and_one_undo_takes_it_back(workshop) -> None:
    workshop.assess(4, "M02", "not-yet")
    wishes = [workshop.wish(person, "M01") for person in range(5)]
    assessed = workshop.desk.assessment.assess(workshop.class_id, wishes)
    assert len(assessed.cells) == 5
    assert all(row.competent(workshop.unit_id("M01")) for row in workshop.board().learners)
    undone = workshop.desk.assessment.undo(workshop.class_id)
    assert set(undone.cells.values()) == {None}
    assert all(workshop.unit_id("M01") not in row.states for row in workshop.board().learners)
    assert workshop.state(4, "M02").outcome is Outcome.NOT_YET
    story = workshop.desk.assessment.story(workshop.class_id, workshop.people[0], workshop.unit_id("M01"))
    assert [(each.entry.kind, each.stands) for each in story] == [
        (EntryKind.ATTEMPT, False),
        (EntryKind.TAKEN_BACK, False),
    ]
    assert workshop.desk.assessment.undo(workshop.class_id) is not None
    assert workshop.state(4, "M02") is None
    assert workshop.desk.assessment.undo(workshop.class_id) is None


def test_redo_brings_back_what_undo_took_back_step_by_step_and_nothing_is_overwritten(workshop) -> None:
    assessment, here = workshop.desk.assessment, workshop.class_id
    workshop.assess(0, outcome="not-yet", failed=None, feedback="try the torque again")
    assessment.assess(here, [workshop.wish(person, "M02") for person in range(3)])
    assert assessment.redo(here) is None
    assessment.undo(here)
    assessment.undo(here)
    assert (workshop.state(0), workshop.state(1, "M02")) == (None, None)
    assert list(assessment.redo(here).cells) == [(workshop.people[0], workshop.unit_id("M01"))]
    assert workshop.state(0).outcome == Outcome.NOT_YET
    assert len(assessment.redo(here).cells) == 3
    assert workshop.state(1, "M02").competent
    assert assessment.redo(here) is None
    story = assessment.story(here, workshop.people[0], workshop.unit_id("M01"))
    assert [each.stands for each in story] == [False, False, True]
    assert story[-1].feedback == "try the torque again"
    assessment.undo(here)
    assert workshop.state(1, "M02") is None
    assert len(assessment.redo(here).cells) == 3


def test_a_new_attempt_ends_what_can_be_done_again(workshop) -> None:
    workshop.assess(0)
    workshop.desk.assessment.undo(workshop.class_id)
    workshop.assess(1)
    assert workshop.desk.assessment.redo(workshop.class_id) is None
    assert workshop.state(0) is None


def test_redo_leaves_a_cell_alone_in_which_somebody_else_wrote(workshop, colleague) -> None:
    workshop.assess(0)
    workshop.desk.assessment.undo(workshop.class_id)
    workshop.as_staff(colleague.desk).assess(0, outcome="not-yet")
    with pytest.raises(Refused, match="meanwhile"):
        workshop.desk.assessment.redo(workshop.class_id)
    assert workshop.state(0).outcome == Outcome.NOT_YET


def test_undo_takes_back_ones_own_acts_of_today_only(workshop, desk_as, clock) -> None:
    workshop.assess(0)
    clock.moment += timedelta(days=1)
    assert workshop.desk.assessment.undo(workshop.class_id) is None
    assert workshop.state(0) is not None


def test_the_latest_day_decides_whatever_was_entered_last(workshop) -> None:
    workshop.assess(0, "M02", "competent", day=20)
    workshop.assess(0, "M02", "not-yet", day=8)
    assert workshop.state(0, "M02").outcome is Outcome.COMPETENT
    assert workshop.state(0, "M02").attempts == 2


def test_competent_without_a_critical_criterion_is_refused_and_without_another_is_not(workshop) -> None:
    with pytest.raises(Refused, match="every critical criterion"):
        workshop.assess(0, "M05", failed=frozenset({2}))
    assert workshop.state(0, "M05") is None
    workshop.assess(0, "M05", failed=frozenset({3}))
    assert workshop.state(0, "M05").competent
    workshop.assess(1, "M05", "not-yet", failed=frozenset({2, 6}))
    (story,) = workshop.desk.assessment.story(workshop.class_id, workshop.people[1], workshop.unit_id("M05"))
    assert story.passed == (1, 3, 4, 5, 7)


def test_a_criterion_that_the_unit_does_not_have_is_refused(workshop) -> None:
    with pytest.raises(Refused, match="no criterion"):
        workshop.assess(0, "M05", "not-yet", failed=frozenset({9}))


def test_days_before_the_enrolment_after_it_and_to_come_are_refused(workshop) -> None:
    with pytest.raises(Refused, match="still to come"):
        workshop.assess(0, day=31)
    enrolment = workshop.desk.classes.enrolments(workshop.class_id)[0]
    workshop.desk.classes.end_enrolment(enrolment.id, date(2026, 10, 10))
    gone = workshop.people.index(enrolment.person_id)
    with pytest.raises(Refused, match="not enrolled"):
        workshop.assess(gone, day=11)
    workshop.assess(gone, day=10)
    late = SetAttempt(workshop.people[1], workshop.unit_id("M01"), date(2026, 9, 30), Outcome.COMPETENT)
    with pytest.raises(Refused, match="not enrolled"):
        workshop.desk.assessment.assess(workshop.class_id, [late])


def test_an_attempt_after_the_release_is_refused(workshop) -> None:
    with workshop.desk.office.store.write() as session:
        session.execute(
            text(
                "INSERT INTO custody_stay (person_id, prison_id, starts_on, ends_on, uuid, version, created_at,"
                " changed_at) VALUES (:person, :prison, '2026-01-01', '2026-10-12', randomblob(16), 1, 0, 0)"
            ),
            {"person": workshop.people[0], "prison": workshop.room.prison_id},
        )
    workshop.assess(0, day=12)
    with pytest.raises(Refused, match="left on"):
        workshop.assess(0, day=13)


def test_one_bad_wish_of_a_class_leaves_nothing_behind(workshop) -> None:
    wishes = [workshop.wish(0), workshop.wish(1, day=31)]
    with pytest.raises(Refused):
        workshop.desk.assessment.assess(workshop.class_id, wishes)
    assert workshop.state(0) is None


def test_two_trainers_at_the_same_cell_are_told(workshop, desk_as) -> None:
    colleague = workshop.as_staff(desk_as(Role.TRAINER))
    colleague.assess(0, "M01", "not-yet", seen=0)
    with pytest.raises(ChangedMeanwhile):
        workshop.assess(0, "M01", "competent", seen=0)
    state = workshop.state(0)
    assert state.outcome is Outcome.NOT_YET
    workshop.assess(0, "M01", "competent", seen=state.entry_id)
    assert workshop.state(0).competent


def test_prior_learning_counts_with_a_reason_and_its_hours(workshop) -> None:
    recognise = workshop.desk.assessment.recognise
    cell = (workshop.class_id, workshop.people[0], workshop.unit_id("M02"), date(2026, 10, 15))
    with pytest.raises(Refused, match="reason"):
        recognise(*cell, " ")
    with pytest.raises(Refused, match="more than the unit"):
        recognise(*cell, "worked in a shop", 25 * 60)
    recognise(*cell, "worked two years in a shop", 600)
    state = workshop.state(0, "M02")
    assert (state.kind, state.competent, state.minutes) == (EntryKind.PRIOR, True, 600)
    assert workshop.row(0).minutes[workshop.unit_id("M02")] == 600


def test_prior_learning_never_credits_more_than_the_unit_has_and_tells_two_editors(workshop) -> None:
    recognise = workshop.desk.assessment.recognise
    unit = workshop.unit("M02")
    cell = (workshop.class_id, workshop.people[0], workshop.unit_id("M02"), date(2026, 10, 15))
    recognise(*cell, "worked in a shop", unit.minutes - 60, seen=0)
    with pytest.raises(ChangedMeanwhile):
        recognise(*cell, "worked in a shop", 60, seen=0)
    with pytest.raises(Refused, match="credited already"):
        recognise(*cell, "worked in a shop", 120)
    recognise(*cell, "worked in a shop", 60)
    assert workshop.row(0).credited == unit.minutes
    workshop.desk.assessment.undo(workshop.class_id)
    recognise(*cell, "a test was passed")
    assert workshop.row(0).credited == unit.minutes - 60


def test_hours_credited_in_a_unit_that_is_left_out_count_neither_on_the_board_nor_for_the_certificate(
    workshop,
) -> None:
    cell = (workshop.class_id, workshop.people[0], workshop.unit_id("M15"), date(2026, 10, 15))
    workshop.desk.assessment.recognise(*cell, "drove for years", 600)
    before = credited(workshop, 0)
    assert before == (600, 600)
    workshop.desk.curricula.switch(workshop.room.prison_id, cell[2], off=True, reason="no road test")
    assert credited(workshop, 0) == (0, 0)


def test_more_credited_hours_than_a_unit_has_count_as_the_unit(workshop) -> None:
    """Two records of one person, merged."""
    unit = workshop.unit("M02")
    for person in (0, 1):
        cell = (workshop.class_id, workshop.people[person], workshop.unit_id("M02"), date(2026, 10, 15))
        workshop.desk.assessment.recognise(*cell, "worked in a shop", unit.minutes)
    workshop.desk.people.merge(workshop.people[0], workshop.people[1])
    assert credited(workshop, 0) == (unit.minutes, unit.minutes)


def credited(workshop, person: int) -> tuple[int, int]:
    """Minutes that count for the hours, on the board and for the certificate."""
    whose = workshop.people[person]
    with workshop.desk.office.store.read() as connection:
        learners = certificate_queries.learner_totals(connection, workshop.class_id, [whose])
        reached = units_reached(connection, workshop.class_id, learners)[whose]
    return workshop.row(person).credited, reached.credited


def test_a_wrong_entry_is_taken_back_once_with_a_reason(workshop) -> None:
    workshop.assess(0)
    entry = workshop.state(0).entry_id
    with pytest.raises(Refused, match="reason"):
        workshop.desk.assessment.take_back(entry, "")
    workshop.desk.assessment.take_back(entry, "wrong learner")
    assert workshop.state(0) is None
    with pytest.raises(Refused, match="already"):
        workshop.desk.assessment.take_back(entry, "again")
    with pytest.raises(NotFound):
        workshop.desk.assessment.take_back(9999, "nothing")


def test_a_sample_binds_a_class_only_while_an_attempt_stands(workshop) -> None:
    """What was entered by mistake and taken back leaves the class as free as before."""

    def binds() -> bool:
        with workshop.desk.office.store.read() as connection:
            learners = certificate_queries.learner_totals(connection, workshop.class_id, workshop.people)
            return bool(units_reached(connection, workshop.class_id, learners))

    workshop.assess(0)
    assert binds()
    workshop.desk.assessment.undo(workshop.class_id)
    assert not binds()


def test_the_record_itself_refuses_to_change_or_lose_an_attempt(workshop) -> None:
    workshop.assess(0)
    for statement in ("UPDATE attempt SET outcome = 'not-yet'", "DELETE FROM attempt"):
        with pytest.raises((IntegrityError, TlbbError)), workshop.desk.office.store.write() as session:
            session.execute(text(statement))
    assert workshop.state(0).competent


def test_a_unit_that_the_prison_leaves_out_and_one_of_another_course_are_refused(workshop) -> None:
    unit_id = workshop.unit_id("M15")
    workshop.desk.curricula.switch(workshop.room.prison_id, unit_id, off=True, reason="no road test")
    wish = SetAttempt(workshop.people[0], unit_id, date(2026, 10, 15), Outcome.COMPETENT)
    with pytest.raises(Refused, match="not taught at this prison"):
        workshop.desk.assessment.assess(workshop.class_id, [wish])
    with pytest.raises(NotFound, match="no unit with the code E01"):
        workshop.unit("E01")


def test_a_class_without_units_is_told_so(workshop) -> None:
    wish = workshop.wish(0)
    workshop.desk.curricula.follow(workshop.class_id, None)
    with pytest.raises(Refused, match="without units"):
        workshop.desk.assessment.assess(workshop.class_id, [wish])
    assert workshop.board().curriculum is None


def test_what_was_taken_back_is_found_without_reading_every_entry_of_the_record(workshop) -> None:
    workshop.assess(0)
    statements = {
        "standing": (_ATTEMPTED, ("[1]",)),
        "story": (_STORY, (1, 1)),
        "last act": (_LAST_ACT, (1, 1, 0)),
        "of an act": (_OF_ACT, (1,)),
    }
    with workshop.desk.office.store.read() as connection:
        for name, (statement, values) in statements.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            steps = [step[3] for step in plan if " b " in f"{step[3]} "]
            assert steps, name
            assert all("ix_attempt_corrects_id" in step for step in steps), name


def test_no_column_of_an_attempt_but_its_person_can_be_written_again(workshop) -> None:
    """Two rows of one person become one when people are merged; nothing else ever moves."""
    workshop.assess(0, outcome="not-yet", failed=None, feedback="try again")
    store = workshop.desk.office.store
    with store.read() as connection:
        columns = connection.exec_driver_sql("SELECT name FROM pragma_table_info('attempt')").scalars().all()
    for column in columns:
        if column in ("id", "person_id"):
            continue
        with pytest.raises(Exception, match="an attempt never changes"), store.write() as session:
            session.connection().exec_driver_sql(f"UPDATE attempt SET {column} = {column}")


def test_only_active_staff_who_may_assess_here_can_be_named_as_assessor(workshop, colleague) -> None:
    assessment, here = workshop.desk.assessment, workshop.class_id
    other = colleague.desk.actor.staff_id
    assert other in {each.staff_id for each in assessment.assessors(here)}
    workshop.assess(0, assessor_id=other)
    with workshop.desk.office.store.write() as session:
        session.get(Staff, other).role = Role.SOCIAL_WORKER
    for stranger in (other, 9999):
        with pytest.raises(Refused, match="named as assessor"):
            workshop.assess(1, assessor_id=stranger)
    with workshop.desk.office.store.write() as session:
        session.get(Staff, other).role = Role.TRAINER
    with pytest.raises(Refused, match="named as assessor"):
        workshop.assess(1, assessor_id=other)
    with workshop.desk.office.store.write() as session:
        session.add(StaffPrison(staff_id=other, prison_id=workshop.room.prison_id, starts_on=date(2026, 1, 1)))
    workshop.assess(1, assessor_id=other)
    with workshop.desk.office.store.write() as session:
        session.get(Staff, other).active = False
    with pytest.raises(Refused, match="named as assessor"):
        workshop.assess(2, assessor_id=other)


def test_a_story_counts_the_criteria_of_the_version_that_the_attempt_was_made_by(workshop) -> None:
    course = workshop.desk.classes.group(workshop.class_id).course_id
    workshop.assess(0, outcome="not-yet", failed=frozenset({2}))
    newest = workshop.desk.curricula.newest(course)
    first = newest.units[0]
    longer = replace(first, criteria=(*first.criteria, Criterion(len(first.criteria) + 1, "ថ្មី", "A new one")))
    workshop.desk.curricula.save(replace(newest, units=(longer, *newest.units[1:])), newest.number)
    assert len(first.criteria) + 1 in workshop.unit("M01").numbers
    (story,) = workshop.desk.assessment.story(workshop.class_id, workshop.people[0], workshop.unit_id("M01"))
    assert story.not_shown == (2,)
