"""The question before a curriculum is saved: this is what changes; and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.curricula import Curriculum, CurriculumRefused
from tlbb_desktop.forms.ui_curriculum_changes import Ui_CurriculumChangesForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.screens.courses.editor import Changes
from tlbb_desktop.screens.courses.panels import KeptPanel
from tlbb_desktop.screens.courses.words import CHANGE_COLUMNS, change_sign, changes_words, problem_words

WIDE = 1
SHOWN_LINES = 6


class ChangesPanel(KeptPanel):
    """Shows a new version against the newest one; nothing is stored before the reader says so.

    Args:
        compare: gives what storing a curriculum would change; its second argument says whether classes follow.

    Signals:
        kept: (curriculum, whether running classes go on with it).
    """

    kept = Signal(object, bool)

    def __init__(self, compare: Callable[[Curriculum, bool], Changes | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compare = compare
        self._changes: Changes | None = None
        self._refused: CurriculumRefused | None = None
        self._file = ""
        self._form = Ui_CurriculumChangesForm()
        self._form.setupUi(self)
        self._form.table.set_columns(CHANGE_COLUMNS, WIDE, change_sign)
        self._form.followBox.toggled.connect(self._compare_again)
        self._form.keepButton.clicked.connect(self.keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self, curriculum: Curriculum, file: str = "") -> None:
        """Ask about a curriculum; *file* is the name of the file that it comes from."""
        self._refused, self._file = None, file
        self._form.followBox.blockSignals(True)
        self._form.followBox.setChecked(True)
        self._form.followBox.blockSignals(False)
        self._changes = self._compare(curriculum, True)
        self._show()
        (self._form.keepButton if self._form.keepButton.isEnabled() else self._form.closeButton).setFocus()

    def refuse(self, refused: CurriculumRefused, file: str) -> None:
        """Say all that is wrong with a file."""
        self._changes, self._refused, self._file = None, refused, file
        self._show()
        self._form.closeButton.setFocus()

    @override
    def keep(self) -> None:
        if self._changes is not None and self._changes.may_be_saved:
            self.kept.emit(self._changes.after, self._form.followBox.isChecked())

    def _compare_again(self) -> None:
        if self._changes is not None:
            self._changes = self._compare(self._changes.after, self._form.followBox.isChecked())
            self._show()

    def _show(self) -> None:
        form, changes = self._form, self._changes
        units = changes.units if changes else ()
        form.table.show_lines(dict(enumerate(units)))
        form.table.keep_lines_in_sight(min(SHOWN_LINES, len(units)))
        form.table.setVisible(bool(units))
        form.followBox.setVisible(changes is not None and changes.before is not None)
        form.keepButton.setVisible(changes is not None)
        form.keepButton.setEnabled(changes is not None and changes.may_be_saved)
        self._word()

    def _word(self) -> None:
        form, changes, refused = self._form, self._changes, self._refused
        if changes is not None:
            said = _("{file} would be version {number}") if self._file else _("This would be version {number}")
            form.headingLabel.setText(said.format(file=self._file, number=digits(changes.number)))
            form.textLabel.setText(changes_words(changes))
            form.keepButton.setText(_("Save as version {number}").format(number=digits(changes.number)))
        elif refused is not None:
            form.headingLabel.setText(_("{file} is not taken; nothing was changed").format(file=self._file))
            form.textLabel.setText(_("Put this right in the file, and import it again."))
        problems = refused.lines if refused is not None else changes.objections if changes is not None else ()
        form.problemLabel.setText(problem_words(problems))
        form.problemLabel.setVisible(bool(problems))
        form.closeButton.setText(_("Close") if refused is not None else _("Cancel"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
