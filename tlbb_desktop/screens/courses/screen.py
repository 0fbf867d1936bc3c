"""The courses page of a manager: a list, a course with its units, and the form of a unit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.curricula import CurriculumRefused
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.forms.ui_courses import Ui_CoursesForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.courses.course_pane import CoursePane
from tlbb_desktop.screens.courses.editor import CourseEditor
from tlbb_desktop.screens.courses.presenter import CoursesPresenter
from tlbb_desktop.screens.courses.unit_draft import UnitDraft
from tlbb_desktop.screens.courses.unit_pane import UnitPane
from tlbb_desktop.screens.courses.words import COURSE_COLUMNS, COURSE_KEYS, TITLE_COLUMN, course_sign
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import Panes
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
WORKBOOK: Final = "xlsx"
Acts: TypeAlias = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]]


class CoursesScreen(Page):
    """Opened with None (the list) or the row of a course."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:  # noqa: ARG002 - every page is made with the same four
        super().__init__(parent)
        self._presenter, self.editor = CoursesPresenter(desk), CourseEditor(desk)
        self._warned_about: object = None
        self._panes = Panes(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self._list = QWidget(self)
        self._form = Ui_CoursesForm()
        self._form.setupUi(self._list)
        self.course_pane, self.unit_pane = CoursePane(self.editor, self), UnitPane(self.editor, self)
        self._homes = {pane: scrolling(pane) for pane in (self._list, self.course_pane, self.unit_pane)}
        for area in self._homes.values():
            self._panes.addWidget(area)
        self.course_pane.reflow_in(self._homes[self.course_pane])
        self._wire(changes)
        apply_icons(self)

    def _wire(self, changes: ChangeSignal) -> None:
        form, course, unit = self._form, self.course_pane, self.unit_pane
        form.table.set_columns(COURSE_COLUMNS, TITLE_COLUMN, course_sign)
        form.table.chosen.connect(self.show_course)
        form.findEdit.textChanged.connect(self._show_lines)
        form.findEdit.returnPressed.connect(self._open_first)
        form.namesButton.clicked.connect(self._go_to_names)
        course.left.connect(self.go_back)
        course.unit_wanted.connect(self._write_unit)
        course.import_wanted.connect(self._choose_import)
        course.export_wanted.connect(self._choose_export)
        unit.kept.connect(self._unit_kept)
        unit.left.connect(self.go_back)
        changes.changed.connect(self._something_changed)

    # what the window asks ------------------------------------------------------------------------------------------

    @override
    def open(self, argument: object = None) -> None:
        if isinstance(argument, int) and not self.editor.is_changed:
            self.show_course(argument)
        elif self.shown is self._list:
            self._show_list()

    @override
    def title(self) -> str:
        return _p("place", "Courses")

    @override
    def help_topic(self) -> str:
        return "courses"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return COURSE_KEYS

    @override
    def start_find(self) -> None:
        if self.shown is self._list:
            self._form.findEdit.setFocus()
            self._form.findEdit.selectAll()

    @override
    def go_back(self) -> bool:
        here = self.shown
        if here is self.unit_pane:
            if self.unit_pane.may_be_left():
                self._show_pane(self.course_pane)
                self.course_pane.show_course()
                self.course_pane.take_cursor()
        elif here is self.course_pane:
            if not self.course_pane.close_panel() and self._may_be_left():
                self.editor.drop()
                self._show_list()
        else:
            return False
        return True

    @override
    def read_again(self) -> None:
        if self.shown is self._list:
            self._read_list()
        elif self.done(self.editor.read):
            self.course_pane.show_course()

    @override
    def draft(self) -> dict[str, object] | None:
        here = self.shown
        unit = self.unit_pane.values() if here is self.unit_pane and self.unit_pane.is_touched else None
        if here is self._list or not (self.editor.is_changed or unit):
            return None
        return {**self.editor.values(), "unit": unit}

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        kept = cast("dict[str, Any]", draft)
        if not self.done(lambda: self.editor.take_values(kept)):
            return
        self._show_pane(self.course_pane)
        self.course_pane.start()
        if kept.get("unit"):
            self._show_pane(self.unit_pane)
            self.unit_pane.write(UnitDraft.from_values(kept["unit"]), touched=True)

    @property
    def shown(self) -> QWidget:
        """The pane that is shown: list, course or unit."""
        return next(pane for pane, area in self._homes.items() if area is self._panes.currentWidget())

    # the list ------------------------------------------------------------------------------------------------------

    def _read_list(self) -> None:
        if self.done(self._presenter.load):
            self._show_lines()

    def _show_lines(self) -> None:
        self._form.table.show_lines(self._presenter.lines(self._form.findEdit.text()))

    def _show_list(self) -> None:
        self._read_list()
        self._show_pane(self._list)
        self._form.table.setFocus()

    def _open_first(self) -> None:
        here = self._form.table.current_id()
        if here is not None:
            self.show_course(here)

    def _go_to_names(self) -> None:
        self.go_to.emit("settings", "courses")

    def show_course(self, course_id: int) -> None:
        """Open a course."""
        if self.done(lambda: self.editor.load(course_id)):
            self._warned_about = None
            self._show_pane(self.course_pane)
            self.course_pane.start()

    def _show_pane(self, pane: QWidget) -> None:
        self._panes.setCurrentWidget(self._homes[pane])
        self._homes[pane].verticalScrollBar().setValue(0)

    # one course ----------------------------------------------------------------------------------------------------

    def _may_be_left(self) -> bool:
        """Whether nothing would be lost, or the reader was told so and changed nothing since."""
        if not self.editor.is_changed or self._warned_about == self.editor.draft:
            return True
        self._warned_about = self.editor.draft
        said = N_("The curriculum is not saved. Save it with Ctrl+S, or leave once more to drop what you changed.")
        self.troubled.emit(Refused(said))
        return False

    def _write_unit(self, place: int | None) -> None:
        editor = self.editor
        self._show_pane(self.unit_pane)
        self.unit_pane.write(editor.new_unit() if place is None else editor.unit_draft(place))

    def _unit_kept(self, place: int) -> None:
        self._show_pane(self.course_pane)
        self.course_pane.show_course(place)
        self.course_pane.take_cursor()

    def _choose_import(self) -> None:
        kinds = _("Spreadsheets") + " (*.xlsx *.xls *.ods)"
        folder = str(self._presenter.folder(Path.home()))
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the curriculum"), folder, kinds)
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Show what a file would change; nothing is stored before the reader says so."""
        self._presenter.keep_folder(path.parent)
        try:
            curriculum = self._presenter.read_file(self.editor.course_id, path)
        except CurriculumRefused as refused:
            self.course_pane.refuse_file(refused, path.name)
        except TlbbError as error:
            self.troubled.emit(error)
        else:
            self.course_pane.ask_take(curriculum, path.name)

    def _choose_export(self) -> None:
        newest = self.editor.newest
        if newest is None:
            return
        name = f"{self.editor.course.code} {newest.number}.{WORKBOOK}"
        folder = str(self._presenter.folder(Path.home()))
        dialog = QFileDialog(self, _("Export the curriculum"), folder, f"XLSX (*.{WORKBOOK})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(WORKBOOK)
        dialog.selectFile(name)
        if dialog.exec():
            self.export_file(Path(dialog.selectedFiles()[0]))

    def export_file(self, path: Path) -> None:
        """Write the newest version of the course."""
        self._presenter.keep_folder(path.parent)
        if self.done(lambda: self._presenter.export(self.editor.course_id, path)):
            self.said.emit(_("Written: {file}").format(file=path.name))

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and kind in ("course", "class") and self.shown is self._list:
            self._read_list()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = physical_key(event), event.modifiers()
        act = self._acts().get((key, modifiers))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _acts(self) -> Acts:
        """What the keys do on the pane that is shown."""
        here, course, unit = self.shown, self.course_pane, self.unit_pane
        if here is self._list:
            return {(Key.Key_Slash, PLAIN): self.start_find}
        if here is unit:
            acts: Acts = {(Key.Key_S, CONTROL): unit.keep}
            return {**acts, (Key.Key_Delete, PLAIN): unit.remove_criterion} if unit.criteria_have_cursor() else acts
        if course.has_panel():
            return {}
        acts = {(Key.Key_S, CONTROL): course.ask_save, (Key.Key_N, PLAIN): course.add_unit}
        if course.units_have_cursor():
            acts |= {(Key.Key_Delete, PLAIN): course.remove_unit, (Key.Key_O, PLAIN): course.turn_off}
        return acts

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self._list)
            self._show_lines()
        super().changeEvent(event)
