"""The follow-up page: who is due, one person after release, the journey, the admission list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _p
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.follow_up.check_pane import CheckPane
from tlbb_desktop.screens.follow_up.closing_part import ClosingPart
from tlbb_desktop.screens.follow_up.contacts_part import ContactsPart
from tlbb_desktop.screens.follow_up.events_part import EventsPart
from tlbb_desktop.screens.follow_up.list_pane import ListPane
from tlbb_desktop.screens.follow_up.person_pane import PART_KEYS, Part, PersonPane
from tlbb_desktop.screens.follow_up.presenter import FollowUpPresenter
from tlbb_desktop.screens.follow_up.road_pane import RoadPane
from tlbb_desktop.screens.follow_up.road_presenter import RoadPresenter
from tlbb_desktop.screens.follow_up.typing_pane import TypingPane
from tlbb_desktop.screens.follow_up.words import FOLLOW_UP_KEYS
from tlbb_desktop.widgets.destinations import OpenCase
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import Panes
from tlbb_desktop.wiring import Desk

Key = Qt.Key
SHOWN_KINDS = ("follow_up", "release", "case", "person")
CONTACTS: Final = "contacts"
#: Of a draft, where it is of a row of a journey that is typed in.
JOURNEY: Final = "journey"
PARTS: Final = (
    Part(CONTACTS, Np_("of the follow-up", "Contacts"), "calendar-check", ContactsPart),
    Part("events", Np_("of the follow-up", "Events"), "triangle-alert", EventsPart),
    Part("closing", Np_("of the follow-up", "Closing"), "lock", ClosingPart),
)


class FollowUpScreen(Page):
    """Opened with None (the list), the row of a release, or an ``OpenCase`` with the row of a contact."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = FollowUpPresenter(desk)
        self._panes = Panes(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self.list_pane = ListPane(self._presenter, self._panes)
        self.person_pane = PersonPane(self._presenter, PARTS, self._panes)
        road = RoadPresenter(desk)
        self.road_pane, self.typing_pane = RoadPane(road, tasks, self), TypingPane(road, self)
        self.check_pane = CheckPane(desk, self)
        for pane in (self.list_pane, self.person_pane, self.road_pane, self.typing_pane, self.check_pane):
            self._panes.addWidget(pane)
        self._wire(changes)

    def _wire(self, changes: ChangeSignal) -> None:
        self.list_pane.chosen.connect(self.show_release)
        self.list_pane.road_wanted.connect(self.plan_journey)
        self.road_pane.typing_wanted.connect(self.type_in)
        self.list_pane.check_wanted.connect(self.check_list)
        for pane in (self.road_pane, self.typing_pane, self.check_pane):
            pane.left.connect(self.go_back)
        person = self.person_pane
        person.left.connect(self.go_back)
        person.said.connect(self.said)
        person.troubled.connect(self.troubled)
        person.changed.connect(self._read_person)
        changes.changed.connect(self._something_changed)

    # what the window asks ------------------------------------------------------------------------------------------

    @override
    def open(self, argument: object = None) -> None:
        if isinstance(argument, OpenCase) and self.done(self._presenter.load):
            release = self._presenter.release_of_case(argument.case_id)
            if release is not None:
                self.show_release(release, argument.record_id or 0)
                return
        elif isinstance(argument, int) and self.done(self._presenter.load):
            self.show_release(argument)
            return
        if self.shown is self.list_pane:
            self.show_list()

    @override
    def title(self) -> str:
        return _p("place", "Follow-up")

    @override
    def help_topic(self) -> str:
        return "follow_up"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return FOLLOW_UP_KEYS

    @override
    def print_paper(self) -> None:
        if self.shown is self.road_pane:
            self.road_pane.print_it()

    @override
    def undo(self) -> None:
        if self.shown is self.person_pane:
            self.person_pane.part.undo()
        elif self.shown is self.typing_pane:
            self.typing_pane.undo()

    @override
    def start_find(self) -> None:
        if self.shown is self.list_pane:
            self.list_pane.start_find()

    @override
    def go_back(self) -> bool:
        if self.shown is self.list_pane:
            return False
        if self.shown is self.road_pane and self.road_pane.close_paper():
            return True
        if self.shown is not self.person_pane or self.person_pane.part.may_be_left():
            self.show_list()
        return True

    @override
    def read_again(self) -> None:
        if self.shown is self.list_pane:
            self.show_list()
        elif self.shown is self.person_pane:
            self._read_person()
        elif self.shown is self.check_pane:
            self.check_pane.read_again()

    @override
    def draft(self) -> dict[str, object] | None:
        if self.shown is self.typing_pane:
            typed = self.typing_pane.draft()
            return None if typed is None else {JOURNEY: typed}
        return self.person_pane.draft() if self.shown is self.person_pane else None

    @override
    def draft_compartment(self) -> str:
        return "aftercare" if self.shown in (self.person_pane, self.typing_pane) else "db"

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        kept = cast("dict[str, Any]", draft)
        if JOURNEY in kept:
            self.type_in()
            self.typing_pane.take_draft(kept[JOURNEY])
            return
        if self.done(self._presenter.load):
            self.show_release(kept["release"], part=kept["part"])
        if self.shown is self.person_pane:
            self.person_pane.take_draft(kept)

    @property
    def shown(self) -> QWidget | None:
        """The pane that is shown."""
        return self._panes.currentWidget()

    # inside ---------------------------------------------------------------------------------------------------------

    def show_release(self, release_id: int, contact: int = 0, part: str = CONTACTS) -> None:
        """Open somebody who was released, at one of the parts, and at a contact if wished."""
        person = self._presenter.open_release(release_id)
        if person is not None:
            self._panes.setCurrentWidget(self.person_pane)
            self.person_pane.show_person(person, part, contact)
            self.person_pane.part.put_cursor()

    def show_list(self) -> None:
        """Show what is due, read afresh."""
        if self.done(self._presenter.load):
            self.list_pane.show_lines()
            self._panes.setCurrentWidget(self.list_pane)
            self.list_pane.form.table.setFocus()

    def plan_journey(self) -> None:
        """Go to the papers of a journey."""
        if self._presenter.may_write():
            self._panes.setCurrentWidget(self.road_pane)
            self.road_pane.start()

    def type_in(self) -> None:
        """Go to typing in the papers of a journey."""
        if self._presenter.may_write():
            self._panes.setCurrentWidget(self.typing_pane)
            self.typing_pane.start()

    def check_list(self) -> None:
        """Go to the comparison with a prison's admission list."""
        if self._presenter.may_write():
            self._panes.setCurrentWidget(self.check_pane)
            self.check_pane.start()

    def _read_person(self) -> None:
        here = self._presenter.person
        if here is not None and self.done(self._presenter.load):
            person = self._presenter.open_release(here.release_id)
            if person is None:
                self.show_list()
            else:
                self.person_pane.show_person(person)

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and kind in SHOWN_KINDS and self.shown is self.list_pane:
            self.show_list()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = physical_key(event), event.modifiers()
        if self.shown is self.person_pane and modifiers == Qt.KeyboardModifier.AltModifier and key in PART_KEYS:
            self.person_pane.next_part(PART_KEYS[Key(key)])
        elif self.shown is self.list_pane and not modifiers and key in self._keys:
            self._keys[Key(key)]()
        else:
            super().keyPressEvent(event)

    @property
    def _keys(self) -> dict[Key, Callable[[], object]]:
        return {
            Key.Key_Slash: self.start_find,
            Key.Key_R: self.plan_journey,
            Key.Key_T: self.type_in,
            Key.Key_A: self.check_list,
        }
