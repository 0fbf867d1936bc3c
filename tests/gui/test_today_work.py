"""Today as the work list of a social worker, a liaison and a manager, over a real record of cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import RELEASED, TODAY, CaseRoom, clock, room
from tests.services.cases.test_case_plans import complete
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import SafetyRisk
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.follow_up.screen import FollowUpScreen
from tlbb_desktop.screens.releases.screen import ReleasesScreen
from tlbb_desktop.screens.today.screen import TodayScreen
from tlbb_desktop.screens.today.work_cards import LINES_SHOWN
from tlbb_desktop.widgets.destinations import OpenCase

__all__ = ["CaseRoom", "clock", "room"]


@pytest.fixture
def page_at(qtbot, tasks):
    def build(desk) -> TodayScreen:
        changes = ChangeSignal()
        desk.office._publish = changes.publish
        page = TodayScreen(desk, tasks, changes)
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.fixture
def in_danger(room) -> int:
    """A case whose safety task is due tomorrow."""
    case_id = room.case()
    room.desk().strengths.save(with_risk(whole(case_id), SafetyRisk.DEBT))
    return case_id


def card(page: TodayScreen, heading: str) -> list[str]:
    """The texts of the card with this heading, which itself is left out; empty where there is none."""
    for each in page._cards:
        said = [label.text() for label in each.findChildren(QLabel) if label.text()]
        if heading in said:
            return [text for text in said if text != heading]
    return []


def press(page: TodayScreen, name: str) -> None:
    """The first button whose spoken name begins so."""
    buttons = [button for each in page._cards for button in each.findChildren(QPushButton)]
    next(each for each in buttons if each.accessibleName().startswith(name)).click()


def test_a_task_moves_from_this_week_to_today_and_then_says_how_late_it_is(in_danger, page_at, room) -> None:
    desk = room.desk()
    page = page_at(desk)
    assert card(page, "Due today") == ["Nothing is due today."]
    assert card(page, "This week")[0] == "ស៊ិន ពិសិដ្ឋ: Task for somebody's safety"
    room.clock.go_to(TODAY + timedelta(days=1))
    page.open()
    assert card(page, "Due today")[0] == "ស៊ិន ពិសិដ្ឋ: Task for somebody's safety"
    room.clock.go_to(TODAY + timedelta(days=3))
    page.open()
    assert "overdue 2 days (17/11/2026)" in card(page, "Overdue")[1]


def test_a_line_opens_the_form_that_it_asks_for(in_danger, page_at, room, qtbot) -> None:
    page = page_at(room.desk())
    with qtbot.waitSignal(page.go_to) as went:
        press(page, "Open: ស៊ិន ពិសិដ្ឋ: Task")
    assert went.args == ["cases", OpenCase(in_danger, "overview")]
    room.clock.go_to(TODAY + timedelta(days=29))
    page.open()
    with qtbot.waitSignal(page.go_to) as went:
        press(page, "Open: ស៊ិន ពិសិដ្ឋ: No approved plan")
    assert went.args == ["cases", OpenCase(in_danger, "plan")]


def test_a_contact_after_the_release_opens_its_form(room, page_at, qtbot, tasks) -> None:
    case_id = room.case()
    worker = room.desk()
    person = worker.cases.file(case_id).person_id
    release = worker.releases.left_today(person)
    room.clock.go_to(TODAY + timedelta(days=3))
    page = page_at(worker)
    with qtbot.waitSignal(page.go_to) as went:
        press(page, "Open: ស៊ិន ពិសិដ្ឋ: Follow-up: 72 hours")
    (first, *_later) = worker.follow_ups.of_release(release.id)
    assert went.args == ["follow_up", OpenCase(case_id, record_id=first.id)]
    follow_up = FollowUpScreen(worker, tasks, ChangeSignal())
    qtbot.addWidget(follow_up)
    follow_up.open(went.args[1])
    assert follow_up.shown is follow_up.person_pane


def test_a_planned_release_opens_the_release_plan_even_when_the_list_ends_before_it(
    room, page_at, qtbot, tasks
) -> None:
    room.case()
    worker = room.desk()
    person = next(iter(worker.release_lists.leaving())).person_id
    room.clock.go_to(RELEASED - timedelta(days=4))
    page = page_at(worker)
    with qtbot.waitSignal(page.go_to) as went:
        press(page, "Open: ស៊ិន ពិសិដ្ឋ: Release")
    assert went.args == ["releases", person]
    room.clock.go_to(TODAY)
    releases = ReleasesScreen(worker, tasks, ChangeSignal())
    qtbot.addWidget(releases)
    releases._presenter.choose(30)
    releases.open(person)
    assert releases.shown is releases.plan_pane


def test_a_long_part_is_cut_until_all_of_it_is_asked_for(room, page_at) -> None:
    for number in range(LINES_SHOWN + 2):
        room.case(room.person(f"SR-26-{number:04}"))
    room.clock.go_to(TODAY + timedelta(days=30))
    page = page_at(room.desk())
    words = "ស៊ិន ពិសិដ្ឋ: No approved plan"
    assert card(page, "Due today").count(words) == LINES_SHOWN
    assert "2 more lines" in card(page, "Due today")
    press(page, "Show all")
    assert card(page, "Due today").count(words) == LINES_SHOWN + 2


def test_what_was_done_says_that_it_was_on_time_but_entered_later(in_danger, room, page_at) -> None:
    worker = room.desk()
    (task,) = worker.case_tasks.open_tasks(in_danger)
    worker.case_tasks.done(in_danger, task.id, "បានធ្វើ", task.version)
    done = card(page_at(worker), "Done within a week")
    assert done[0] == "ស៊ិន ពិសិដ្ឋ: Task for somebody's safety"
    assert done[1].startswith("on time · done on 16/11/2026")


def test_a_manager_approves_plans_from_the_one_list(room, page_at, qtbot) -> None:
    case_id = room.case()
    worker = room.desk()
    plan = complete(worker, case_id)
    worker.case_plans.propose(plan, 1)
    page = page_at(room.manager)
    assert any("Case plan waits, version 1" in text for text in card(page, "To approve"))
    with qtbot.waitSignal(page.go_to) as went:
        press(page, "Look: ")
    assert went.args == ["cases", OpenCase(case_id, "plan")]
    assert card(page_at(worker), "To approve") == []


def test_a_liaison_sees_who_leaves_with_counts_and_no_title_of_an_item(room, page_at, qtbot) -> None:
    case_id = room.case()
    room.desk().release_plans.open(case_id)
    page = page_at(room.desk("liaison", Role.LIAISON))
    shown = card(page, "Who leaves within 90 days")
    assert shown[0] == "ស៊ិន ពិសិដ្ឋ: 22/01/2027 · in 67 days"
    assert "46 items are open · 10 critical" in shown[1]
    assert "3 of them are yours" in shown[1]
    with qtbot.waitSignal(page.go_to) as went:
        press(page, "Open: ស៊ិន ពិសិដ្ឋ: 22/01/2027")
    assert went.args == ["releases", None]


def test_no_word_is_cut_and_everything_has_a_name(language, in_danger, room, page_at) -> None:
    room.desk().release_plans.open(in_danger)
    room.clock.go_to(TODAY + timedelta(days=40))
    for desk in (room.desk(), room.desk("liaison", Role.LIAISON), room.manager):
        page = page_at(desk)
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
