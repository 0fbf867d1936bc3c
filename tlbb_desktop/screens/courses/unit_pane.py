"""The form of a unit with its criteria."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.curricula import MOST_CRITERIA, CurriculumProblem
from tlbb_desktop.forms.ui_course_unit import Ui_CourseUnitForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.courses.editor import CourseEditor
from tlbb_desktop.screens.courses.unit_draft import UnitDraft
from tlbb_desktop.screens.courses.words import CRITERION_COLUMNS, criterion_sign, problem_words, unit_words
from tlbb_desktop.widgets.reflow import let_wrap

WORDS_COLUMN = 1
SHOWN_LINES = 5
HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class UnitPane(QWidget):
    """Writes one unit; it is kept in the draft of the course, and saved with it.

    Args:
        editor: the course.

    Signals:
        kept: the place of the unit.
        left: nothing is to be kept.
    """

    kept = Signal(int)
    left = Signal()

    def __init__(self, editor: CourseEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.draft = UnitDraft.new("")
        self._untouched: dict[str, object] = {}
        self._problems: tuple[CurriculumProblem, ...] = ()
        self._warned_about: dict[str, object] | None = None
        self._filling = False
        self._form = form = Ui_CourseUnitForm()
        form.setupUi(self)
        let_wrap(form.cardColumn, form.criteriaHead)
        form.criteriaTable.set_columns(CRITERION_COLUMNS, WORDS_COLUMN, criterion_sign)
        form.criteriaTable.keep_lines_in_sight(SHOWN_LINES)
        self._wire()

    def _wire(self) -> None:
        form = self._form
        form.backButton.clicked.connect(self.left)
        form.cancelButton.clicked.connect(self.left)
        form.keepButton.clicked.connect(self.keep)
        form.addButton.clicked.connect(self.add_criterion)
        form.removeButton.clicked.connect(self.remove_criterion)
        for keys, move in (("Alt+Up", self._up), ("Alt+Down", self._down)):  # a button's own shortcut clicks too late
            QShortcut(QKeySequence(keys), self, context=HERE).activated.connect(move)
        form.upButton.clicked.connect(self._up)
        form.downButton.clicked.connect(self._down)
        form.criteriaTable.moved.connect(self._show_criterion)
        form.criteriaTable.chosen.connect(self._go_to_words)
        for edit in (form.criterionKhmerEdit, form.criterionEnglishEdit):
            edit.textChanged.connect(self._criterion_typed)
        form.criticalBox.toggled.connect(self._criterion_typed)
        form.criterionKhmerEdit.returnPressed.connect(form.criterionEnglishEdit.setFocus)
        form.criterionEnglishEdit.returnPressed.connect(self._next_criterion)
        for field in (form.codeEdit, form.khmerEdit, form.englishEdit):
            field.returnPressed.connect(self.keep)

    def write(self, draft: UnitDraft, *, touched: bool = False) -> None:
        """Show a unit; one that is *touched* was half typed before."""
        form = self._form
        self.draft, self._warned_about = draft, None
        form.codeEdit.setText(draft.code)
        form.hoursEdit.setValue(draft.hours)
        form.khmerEdit.setText(draft.name_km)
        form.englishEdit.setText(draft.name_en)
        self._show_criteria(0 if draft.criteria else None)
        self._show_problems(())
        self._untouched = {} if touched else self.values()
        form.codeEdit.setFocus()
        form.codeEdit.selectAll()

    def values(self) -> dict[str, object]:
        """What stands in the form, in JSON values."""
        form, draft = self._form, self.draft
        draft.code, draft.hours = form.codeEdit.text(), form.hoursEdit.value()
        draft.name_km, draft.name_en = form.khmerEdit.text(), form.englishEdit.text()
        return draft.values()

    @property
    def is_touched(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.values() != self._untouched

    def may_be_left(self) -> bool:
        """Whether nothing would be lost, or the reader was told so and typed nothing since."""
        typed = self.values()
        if not self.is_touched or self._warned_about == typed:
            return True
        self._warned_about = typed
        self._form.errorLabel.setText(_("This unit is not kept. Keep it with Ctrl+S, or leave once more to drop it."))
        self._form.errorLabel.show()
        return False

    def keep(self) -> None:
        """Put the unit into the course, or say what is wrong with it."""
        self.values()
        problems = self._editor.wrong_with(self.draft)
        self._show_problems(problems)
        if not problems:
            self.kept.emit(self._editor.put(self.draft))

    # criteria ------------------------------------------------------------------------------------------------------

    def add_criterion(self) -> None:
        """Add a criterion and go to its words."""
        if len(self.draft.criteria) < MOST_CRITERIA:
            self._show_criteria(self.draft.add())
            self._form.criterionKhmerEdit.setFocus()

    def remove_criterion(self) -> None:
        """Remove the current criterion."""
        here = self._form.criteriaTable.current_id()
        if here is not None:
            self._show_criteria(self.draft.remove(here))
            self._form.criteriaTable.setFocus()

    def criteria_have_cursor(self) -> bool:
        """Whether the cursor is in the list of criteria."""
        return self._form.criteriaTable.hasFocus()

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        here = self._form.criteriaTable.current_id()
        if here is not None:
            self._show_criteria(self.draft.move(here, by))

    def _next_criterion(self) -> None:
        here = self._form.criteriaTable.current_id()
        if here is not None and here + 1 < len(self.draft.criteria):
            self._form.criteriaTable.go(here + 1)
            self._form.criterionKhmerEdit.setFocus()
        elif here is not None and self.draft.unit().criteria:
            self.add_criterion()

    def _go_to_words(self) -> None:
        self._form.criterionKhmerEdit.setFocus()

    def _show_criteria(self, place: int | None) -> None:
        form = self._form
        self.draft.criteria = [replace(each, number=number) for number, each in enumerate(self.draft.criteria, 1)]
        self._filling = True
        form.criteriaTable.show_lines(dict(enumerate(self.draft.criteria)))
        form.criteriaTable.go(place)
        self._filling = False
        self._show_criterion()
        form.criteriaTable.setVisible(place is not None)
        form.criterionBox.setVisible(place is not None)
        for button in (form.upButton, form.downButton, form.removeButton):
            button.setEnabled(place is not None)
        form.addButton.setEnabled(len(self.draft.criteria) < MOST_CRITERIA)

    def _show_criterion(self) -> None:
        here = self._form.criteriaTable.current_id()
        if self._filling or here is None or here >= len(self.draft.criteria):
            return
        form, criterion = self._form, self.draft.criteria[here]
        self._filling = True
        form.criterionKhmerEdit.setText(criterion.name_km)
        form.criterionEnglishEdit.setText(criterion.name_en)
        form.criticalBox.setChecked(criterion.critical)
        self._filling = False

    def _criterion_typed(self) -> None:
        form, here = self._form, self._form.criteriaTable.current_id()
        if self._filling or here is None:
            return
        texts = (form.criterionKhmerEdit.text(), form.criterionEnglishEdit.text())
        self.draft.word(here, *texts, critical=form.criticalBox.isChecked())
        self._filling = True
        form.criteriaTable.show_lines(dict(enumerate(self.draft.criteria)))
        self._filling = False

    # words ---------------------------------------------------------------------------------------------------------

    def _show_problems(self, problems: tuple[CurriculumProblem, ...]) -> None:
        self._problems = problems
        form = self._form
        form.errorLabel.setVisible(bool(problems))
        self._word()

    def _word(self) -> None:
        form, draft = self._form, self.draft
        stored = draft.place is not None and draft.place < len(self._editor.draft.units)
        heading = unit_words(self._editor.draft.units[draft.place or 0]) if stored else _("New unit")
        form.headingLabel.setText(heading)
        form.errorLabel.setText(problem_words(self._problems))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
