"""What the board shows and does, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.gui.board.conftest import assess, on_disk, outcomes, unit_id
from tests.gui.classroom import desk_of, set_day
from tlbb_desktop.data.models import Staff
from tlbb_desktop.domain.assessment import SECOND_ASSESSOR_PERCENT, AttemptStory, Entry, EntryKind, Outcome
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.curricula import Basis
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.domain.forecast import Verdict
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.progress import Stage
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.screens.board.attempt_draft import AttemptDraft
from tlbb_desktop.screens.board.bench_presenter import BenchPresenter
from tlbb_desktop.screens.board.cell_panel import entry_words
from tlbb_desktop.screens.board.choices import Choice
from tlbb_desktop.screens.board.columns import cell_look, second_words
from tlbb_desktop.screens.board.presenter import BoardPresenter
from tlbb_desktop.screens.register.presenter import RegisterPresenter

M01, M05 = 0, 4


def draft(presenter: BoardPresenter, row: int, column: int, outcome: Outcome = Outcome.COMPETENT) -> AttemptDraft:
    found = presenter.draft([(row, column)], outcome)
    assert found is not None
    return found


def test_the_board_opens_at_the_unit_that_the_class_is_at(presenter) -> None:
    assert presenter.units[presenter.first_column()].id == presenter.board.unit_today
    assert len(presenter.rows) == 5
    assert presenter.stage(0, M01) is Stage.LEARNING


def test_a_recorded_attempt_stands_in_the_cell_and_on_the_disk(presenter, room) -> None:
    assert presenter.record(draft(presenter, 0, M01)) == [(0, M01)]
    assert presenter.stage(0, M01) is Stage.COMPETENT
    assert outcomes(room, "M01") == "c...."


def test_an_attempt_without_a_critical_criterion_can_only_be_not_yet(presenter) -> None:
    asked = draft(presenter, 0, M05)
    critical = min(asked.unit.critical)
    assert asked.toggle(critical)
    assert asked.lacks_critical
    assert asked.outcome is Outcome.NOT_YET
    assert asked.recorded_failed == {critical}
    asked.toggle(critical)
    assert asked.outcome is Outcome.COMPETENT


def test_a_criterion_that_is_not_critical_may_be_missing(presenter, room) -> None:
    asked = draft(presenter, 0, M05)
    other = min(asked.unit.numbers - asked.unit.critical)
    asked.toggle(other)
    presenter.record(asked)
    assert outcomes(room, "M05") == "c...."
    story = presenter.story(0, M05)
    assert set(story[-1].passed) == asked.unit.numbers - {other}


def test_not_yet_without_a_tick_taken_away_lists_no_criteria(presenter) -> None:
    asked = draft(presenter, 0, M05, Outcome.NOT_YET)
    assert asked.recorded_failed is None
    assert not asked.toggle(99)


def test_a_practical_leaves_out_whoever_has_a_result_that_day_or_is_competent(presenter, room) -> None:
    assess(room, 0, "M01", "competent", day=date(2026, 10, 20))
    assess(room, 1, "M01", "not-yet")
    assess(room, 2, "M01", "not-yet", day=date(2026, 10, 20))
    presenter.load(room.class_id)
    cells = presenter.practical(M01)
    assert cells == [(2, M01), (3, M01), (4, M01)]
    presenter.record(presenter.draft(cells, Outcome.COMPETENT))
    assert outcomes(room, "M01") == "cnccc"


WEDNESDAY = date(2026, 10, 21)


def test_a_practical_leaves_out_whoever_is_marked_away_on_its_day_and_names_them(presenter, room) -> None:
    room.mark(WEDNESDAY, 1, MarkCode.ABSENT)
    room.mark(WEDNESDAY, 2, MarkCode.EXCUSED)
    room.mark(WEDNESDAY, 3, MarkCode.LATE, 15)
    away = {room.people[1]: MarkCode.ABSENT, room.people[2]: MarkCode.EXCUSED}
    presenter.choose_day(WEDNESDAY)
    asked = presenter.practical_draft(M01)
    assert {person for person, _unit in asked.cells} == set(room.people) - away.keys()
    names = {each.person_id: each.learner.names.shown for each in presenter.rows}
    assert sorted(asked.left_out) == sorted((names[person], code) for person, code in away.items())
    presenter.record(asked)
    assert outcomes(room, "M01").count("c") == 3
    presenter.choose_day(presenter.today)  # without a session
    assert len(presenter.practical(M01)) == 2


def test_a_bench_sheet_leaves_out_whoever_is_marked_away_unless_the_reader_says_otherwise(room) -> None:
    room.mark(WEDNESDAY, 1, MarkCode.ABSENT)
    room.mark(WEDNESDAY, 2, MarkCode.INSTITUTION)
    sheet = BenchPresenter(room.desk)
    sheet.load(room.class_id, unit_id(room, "M05"), WEDNESDAY)
    rows = {each.person_id: row for row, each in enumerate(sheet.learners)}
    absent, kept_away = rows[room.people[1]], rows[room.people[2]]
    assert sheet.counts() == (3, 0)
    assert len(sheet.left_out()) == 2
    sheet.toggle_absent(kept_away)
    assert sheet.takes_part(kept_away)
    assert sheet.left_out() == [(sheet.learners[absent].names.shown, MarkCode.ABSENT)]
    assert len(sheet.record().cells) == 4
    assert outcomes(room, "M05").count("c") == 4


def test_one_undo_takes_back_the_whole_practical(presenter, room) -> None:
    presenter.record(presenter.draft(presenter.practical(M01), Outcome.COMPETENT))
    assert outcomes(room, "M01") == "ccccc"
    assert len(presenter.undo()) == 5
    assert outcomes(room, "M01") == "....."
    assert presenter.undo() is None


def test_an_undo_of_somebody_who_is_not_shown_is_no_undo_of_nothing(presenter, room) -> None:
    presenter.record(draft(presenter, 0, M01))
    person = presenter.rows[0].person_id
    presenter.choose(Choice.THIS_UNIT, M01)
    taken = presenter.undo()
    assert taken == [(person, unit_id(room, "M01"))]
    assert presenter.places(taken) == []


def test_an_undo_of_prior_learning_takes_its_hours_away(presenter) -> None:
    before = presenter.hours(0, M05)
    presenter.recognise(0, M05, "two years in a shop", 4)
    presenter.undo()
    assert presenter.hours(0, M05) == before


def test_after_an_undo_the_cell_takes_the_right_attempt(presenter, room) -> None:
    presenter.record(draft(presenter, 0, M01))
    presenter.undo()
    presenter.record(draft(presenter, 0, M01, Outcome.NOT_YET))
    assert outcomes(room, "M01") == "n...."


def test_attempts_count_for_the_chosen_day_and_the_working_day_comes_back(presenter, room) -> None:
    presenter.choose_day(date(2026, 10, 12))
    assert presenter.is_other_day
    presenter.record(draft(presenter, 0, M01))
    assert on_disk(room, "M01")[0].day == date(2026, 10, 12)
    presenter.choose_day(presenter.today)
    assert not presenter.is_other_day


def test_a_colleague_in_the_same_cell_is_not_overwritten(presenter, room) -> None:
    assess(room, 0, "M01", "not-yet")
    with pytest.raises(ChangedMeanwhile):
        presenter.record(draft(presenter, 0, M01))
    assert outcomes(room, "M01") == "n...."


def test_prior_learning_needs_a_reason_and_adds_its_hours(presenter) -> None:
    before = presenter.hours(0, M05)
    with pytest.raises(Refused):
        presenter.recognise(0, M05, " ", 4)
    presenter.recognise(0, M05, "two years in a shop", 4)
    assert presenter.stage(0, M05) is Stage.COMPETENT
    assert presenter.hours(0, M05) == before + 4


def test_prior_learning_over_what_somebody_else_just_wrote_is_told(presenter, room) -> None:
    assess(room, 0, "M05", "not-yet")
    with pytest.raises(ChangedMeanwhile):
        presenter.recognise(0, M05, "two years in a shop", 4)


def test_hours_that_were_brought_without_an_attempt_do_not_read_as_taken_back() -> None:
    entry = Entry(1, 1, 1, EntryKind.BROUGHT, None, date(2026, 10, 15), 330)
    story = AttemptStory(
        entry, "SR-MOTO-26", "", None, "", "", datetime(2026, 10, 15, tzinfo=CAMBODIA), "", stands=True
    )
    assert entry_words(story, Basis.COMPETENCE) == "Brought from another place"
    assert entry_words(replace(story, stands=False), Basis.COMPETENCE) == "Brought from another place · taken back"


def test_an_entry_is_taken_back_with_a_reason_and_stays_in_the_story(presenter) -> None:
    presenter.record(draft(presenter, 0, M01))
    entry = presenter.story(0, M01)[-1].entry.id
    presenter.take_back(entry, "another learner")
    assert presenter.stage(0, M01) is Stage.LEARNING
    assert len(presenter.story(0, M01)) == 2


def test_the_choice_leaves_only_who_misses_this_unit(presenter) -> None:
    presenter.record(draft(presenter, 0, M01))
    presenter.choose(Choice.THIS_UNIT, M01)
    assert len(presenter.rows) == 4
    presenter.record(draft(presenter, 0, M01))
    assert len(presenter.rows) == 4  # nobody vanishes under the cursor
    presenter.choose(Choice.AGAIN)
    assert presenter.rows == []
    presenter.choose(Choice.ON_LIST)
    assert len(presenter.rows) == 5


def test_whoever_has_the_hours_without_an_attempt_is_found(presenter, room) -> None:
    assert presenter.hours(0, M01) >= presenter.units[M01].hours
    presenter.choose(Choice.READY)
    assert len(presenter.rows) == 5
    presenter.record(presenter.draft([(row, M01) for row in range(4)], Outcome.COMPETENT))
    presenter.choose(Choice.READY)
    assert len(presenter.rows) == 1


def test_the_standing_of_the_class_is_told_when_it_is_there(presenter) -> None:
    assert presenter.outlook(0) is None
    presenter.take_standing(presenter.read_standing())
    assert presenter.outlook(0).verdict is Verdict.CANNOT  # 650 hours do not fit into two months
    presenter.choose(Choice.CANNOT)
    assert len(presenter.rows) == 5


def test_whoever_may_only_look_records_nothing(room, desk_as) -> None:
    desk = desk_of(desk_as, Role.LIAISON)
    presenter = BoardPresenter(desk)
    presenter.load(room.class_id)
    assert not presenter.may_assess()
    assert presenter.draft([(0, M01)], Outcome.COMPETENT) is None


def test_the_class_goes_on_to_another_unit_from_the_day_on(presenter, room) -> None:
    presenter.start_unit(M05)
    assert presenter.board.unit_today == unit_id(room, "M05")


def test_a_name_is_found_in_any_script(presenter) -> None:
    assert presenter.rows_matching("vanna") == presenter.rows_matching("វណ្ណា")
    assert len(presenter.rows_matching("vanna")) == 1
    assert presenter.rows_matching("") == []


def test_a_unit_that_somebody_else_set_for_the_day_meanwhile_is_not_overwritten_unseen(presenter, room) -> None:
    desk, group = room.desk, presenter.board.group
    desk.teaching.set_unit(group.id, unit_id(room, "M02"), presenter.day)
    with pytest.raises(ChangedMeanwhile):
        presenter.start_unit(M05)
    presenter.load(group.id)
    presenter.start_unit(M05)
    assert presenter.board.unit_today == unit_id(room, "M05")


def test_redo_brings_the_practical_back(presenter, room) -> None:
    presenter.record(presenter.practical_draft(M05))
    presenter.undo()
    assert outcomes(room, "M05") == "....."
    assert len(presenter.redo()) == 5
    assert outcomes(room, "M05") == "ccccc"
    assert presenter.redo() is None


def test_a_cell_says_that_a_second_assessor_is_wanted_and_when_the_results_differ(presenter, room) -> None:
    presenter.record(draft(presenter, 0, M01))
    assert second_words(presenter, 0, M01) == []
    assert not presenter.may_check(0, M01)
    room.desk.settings.put(SECOND_ASSESSOR_PERCENT, 100)
    presenter.load(room.class_id)
    assert second_words(presenter, 0, M01) == ["to be checked by a second assessor"]
    presenter.choose(Choice.SECOND)
    assert len(presenter.rows) == 1
    with pytest.raises(Refused, match="somebody else"):
        presenter.check(0, M01, Outcome.NOT_YET)
    other = BoardPresenter(as_colleague(room.desk))
    other.load(room.class_id)
    assert other.check(0, M01, Outcome.NOT_YET) == [(0, M01)]
    assert second_words(other, 0, M01) == ["the second assessor differs"]
    assert cell_look(other, 0, M01).text == "≠"
    assert other.stage(0, M01) is Stage.COMPETENT


def as_colleague(desk):
    """The same desk in the hands of another manager."""
    with desk.office.store.write() as session:
        now = desk.office.clock.now()
        staff = Staff(username="dara", name="ដារ៉ា", role=Role.MANAGER, admin_duty=False, created_at=now, changed_at=now)
        session.add(staff)
        session.flush()
        desk.office.actor = replace(desk.office.actor, staff_id=staff.id, username="dara")
    return desk


def test_a_learner_has_the_same_number_as_in_the_register_whoever_left_and_whatever_is_chosen(presenter, room) -> None:
    gone, second = (room.desk.classes.enrolments(room.class_id)[number] for number in (0, 1))
    room.desk.classes.end_enrolment(gone.id, date(2026, 10, 12))
    room.desk.classes.end_enrolment(second.id, date(2026, 11, 3))
    set_day(room.desk, date(2026, 11, 9))
    presenter.load(room.class_id)
    presenter.choose(Choice.EVER)
    register = RegisterPresenter(room.desk)
    register.load(room.class_id, Month(2026, 11))
    numbers = {learner.person_id: number for number, learner in enumerate(register.learners, 1)}
    shown = {row.person_id: presenter.number(number) for number, row in enumerate(presenter.rows)}
    assert {person: number for person, number in shown.items() if number} == numbers
    assert shown[gone.person_id] is None
    presenter.choose(Choice.ON_LIST)
    assert [presenter.number(row) for row in range(len(presenter.rows))] == [2, 3, 4]
