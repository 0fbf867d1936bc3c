"""The follow-up page over a real record: two who were released, at another stage each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.services.aftercare.conftest import release_of
from tests.services.test_people import newcomer
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.people import Contact, Names
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.follow_up.screen import FollowUpScreen

PLACES = {"SR-26-0001": "17100104", "SR-26-0002": "01020101", "SR-26-0003": "17100101"}


@pytest.fixture(autouse=True)
def the_same_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 27, 9, tzinfo=CAMBODIA), tick=True):
        yield


@dataclass(frozen=True)
class Villages:
    """Rows of people and releases by code: three who left on 20 November."""

    people: dict[str, int]
    releases: dict[str, int]


@pytest.fixture
def villages(desk) -> Villages:
    people, releases = {}, {}
    for code, place in PLACES.items():
        names = Names("សុខ", "ដារ៉ា", "SOK", "DARA", "តូច")
        people[code] = desk.people.save(
            newcomer(desk.prisons.own().id, code=code, names=names, contact=Contact(place_code=place))
        )
        desk.case_history.take([HistoryLine(2, code, date(2026, 11, 20))])
        releases[code] = release_of(desk, people[code])
        desk.follow_ups.plan(releases[code])
    return Villages(people, releases)


@pytest.fixture
def page_at(qtbot, tasks):
    """Build the page of a member of staff."""

    def build(desk) -> FollowUpScreen:
        page = FollowUpScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.fixture
def page(page_at, desk, villages) -> FollowUpScreen:
    return page_at(desk)


@pytest.fixture
def press():
    """A key to whatever has the cursor."""

    def send(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    return send
