"""Closing by the rule with a manager's sign, what two managers decide, and events with their history."""

from __future__ import annotations

from datetime import date

import pytest

from tests.gui.accessible import unnamed_controls
from tests.gui.follow_up.test_contacts_page import column
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import clock, room
from tests.services.cases.test_case_endings import close, second, seen_through
from tlbb_desktop.domain.cases import CaseState, CloseReason, RetentionAct
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.widgets.destinations import OpenCase

__all__ = ["clock", "room", "seen_through"]


@pytest.fixture
def the_same_day() -> None:
    """The clock of the case room stands still by itself."""


@pytest.fixture
def part_of(page_at, seen_through):
    """The page of a member of staff at a part of the case."""

    def opened(desk, part: str = "closing"):
        page = page_at(desk)
        page.open(OpenCase(seen_through))
        page.person_pane.next_part([each.name for each in page.person_pane._parts].index(part))
        return page.person_pane.part

    return opened


def test_a_worker_sees_what_is_missing_and_closes_nothing(part_of, room) -> None:
    part = part_of(room.desk())
    assert "A manager has not signed yet." in part.gaps_label.text()
    assert part.close_button.isHidden()


def test_a_manager_signs_by_closing(part_of, room, seen_through) -> None:
    part = part_of(room.manager)
    assert part.reason_answer.value() is CloseReason.DONE_AFTER_RELEASE
    assert part.gaps_label.isHidden()
    part.close_button.click()
    assert room.manager.cases.file(seen_through).state is CaseState.CLOSED
    assert "Closed" in part.state_label.text()
    assert part._closing.isHidden()


def test_what_stands_against_the_rule_is_listed(part_of, room, page_at) -> None:
    from tlbb_desktop.domain.releases import ReleaseForm

    case_id = room.case(room.person("SR-27-0009"))
    worker = room.desk()
    worker.releases.record(worker.cases.file(case_id).person_id, ReleaseForm(room.clock.today()))
    page = page_at(room.manager)
    page.open(OpenCase(case_id))
    page.person_pane.next_part(2)
    part = page.person_pane.part
    assert part.reason_answer.value() is CloseReason.DONE_AFTER_RELEASE
    assert len(part.gaps_label.text().splitlines()) == 2
    troubles = []
    page.troubled.connect(troubles.append)
    part.close_button.click()
    assert troubles


def test_one_manager_asks_for_the_seal_and_a_second_one_decides(part_of, room, seen_through) -> None:
    close(room, seen_through)
    room.clock.go_to(date(2028, 6, 1))
    part = part_of(room.manager)
    part.act_buttons[RetentionAct.SEAL].click()
    assert part._why_field.problem_text
    part.why_answer.setText("the time is over")
    part.act_buttons[RetentionAct.SEAL].click()
    assert part.approve_button.isHidden()
    assert "second manager" in part.request_label.text()
    other = part_of(second(room))
    assert not other.approve_button.isHidden()
    other.approve_button.click()
    assert room.manager.cases.file(seen_through).state is CaseState.SEALED
    assert "Sealed" in other.state_label.text()
    assert not other.act_buttons[RetentionAct.EXPUNGE].isHidden()


def fill(part, **values) -> None:
    for name, value in values.items():
        part.pane.form.answers[name].show_value(value)
        part.pane.form.answers[name].edited.emit()


def test_an_event_is_entered_raised_with_a_reason_and_keeps_its_history(part_of, room, seen_through) -> None:
    from tlbb_desktop.domain.reoffences import EventSource

    part = part_of(room.desk(), "events")
    part.pane.begin_new()
    assert part.pane.form.fields["why"].isHidden()
    fill(part, event_on=date(2027, 3, 1), level=EvidenceLevel.ARREST)
    assert not part.pane.save()
    assert part.pane.form.fields["source"].problem_text
    fill(part, source=EventSource.FAMILY)
    assert part.pane.save()
    fill(part, level=EvidenceLevel.CONVICTION)
    assert not part.pane.save()
    assert part.pane.form.fields["why"].problem_text
    fill(part, why="court file")
    assert part.pane.save()
    assert column(part.pane.table, 1) == ["4 Conviction"]
    assert "2 Arrest until" in part.pane.form.fields["level"].note
    assert "court file" in part.pane.form.fields["level"].note


def test_no_word_is_cut_and_everything_has_a_name(language, page_at, room, seen_through) -> None:
    page = page_at(room.manager)
    page.open(OpenCase(seen_through))
    for step in (1, 1):
        page.person_pane.next_part(step)
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
    page.person_pane.next_part(-1)
    page.person_pane.part.pane.begin_new()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    close(room, seen_through)
    page.read_again()
    page.person_pane.next_part(1)
    assert cut_texts(page) == []
