"""The cases page of a social worker or manager: the list, and one case."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _p
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.case_pane import SECTION_KEYS, CasePane
from tlbb_desktop.screens.cases.dates_page import DatesPage
from tlbb_desktop.screens.cases.dates_presenter import DatesPresenter
from tlbb_desktop.screens.cases.list_pane import ListPane
from tlbb_desktop.screens.cases.presenter import CasesPresenter
from tlbb_desktop.screens.cases.sections import ENTRIES
from tlbb_desktop.screens.cases.words import CASE_KEYS
from tlbb_desktop.widgets.destinations import OpenCase
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import Panes
from tlbb_desktop.wiring import Desk

Key = Qt.Key
SHOWN_KINDS = ("case", "person")


class CasesScreen(Page):
    """Opened with None (the list), the row of a case, or an ``OpenCase``."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = CasesPresenter(desk)
        self._panes = Panes(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self.list_pane = ListPane(self._presenter, self._panes)
        self.case_pane = CasePane(desk, tasks, self._presenter, ENTRIES, self._panes)
        self.dates_page = DatesPage(DatesPresenter(desk), self._panes)
        for pane in (self.list_pane, self.case_pane, self.dates_page):
            self._panes.addWidget(pane)
        self._wire(changes)

    def _wire(self, changes: ChangeSignal) -> None:
        self.list_pane.chosen.connect(self.show_case)
        self.list_pane.begun.connect(self._begin)
        self.list_pane.view_chosen.connect(self._show_list)
        self.list_pane.dates_wanted.connect(self.change_dates)
        self.dates_page.closed.connect(self._show_list)
        self.dates_page.said.connect(self.said)
        self.dates_page.troubled.connect(self.troubled)
        case = self.case_pane
        case.left.connect(self.go_back)
        case.said.connect(self.said)
        case.troubled.connect(self.troubled)
        case.go_to.connect(self.go_to)
        case.case_changed.connect(self._read_case)
        changes.changed.connect(self._something_changed)

    # what the window asks ------------------------------------------------------------------------------------------

    @override
    def open(self, argument: object = None) -> None:
        if isinstance(argument, OpenCase):
            self.show_case(argument.case_id, argument.section, argument.record_id)
        elif isinstance(argument, int):
            self.show_case(argument)
        elif self.shown is self.list_pane:
            self._show_list()

    @override
    def title(self) -> str:
        return _p("place", "Cases")

    @override
    def help_topic(self) -> str:
        return "cases"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return CASE_KEYS

    @override
    def undo(self) -> None:
        if self.shown is self.case_pane:
            self.case_pane.section.undo()
        elif self.shown is self.dates_page:
            self.dates_page.undo()

    @override
    def print_paper(self) -> None:
        if self.shown is self.case_pane:
            self.case_pane.section.print_paper()

    @override
    def start_find(self) -> None:
        if self.shown is self.list_pane:
            self.list_pane.start_find()

    @override
    def go_back(self) -> bool:
        if self.shown is self.list_pane:
            return self.list_pane.close_panel()
        if self.shown is self.dates_page or self.case_pane.section.may_be_left():
            self._show_list()
        return True

    @override
    def read_again(self) -> None:
        if self.shown is self.list_pane:
            self._show_list()
        elif self.shown is self.case_pane:
            self._read_case()

    @override
    def draft(self) -> dict[str, object] | None:
        return self.case_pane.draft() if self.shown is self.case_pane else None

    @override
    def draft_compartment(self) -> str:
        return self.case_pane.section.compartment if self.draft() is not None else "db"

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        kept = cast("dict[str, Any]", draft)
        self.show_case(kept["case"], kept["section"])
        if self.shown is self.case_pane:
            self.case_pane.take_draft(kept)

    @property
    def shown(self) -> QWidget | None:
        """The list or the case."""
        return self._panes.currentWidget()

    # inside ---------------------------------------------------------------------------------------------------------

    def show_case(self, case_id: int, section: str = "", record: int | None = None) -> None:
        """Open a case, at one of its parts and entries if wished."""
        with self._presenter.view_of_case():
            case = self.attempt(lambda: self._presenter.open(case_id))
            if case is None:
                return
            self._panes.setCurrentWidget(self.case_pane)
            self.case_pane.show_case(case, section, record)
        self.case_pane.form.sectionList.setFocus()

    def change_dates(self) -> None:
        """Go to the change of many release dates."""
        if self._presenter.may_move_dates():
            self._panes.setCurrentWidget(self.dates_page)
            self.dates_page.start()

    def _show_list(self) -> None:
        if self.done(self._presenter.load):
            self.list_pane.show_lines()
            self._panes.setCurrentWidget(self.list_pane)
            self.list_pane.form.table.setFocus()

    def _read_case(self) -> None:
        here = self._presenter.case
        if here is not None and here.id is not None:
            case_id = here.id
            with self._presenter.view_of_case():
                case = self.attempt(lambda: self._presenter.open(case_id))
                if case is not None:
                    self.case_pane.show_case(case)

    def _begin(self, person_id: int, waiting: bool) -> None:
        case_id = self.attempt(lambda: self._presenter.begin(person_id, waiting=waiting))
        if case_id is not None:
            self.list_pane.close_panel()
            self.show_case(case_id)

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and kind in SHOWN_KINDS and self.shown is self.list_pane:
            self._show_list()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = physical_key(event), event.modifiers()
        if self.shown is self.case_pane and modifiers == Qt.KeyboardModifier.AltModifier and key in SECTION_KEYS:
            self.case_pane.next_section(SECTION_KEYS[key])
        elif self.shown is self.list_pane and not modifiers and key == Key.Key_N:
            self.list_pane.ask_begin()
        elif self.shown is self.list_pane and not modifiers and key == Key.Key_D:
            self.change_dates()
        elif self.shown is self.list_pane and not modifiers and key == Key.Key_Slash:
            self.start_find()
        else:
            super().keyPressEvent(event)
