"""The settings page of a member of staff, and what tests do with it."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.settings.screen import SettingsScreen
from tlbb_desktop.services.staff import NewMember


@pytest.fixture
def settings_of(qtbot, tasks):
    screens = []

    def build(desk, section="appearance") -> SettingsScreen:
        screen = SettingsScreen(desk, tasks, ChangeSignal())
        screens.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1166, 640)
        screen.show()
        screen.open(section)
        return screen

    return build


@pytest.fixture
def with_trainer(desk):
    desk.staff.add(NewMember("dara", "សុខ ដារ៉ា", Role.TRAINER, "four words of a kind", prisons=(desk.prisons.own().id,)))
    return desk


def names_of(screen):
    return [entry.name for entry in screen._entries]


def select(section, text):
    for line in range(section.table.rowCount()):
        if any(section.table.item(line, column).text() == text for column in range(section.table.columnCount())):
            section.table.selectRow(line)
            return
    raise AssertionError(f"no row with {text}")
