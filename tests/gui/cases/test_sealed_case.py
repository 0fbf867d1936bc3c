"""A sealed case in the window: each part says that it is sealed, and a key with the reason opens it to a manager."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.test_case_endings import asked_and_approved, close, seen_through
from tests.services.cases.test_sealed_people import sealed
from tlbb_desktop.domain.visits import VisitForm, VisitKind
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.follow_up.screen import FollowUpScreen

__all__ = ["asked_and_approved", "close", "sealed", "seen_through"]


@pytest.fixture
def shut(room, seen_through, request) -> int:
    """The sealed case, with a visit, a legal file, two contacts and an event."""
    room.desk().visits.add(seen_through, VisitKind.HOME_VISIT, date(2027, 5, 17), VisitForm(place="SECRET market"))
    request.getfixturevalue("sealed")
    return seen_through


def section_of(page, case_id, name):
    page.show_case(case_id, name)
    return page.case_pane.section


def digit(widget, key=Qt.Key.Key_2) -> None:
    QTest.keyClick(widget, key)


def test_visits_ask_a_manager_for_the_reason_and_tell_others_who_reads_them(page_at, room, shut) -> None:
    page = page_at(room.desk())
    section = section_of(page, shut, "visits")
    assert section.bar.isVisible()
    assert not section.bar.asks
    assert section.bar.sentence == "This case is sealed. Only a manager who gives a reason reads it."
    assert not section.pane.isVisible(), "an empty list would say that there is nothing"
    assert section.pane.table.model().rowCount() == 0
    page = page_at(room.manager)
    section = section_of(page, shut, "visits")
    assert section.bar.asks
    assert section.bar.sentence == "This case is sealed. Give the reason for reading it; it is written down."
    digit(section)
    assert not section.bar.asks
    assert section.pane.isVisible()
    assert section.pane.table.model().rowCount() == 1
    assert not section.pane.new_button.isVisible()


def test_law_and_release_date_of_a_sealed_case_open_with_a_reason_to_be_read_only(page_at, room, shut) -> None:
    page = page_at(room.desk())
    section = section_of(page, shut, "law")
    assert not section.bar.asks
    assert not section.file.isVisible()
    assert not section.dates.isVisible()
    page = page_at(room.manager)
    section = section_of(page, shut, "law")
    assert section.bar.asks
    assert not section.file.isVisible()
    digit(section)
    assert section.file.isVisible()
    assert section.dates.isVisible()
    assert not section.file.button.isVisible()
    assert not section.dates.change.isVisible()


def test_an_open_case_asks_for_no_reason_at_visits_and_law(page_at, room) -> None:
    case_id = room.case()
    page = page_at(room.desk())
    for name in ("visits", "law"):
        assert not section_of(page, case_id, name).bar.isVisible()


@pytest.fixture
def follow_up_at(qtbot, tasks):
    """Build the follow-up page of a member of staff."""

    def build(desk) -> FollowUpScreen:
        page = FollowUpScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.mark.parametrize(("name", "lines"), [("contacts", 12), ("events", 1)])
def test_contacts_and_events_of_a_sealed_case_open_with_a_reason(follow_up_at, room, shut, name, lines) -> None:
    for desk, asks in ((room.desk(), False), (room.manager, True)):
        page = follow_up_at(desk)
        page.show_release(page._presenter.release_of_case(shut), part=name)
        part = page.person_pane.part
        assert part.bar.isVisible()
        assert part.bar.asks == asks
        assert not part.pane.isVisible()
        assert part.pane.table.model().rowCount() == 0
    digit(part)
    assert not part.bar.asks
    assert part.pane.isVisible()
    assert part.pane.table.model().rowCount() == lines
    assert not part.pane.new_button.isVisible()


def test_no_word_of_a_sealed_case_is_cut_and_everything_has_a_name(language, page_at, follow_up_at, room, shut) -> None:
    page, after = page_at(room.manager), follow_up_at(room.manager)
    for name in ("visits", "law"):
        section_of(page, shut, name)
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
    for name in ("contacts", "events"):
        after.show_release(after._presenter.release_of_case(shut), part=name)
        assert cut_texts(after) == []
        assert unnamed_controls(after) == []
