"""One learner's way through the course: units, hours against plan, the chart, what comes next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.curricula import ATTENDANCE_ALONE
from tlbb_desktop.domain.progress import LearnerPath
from tlbb_desktop.forms.ui_learner_path import Ui_LearnerPathForm
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.board.columns import name_words, verdict_words
from tlbb_desktop.screens.board.path_words import (
    TITLE_COLUMN,
    UNIT_COLUMNS,
    VERDICT_BADGES,
    chart_points,
    path_facts,
    unit_lines,
    unit_sign,
)
from tlbb_desktop.widgets.reflow import let_wrap


class LearnerPane(QWidget):
    """Shows a path.

    Signals:
        left: back to the board.
        stepped: the learner so many rows further is wished for, -1 or 1.
        record_wanted: the learner's training record on paper.
    """

    left = Signal()
    stepped = Signal(int)
    record_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_LearnerPathForm()
        self._form.setupUi(self)
        self._path: LearnerPath | None = None
        form = self._form
        self.columns = form.columns
        let_wrap(form.page, form.head)
        form.table.set_columns(UNIT_COLUMNS, TITLE_COLUMN, unit_sign)
        form.table.keep_lines_in_sight(4)
        form.earlierButton.setShortcut(QKeySequence("Alt+Left"))
        form.laterButton.setShortcut(QKeySequence("Alt+Right"))
        form.earlierButton.clicked.connect(lambda: self.stepped.emit(-1))
        form.laterButton.clicked.connect(lambda: self.stepped.emit(1))
        form.backButton.clicked.connect(self.left)
        form.recordButton.clicked.connect(self.record_wanted)

    def show_path(self, path: LearnerPath) -> None:
        """Show a learner; the cursor is on the first unit that is not reached."""
        self._path = path
        lines = unit_lines(path)
        self._form.table.show_lines(lines)
        open_units = path.board.open_units(path.row)
        self._form.table.go(open_units[0].id if open_units else None)
        rule = path.board.curriculum.rule if path.board.curriculum else ATTENDANCE_ALONE
        self._form.chart.show_points(chart_points(path), len(path.board.units), rule.attendance_percent)
        self._word()
        self._form.table.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            if self._path is not None:
                self.show_path(self._path)
        super().changeEvent(event)

    def _word(self) -> None:
        path, form = self._path, self._form
        if path is None:
            return
        form.nameLabel.setText(name_words(path.row))
        set_role(form.verdictLabel, VERDICT_BADGES[path.outlook.verdict])
        form.verdictLabel.setText(verdict_words(path.outlook))
        form.nextLabel.setText(explain(path.next_step))
        form.factsLabel.setText(path_facts(path))
