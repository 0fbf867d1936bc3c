"""One course: its units as a list, what a prison leaves out, and which class follows which version."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from tlbb_desktop.domain.curricula import Basis, CertificateRule, Curriculum, CurriculumRefused
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.forms.ui_course_detail import Ui_CourseDetailForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.courses.changes_panel import ChangesPanel
from tlbb_desktop.screens.courses.editor import Changes, CourseEditor
from tlbb_desktop.screens.courses.panels import AboutPanel, FollowPanel, LeftOutPanel
from tlbb_desktop.screens.courses.words import (
    CLASS_COLUMNS,
    OFF_COLUMN,
    TITLE_COLUMN,
    UNIT_COLUMNS,
    about_words,
    course_words,
    prison_words,
    taught_words,
    unit_sign,
    unit_words,
    version_choice_words,
)
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import StackedWhenNarrow, let_wrap

STACKED_LINES = 6
UNITS_PIXELS, CLASSES_PIXELS = 720, 280
HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class CoursePane(QWidget):
    """Shows a course and carries out what is asked of it.

    Args:
        editor: the course.
        page: carries acts out and says what happened.

    Signals:
        left: back to the list.
        unit_wanted: the place of a unit whose form is to be opened; None = a new one.
        import_wanted: a file is to be chosen.
        export_wanted: a file is to be written.
    """

    left = Signal()
    unit_wanted = Signal(object)
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, editor: CourseEditor, page: Page) -> None:
        super().__init__(page)
        self._editor, self._page = editor, page
        self._is_stacked = False
        self._form = form = Ui_CourseDetailForm()
        form.setupUi(self)
        for column, row in (
            (form.page, form.head),
            (form.unitsColumn, form.unitsHead),
            (form.unitsColumn, form.unitButtons),
            (form.classesColumn, form.classesHead),
        ):
            let_wrap(column, row)
        form.unitsTable.set_columns(UNIT_COLUMNS, TITLE_COLUMN, unit_sign)
        form.classesTable.set_columns(CLASS_COLUMNS, 0)
        self._changes = ChangesPanel(self._compare, self)
        self._about, self._left_out = AboutPanel(self), LeftOutPanel(editor, self)
        self._follow = FollowPanel(editor, self)
        for panel in (self._changes, self._about, self._left_out, self._follow):
            form.strip.add(panel)
            panel.closed.connect(self.close_panel)
        self._wire()

    def _wire(self) -> None:
        form = self._form
        form.backButton.clicked.connect(self.left)
        form.saveButton.clicked.connect(self.ask_save)
        form.dropButton.clicked.connect(self._drop)
        form.importButton.clicked.connect(self._ask_import)
        form.exportButton.clicked.connect(self.export_wanted)
        form.aboutButton.clicked.connect(self._ask_about)
        form.versionBox.activated.connect(self._choose_version)
        form.prisonBox.activated.connect(self._choose_prison)
        form.addButton.clicked.connect(self.add_unit)
        form.editButton.clicked.connect(self._edit_current)
        form.removeButton.clicked.connect(self.remove_unit)
        for keys, move in (("Alt+Up", self._up), ("Alt+Down", self._down)):  # a button's own shortcut clicks too late
            QShortcut(QKeySequence(keys), self, context=HERE).activated.connect(move)
        form.upButton.clicked.connect(self._up)
        form.downButton.clicked.connect(self._down)
        form.offButton.clicked.connect(self.turn_off)
        form.followButton.clicked.connect(self._ask_follow)
        form.unitsTable.chosen.connect(self._edit_unit)
        form.unitsTable.moved.connect(self._unit_moved)
        form.classesTable.chosen.connect(self._ask_follow)
        self._changes.kept.connect(self._save)
        self._about.kept.connect(self._set_about)
        self._left_out.kept.connect(self._leave_out)
        self._follow.kept.connect(self._set_version)

    def reflow_in(self, area: QScrollArea) -> None:
        """Put the classes under the units where *area* is too narrow for both."""
        self._area = area
        self._stacking = StackedWhenNarrow(area, self._form.columns, self._needed_width)
        self._stacking.stacked.connect(self._set_stacked)

    def _needed_width(self) -> int:
        margins = self._form.page.contentsMargins()
        columns = round((UNITS_PIXELS + CLASSES_PIXELS) * current_scale()) + self._form.columns.spacing()
        return columns + margins.left() + margins.right()

    def _set_stacked(self, stacked: bool) -> None:
        self._is_stacked = stacked
        for table in (self._form.unitsTable, self._form.classesTable):
            table.keep_lines_in_sight(STACKED_LINES if stacked else 0)

    # what is shown -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the course that was loaded, from its first unit."""
        self.close_panel()
        self.show_course()
        self._form.unitsTable.go(0)
        self._form.unitsTable.setFocus()

    def show_course(self, place: int | None = None) -> None:
        """Show what the editor holds; *place* is the unit that is current then."""
        form, editor = self._form, self._editor
        form.unitsTable.show_lines(dict(enumerate(editor.lines)))
        form.classesTable.show_lines({each.class_id: each for each in editor.followers})
        form.classesTable.setVisible(bool(editor.followers))
        form.noClassLabel.setVisible(not editor.followers)
        form.followButton.setVisible(bool(editor.followers and editor.versions))
        form.unitsTable.setColumnHidden(OFF_COLUMN, editor.prison is None)
        if place is not None:
            form.unitsTable.go(place)
        self._word()
        self._unit_moved()

    def close_panel(self) -> bool:
        """Close the question that is open; False when none is."""
        was_open = self._form.strip.close_panel()
        self._form.tables.show()
        if was_open:
            self._form.unitsTable.setFocus()
        return was_open

    def take_cursor(self) -> None:
        """Put the cursor into the list of units."""
        self._form.unitsTable.setFocus()

    def _open(self, panel: QWidget, *, alone: bool = False) -> None:
        """Ask with *panel*; the tables give way to one that needs the room, and on a narrow page to any."""
        self._form.strip.ask(panel)
        self._form.tables.setVisible(not (alone or self._is_stacked))
        QTimer.singleShot(0, panel, partial(self._area.ensureWidgetVisible, panel))

    def has_panel(self) -> bool:
        """Whether something is asked."""
        return self._form.strip.shown is not None

    def units_have_cursor(self) -> bool:
        """Whether the cursor is in the list of units."""
        return self._form.unitsTable.hasFocus()

    def _word(self) -> None:
        form, editor = self._form, self._editor
        newest = editor.newest
        form.headingLabel.setText(course_words(editor.course))
        form.badgeLabel.setText(editor.course.code)
        form.sampleLabel.setVisible(editor.shown.sample and (editor.is_old or not editor.is_changed))
        form.changedLabel.setVisible(editor.is_changed)
        form.dropButton.setVisible(editor.is_changed)
        form.exportButton.setEnabled(newest is not None)
        form.aboutLabel.setText(about_words(editor))
        form.taughtLabel.setText(taught_words(editor))
        form.taughtLabel.setVisible(editor.prison is not None)
        form.versionBox.clear()
        for each in editor.versions:
            form.versionBox.addItem(version_choice_words(each, newest.number if newest else 0), each.number)
        form.versionBox.setVisible(bool(editor.versions))
        form.versionBox.setCurrentIndex(max(0, form.versionBox.findData(editor.shown_number)))
        form.prisonBox.clear()
        form.prisonBox.addItem(_("Whole curriculum"), None)
        for prison in editor.prisons:
            form.prisonBox.addItem(prison_words(prison), prison.id)
        form.prisonBox.setCurrentIndex(max(0, form.prisonBox.findData(editor.prison_id)))

    def _unit_moved(self) -> None:
        form, editor, here = self._form, self._editor, self._form.unitsTable.current_id()
        lines = editor.lines
        line = lines[here] if here is not None and here < len(lines) else None
        may_edit = not editor.is_old
        form.addButton.setEnabled(may_edit)
        form.aboutButton.setEnabled(may_edit)
        for button in (form.editButton, form.upButton, form.downButton, form.removeButton):
            button.setEnabled(may_edit and line is not None)
        form.offButton.setVisible(editor.prison is not None)
        form.offButton.setEnabled(line is not None and line.unit.id is not None)
        off = line is not None and line.off is not None
        form.offButton.setText(_("Teach here again") if off else _("Leave out here"))

    # units ---------------------------------------------------------------------------------------------------------

    def add_unit(self) -> None:
        """Open the form of a new unit."""
        if self._may_edit():
            self.unit_wanted.emit(None)

    def remove_unit(self) -> None:
        """Take the current unit out of the draft."""
        here = self._form.unitsTable.current_id()
        if here is not None and self._may_edit():
            gone = self._editor.draft.units[here]
            self.show_course(self._editor.remove(here))
            self._page.said.emit(_("{unit} is removed when you save.").format(unit=unit_words(gone)))

    def turn_off(self) -> None:
        """Ask why the chosen prison leaves the current unit out, or let it teach the unit again."""
        editor, here = self._editor, self._form.unitsTable.current_id()
        if here is None:
            return
        if editor.prison is None:
            self._page.troubled.emit(Refused(N_("Choose a prison first: units are left out at one prison.")))
        elif editor.lines[here].off is not None:
            if self._page.done(lambda: editor.teach_again(here)):
                self.show_course()
                self._page.said.emit(_("The unit is taught there again."))
        elif editor.lines[here].unit.id is None:
            self._page.troubled.emit(Refused(N_("Save the curriculum first: this unit is new.")))
        else:
            self._open(self._left_out)
            self._left_out.ask(here)

    def _edit_current(self) -> None:
        here = self._form.unitsTable.current_id()
        if here is not None:
            self._edit_unit(here)

    def _edit_unit(self, place: int) -> None:
        if self._may_edit():
            self.unit_wanted.emit(place)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        here = self._form.unitsTable.current_id()
        if here is not None and not self.has_panel() and self._may_edit():
            self.show_course(self._editor.move(here, by))

    def _may_edit(self) -> bool:
        if self._editor.is_old:
            self._page.troubled.emit(Refused(N_("An older version never changes. Choose the newest one to edit.")))
            return False
        return True

    def _leave_out(self, place: int, reason: str) -> None:
        if self._page.done(lambda: self._editor.leave_out(place, reason)):
            self.close_panel()
            self.show_course(place)

    # the whole -----------------------------------------------------------------------------------------------------

    def ask_save(self) -> None:
        """Show what saving changes, and ask."""
        if self._may_edit():
            self._ask_changes(self._editor.draft)

    def ask_take(self, curriculum: Curriculum, file: str) -> None:
        """Show what a file would change, and ask."""
        self._ask_changes(curriculum, file)

    def refuse_file(self, refused: CurriculumRefused, file: str) -> None:
        """Say all that is wrong with a file."""
        self._open(self._changes, alone=True)
        self._changes.refuse(refused, file)

    def _ask_changes(self, curriculum: Curriculum, file: str = "") -> None:
        self._open(self._changes, alone=True)
        self._changes.ask(curriculum, file)

    def _compare(self, curriculum: Curriculum, classes_follow: bool) -> Changes | None:
        return self._page.attempt(lambda: self._editor.changes(curriculum, classes_follow=classes_follow))

    def _save(self, curriculum: Curriculum, classes_follow: bool) -> None:
        stored = self._page.attempt(lambda: self._editor.save(curriculum, classes_follow=classes_follow))
        if stored is not None:
            self.close_panel()
            self.show_course()
            self._page.said.emit(_("Version {number} is saved.").format(number=stored.number))

    def _drop(self) -> None:
        self._editor.drop()
        self.close_panel()
        self.show_course()
        self._form.unitsTable.setFocus()

    def _ask_import(self) -> None:
        if self._editor.is_changed:
            self._page.troubled.emit(Refused(N_("Save or drop what you changed first; then import.")))
        else:
            self.import_wanted.emit()

    def _ask_about(self) -> None:
        if self._may_edit():
            self._open(self._about, alone=True)
            self._about.ask(self._editor.draft)

    def _set_about(self, basis: Basis, rule: CertificateRule, source: str) -> None:
        self._editor.set_about(basis, rule, source)
        self.close_panel()
        self.show_course()

    def _choose_version(self) -> None:
        self._editor.show_version(self._form.versionBox.currentData())
        self.show_course(0)

    def _choose_prison(self) -> None:
        wanted = self._form.prisonBox.currentData()
        if self._page.done(lambda: self._editor.show_prison(wanted)):
            self.show_course()

    # classes -------------------------------------------------------------------------------------------------------

    def _ask_follow(self) -> None:
        here = self._form.classesTable.current_id()
        follower = next((each for each in self._editor.followers if each.class_id == here), None)
        if follower is not None and self._editor.versions:
            self._open(self._follow)
            self._follow.ask(follower)

    def _set_version(self, class_id: int, number: int | None) -> None:
        if self._page.done(lambda: self._editor.follow(class_id, number)):
            self.close_panel()
            self.show_course()
            self._page.said.emit(_("Saved"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self.show_course()
        super().changeEvent(event)
