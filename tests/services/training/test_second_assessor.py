"""A second assessor checks a sample of the attempts: off by default, drawn by lot, and the first result counts."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.assessment import SECOND_ASSESSOR_PERCENT, EntryKind, Outcome, in_sample
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused


@pytest.fixture
def checked(workshop):
    """Everybody's attempt is in the sample; the first one is recorded."""
    workshop.desk.settings.put(SECOND_ASSESSOR_PERCENT, 100)
    workshop.assess(0)
    return workshop


def second(workshop, person: int = 0, outcome: str = "competent", day: int = 15, **more):
    wish = workshop.wish(person, "M01", outcome, day, **more)
    return workshop.desk.assessment.assess_second(workshop.class_id, wish)


def test_nobody_is_checked_until_a_manager_asks_for_it(workshop, colleague) -> None:
    workshop.assess(0)
    board = workshop.board()
    assert board.sample is None
    assert not board.wants_second(board.learners[0], workshop.unit_id("M01"))
    with pytest.raises(Refused, match="switched off"):
        second(workshop.as_staff(colleague.desk))


def test_a_second_result_stands_beside_the_first_which_goes_on_to_count(checked, colleague) -> None:
    unit, board = checked.unit_id("M01"), checked.board()
    assert board.wants_second(board.row(checked.people[0]), unit)
    other = checked.as_staff(colleague.desk)
    second(other, outcome="not-yet", failed=None)
    state, board = checked.state(0), checked.board()
    assert (state.outcome, state.second, state.differs, state.attempts) == (
        Outcome.COMPETENT, Outcome.NOT_YET, True, 1,
    )  # fmt: skip
    assert not board.wants_second(board.row(checked.people[0]), unit)
    story = checked.desk.assessment.story(checked.class_id, checked.people[0], unit)
    assert [(each.entry.kind, each.by) for each in story][1] == (EntryKind.SECOND, "ដារ៉ា")
    other.desk.assessment.undo(checked.class_id)
    assert checked.state(0).second is None
    second(other)
    assert (checked.state(0).second, checked.state(0).differs) == (Outcome.COMPETENT, False)


def test_the_second_assessor_is_somebody_else_and_checks_the_attempt_of_that_day(checked, colleague) -> None:
    with pytest.raises(Refused, match="somebody else than the first"):
        second(checked)
    other = checked.as_staff(colleague.desk)
    with pytest.raises(Refused, match="no attempt of this day"):
        second(other, day=14)
    with pytest.raises(Refused, match="no attempt of this day"):
        second(other, person=1)
    with pytest.raises(ChangedMeanwhile):
        second(other, seen=0)
    second(checked, assessor_id=colleague.desk.actor.staff_id)
    assert checked.state(0).second is Outcome.COMPETENT


def test_a_second_result_alone_reaches_nothing_and_a_later_attempt_is_checked_anew(checked, colleague) -> None:
    other = checked.as_staff(colleague.desk)
    second(other)
    checked.assess(0, outcome="not-yet", day=20)
    assert (checked.state(0).outcome, checked.state(0).second) == (Outcome.NOT_YET, None)
    unit = checked.unit_id("M01")
    for story in checked.desk.assessment.story(checked.class_id, checked.people[0], unit):
        if story.entry.kind is EntryKind.ATTEMPT:
            checked.desk.assessment.take_back(story.entry.id, "wrong learner")
    assert checked.state(0) is None


def test_the_lot_takes_about_the_share_that_is_asked_for() -> None:
    ids = [number.to_bytes(16, "big") for number in range(10_000)]
    assert sum(in_sample(each, 10) for each in ids) == 1000
    assert not any(in_sample(each, 0) for each in ids)
    assert all(in_sample(each, 100) for each in ids)
