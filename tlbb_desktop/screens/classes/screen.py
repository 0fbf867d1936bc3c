"""The classes page: a list, the form of a class, and the class itself."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.classes import TrainingClass
from tlbb_desktop.forms.ui_classes import Ui_ClassesForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.classes.detail_pane import ClassDetailPane
from tlbb_desktop.screens.classes.form_pane import ClassFormPane
from tlbb_desktop.screens.classes.half_typed import from_values
from tlbb_desktop.screens.classes.presenter import ClassesPresenter, ClassPresenter
from tlbb_desktop.screens.classes.words import CLASS_COLUMNS, CLASS_KEYS, COURSE_COLUMN
from tlbb_desktop.widgets.empty_state import EmptyState
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import Panes
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk

RUNNING, ALL = "running", "all"
CONTROL = Qt.KeyboardModifier.ControlModifier


class ClassesScreen(Page):
    """Opened with None (the list), the row of a class, or ``"new"``."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:  # noqa: ARG002 - every page is made with the same four
        super().__init__(parent)
        self._presenter = ClassesPresenter(desk)
        self._stack = Panes(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        area = scrolling(self._stack)
        column.addWidget(area)
        self._list = QWidget(self)
        self._form = Ui_ClassesForm()
        self._form.setupUi(self._list)
        self._class_form = ClassFormPane(self._presenter, self)
        self._detail = ClassDetailPane(ClassPresenter(desk), self)
        self._empty = EmptyState(
            "graduation-cap",
            N_("There is no class yet"),
            N_("A class is a course at a prison with its own days and times. Its sessions are planned by themselves."),
            N_("New class") if self._presenter.may_write() else "",
            self,
        )
        for pane in (self._list, self._class_form, self._detail, self._empty):
            self._stack.addWidget(pane)
        self._detail.reflow_in(area)
        self._wire(changes)
        self._word()
        apply_icons(self)

    @override
    def open(self, argument: object = None) -> None:
        self._presenter.load()
        if argument == "new" and self._presenter.may_write():
            self._new()
        elif isinstance(argument, int):
            self._show_class(argument)
        elif self._stack.currentWidget() is not self._class_form or not self._class_form.is_touched:
            self._show_list()

    @override
    def class_in_view(self) -> int | None:
        return self._detail.class_id if self._stack.currentWidget() is self._detail else None

    @override
    def title(self) -> str:
        return _p("place", "Classes")

    @override
    def help_topic(self) -> str:
        return "classes"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return CLASS_KEYS

    @override
    def start_find(self) -> None:
        self._show_list()
        self._form.findEdit.setFocus()
        self._form.findEdit.selectAll()

    @override
    def print_paper(self) -> None:
        if self._stack.currentWidget() is self._detail:
            self._detail.open_sheet()

    @override
    def go_back(self) -> bool:
        here = self._stack.currentWidget()
        if here in (self._list, self._empty):
            return False
        stays = self._detail.close_panel() if here is self._detail else not self._class_form.may_be_left()
        if not stays:
            self._presenter.load()
            self._show_list()
        return True

    @override
    def draft(self) -> dict[str, object] | None:
        if self._stack.currentWidget() is not self._class_form or not self._class_form.is_touched:
            return None
        return {"class": self._class_form.half_typed()}

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        kept = draft.get("class")
        if isinstance(kept, dict):
            self._edit(from_values(cast("dict[str, Any]", kept)), touched=True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = physical_key(event)
        if self._stack.currentWidget() is self._class_form and key == Qt.Key.Key_S and event.modifiers() == CONTROL:
            self._class_form.save()
        elif self._stack.currentWidget() is self._list and key == Qt.Key.Key_Slash:
            self.start_find()
        elif self._stack.currentWidget() is self._list and key == Qt.Key.Key_N and self._presenter.may_write():
            self._new()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self._list)
            self._word()
        super().changeEvent(event)

    def _wire(self, changes: ChangeSignal) -> None:
        form = self._form
        form.table.set_columns(CLASS_COLUMNS, COURSE_COLUMN)
        form.table.chosen.connect(self._show_class)
        form.findEdit.textChanged.connect(self._show_lines)
        form.findEdit.returnPressed.connect(self._open_first)
        form.whenBox.activated.connect(self._show_lines)
        form.newButton.clicked.connect(self._new)
        form.newButton.setVisible(self._presenter.may_write())
        self._empty.wanted.connect(self._new)
        self._class_form.saved.connect(self._saved)
        self._class_form.left.connect(self.go_back)
        self._detail.left.connect(self.open)
        self._detail.edit_wanted.connect(self._edit_class)
        self._detail.go_to.connect(self.go_to)
        self._detail.said.connect(self.said)
        self._detail.troubled.connect(self.troubled)
        changes.changed.connect(self._something_changed)

    def _word(self) -> None:
        box = self._form.whenBox
        chosen = box.currentData() or RUNNING
        box.clear()
        box.addItem(_("Running and to come"), RUNNING)
        box.addItem(_("All, also ended"), ALL)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _show_list(self) -> None:
        self._show_lines()
        if not self._presenter.any_class:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._list)
        self._form.table.setFocus()

    def _show_lines(self) -> None:
        running = self._form.whenBox.currentData() == RUNNING
        self._form.table.show_lines(self._presenter.lines(self._form.findEdit.text(), running=running))

    def _open_first(self) -> None:
        here = self._form.table.current_id()
        if here is not None:
            self._show_class(here)

    def _show_class(self, class_id: int) -> None:
        if self.done(lambda: self._detail.show_class(class_id)):
            self._stack.setCurrentWidget(self._detail)

    def _new(self) -> None:
        self._edit(self._presenter.new_class())

    def _edit_class(self, class_id: int) -> None:
        self._edit(self._presenter.group(class_id))

    def _edit(self, group: TrainingClass, *, touched: bool = False) -> None:
        self._class_form.edit(group, touched=touched)
        self._stack.setCurrentWidget(self._class_form)

    def _saved(self, class_id: int) -> None:
        self.said.emit(_("Class saved; its sessions are planned."))
        self._presenter.load()
        self._show_class(class_id)
        if not self._detail.has_learners():
            self._detail.ask_enrol()

    def _something_changed(self, kind: str, _ids: object) -> None:
        if not self.isVisible() or kind not in ("class", "session", "person", "mark"):
            return
        if self._stack.currentWidget() is self._list:
            self._presenter.load()
            self._show_lines()
        elif self._stack.currentWidget() is self._detail:
            self._detail.reload()
