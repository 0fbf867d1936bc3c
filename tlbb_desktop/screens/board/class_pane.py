"""How the class stands: who is on track, who cannot finish any more, and which make-ups repair it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from tlbb_desktop.domain.forecast import VERDICT_NAMES, Verdict
from tlbb_desktop.domain.progress import ClassProgress
from tlbb_desktop.forms.ui_class_standing import Ui_ClassStandingForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.screens.board.path_words import (
    MAKE_UP_COLUMNS,
    MISSING_COLUMN,
    STANDING_COLUMNS,
    VERDICT_BADGES,
    StandingLine,
    make_up_lines,
    make_up_words,
    missing_words,
    standing_lines,
    standing_sign,
)
from tlbb_desktop.widgets.reflow import let_wrap


class ClassPane(QWidget):
    """Shows the forecast of a class; until it is there, that it is being worked out.

    Signals:
        left: back to the board.
        learner_wanted: the person's row, to see the path.
        plan_wanted: make-up sessions are to be planned.
    """

    left = Signal()
    learner_wanted = Signal(int)
    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_ClassStandingForm()
        self._form.setupUi(self)
        self._found: ClassProgress | None = None
        self._lines: dict[int, StandingLine] = {}
        form = self._form
        self.columns = form.columns
        self._badges = {verdict: QLabel(self) for verdict in Verdict}
        for verdict, badge in self._badges.items():
            badge.setProperty("role", VERDICT_BADGES[verdict])
            form.head.addWidget(badge)
        let_wrap(form.page, form.head)
        form.table.set_columns(STANDING_COLUMNS, MISSING_COLUMN, standing_sign)
        form.makeUpTable.set_columns(MAKE_UP_COLUMNS, 0)
        for table in (form.table, form.makeUpTable):
            table.keep_lines_in_sight(4)
        form.table.chosen.connect(self.learner_wanted)
        form.table.moved.connect(self._word_missing)
        form.backButton.clicked.connect(self.left)
        form.planButton.clicked.connect(self.plan_wanted)

    def show_standing(self, found: ClassProgress | None) -> None:
        """Show how a class stands, or that it is being worked out."""
        self._found = found
        self._lines = standing_lines(found) if found else {}
        self._form.table.show_lines(self._lines)
        self._form.makeUpTable.show_lines(make_up_lines(found) if found else {})
        self._word()

    def take_cursor(self) -> None:
        """Put the cursor on the list."""
        self._form.table.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self.show_standing(self._found)
        super().changeEvent(event)

    def _word(self) -> None:
        found, form = self._found, self._form
        for verdict, badge in self._badges.items():
            count = found.forecast.count(verdict) if found else 0
            badge.setText(f"{_(VERDICT_NAMES[verdict])} {digits(count)}")
            badge.setVisible(bool(count))
        form.repairLabel.setText(make_up_words(found) if found else _("Being worked out…"))
        needed = bool(found and found.forecast.make_ups)
        for widget in (form.makeUpTable, form.hintLabel, form.planButton):
            widget.setVisible(needed)
        self._word_missing()

    def _word_missing(self) -> None:
        """All that the learner with the cursor misses; the table has room for its beginning only."""
        line = self._lines.get(self._form.table.current_id() or 0)
        self._form.missingLabel.setText(missing_words(line) if line is not None else "")
