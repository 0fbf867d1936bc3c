"""The question that an attempt asks: what was shown, and what it comes to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from tlbb_desktop.domain.assessment import OUTCOME_NAMES, Outcome
from tlbb_desktop.domain.curricula import Basis, Criterion
from tlbb_desktop.forms.ui_attempt_panel import Ui_AttemptPanelForm
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.board.attempt_draft import AttemptDraft
from tlbb_desktop.screens.board.keys import DIGITS, OUTCOME_KEYS
from tlbb_desktop.widgets.page import ENTER
from tlbb_desktop.widgets.reflow import let_wrap


def criterion_words(criterion: Criterion) -> str:
    """A criterion in the reader's language, or in the other one where it has no words."""
    first, second = (criterion.name_km, criterion.name_en)
    if language() != "km":
        first, second = second, first
    return first or second


class CriterionLine(QWidget):
    """A criterion with its number and a tick; a click on its words ticks as well.

    Args:
        criterion: what is ticked.
        parent: the panel.
    """

    def __init__(self, criterion: Criterion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.criterion = criterion
        self.box = QCheckBox(self)
        self._words = WrappingLabel(self)
        self._badge = QLabel(self)
        self._badge.setProperty("role", "badge-warning")
        self._badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._badge.setVisible(criterion.critical)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self.word()

    def word(self) -> None:
        """Say it in the reader's language."""
        words = criterion_words(self.criterion)
        self.box.setText(digits(self.criterion.number))
        critical = _p("criterion", "critical")
        self.box.setAccessibleName(f"{words}, {critical}" if self.criterion.critical else words)
        self._words.setText(words)
        self._badge.setText(critical)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.box.click()


class AttemptPanel(QFrame):
    """Asks for one attempt; Enter records it.

    Signals:
        kept: the AttemptDraft to record.
        closed: nothing is to be recorded.
    """

    kept = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_AttemptPanelForm()
        self._form.setupUi(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draft: AttemptDraft | None = None
        self._basis = Basis.COMPETENCE
        self._lines: dict[int, CriterionLine] = {}
        form = self._form
        let_wrap(form.column, form.outcomes)
        form.criteria.addStretch(1)
        form.competentButton.clicked.connect(partial(self._want, Outcome.COMPETENT))
        form.notYetButton.clicked.connect(partial(self._want, Outcome.NOT_YET))
        form.keepButton.clicked.connect(self._keep)
        form.closeButton.clicked.connect(self.closed)
        form.feedbackEdit.returnPressed.connect(self._keep)

    @property
    def draft(self) -> AttemptDraft | None:
        """What is being entered."""
        return self._draft

    def ask(self, draft: AttemptDraft, basis: Basis) -> None:
        """Show an attempt; the criteria of its unit are all ticked."""
        self._draft, self._basis = draft, basis
        self._show_criteria()
        self._form.feedbackEdit.setText(draft.feedback)
        self._word()
        self._show()
        self.setFocus()

    def show_words(self, who: str, unit: str, day: str, left_out: str = "") -> None:
        """Say whose attempt it is, at what, on which day, and who is left out."""
        self._form.whoLabel.setText(who)
        self._form.unitLabel.setText(unit)
        self._form.dayLabel.setText(day)
        self._form.leftOutLabel.setText(left_out)
        self._form.leftOutLabel.setVisible(bool(left_out))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, focused = physical_key(event), self.focusWidget()
        if event.key() in ENTER and not isinstance(focused, QPushButton):
            self._keep()
        elif isinstance(focused, QLineEdit) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in DIGITS:
            self._toggle(DIGITS[key])
        elif key in OUTCOME_KEYS:
            self._want(OUTCOME_KEYS[key])
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
            self._show()
        super().changeEvent(event)

    def _show_criteria(self) -> None:
        for line in self._lines.values():
            self._form.criteria.removeWidget(line)
            line.hide()
            line.deleteLater()
        unit = self._draft.unit if self._draft is not None else None
        self._lines = {each.number: CriterionLine(each, self) for each in (unit.criteria if unit else ())}
        for number, line in self._lines.items():
            line.box.setChecked(True)
            line.box.clicked.connect(partial(self._toggle, number))
            self._form.criteria.insertWidget(self._form.criteria.count() - 1, line)
        self._form.criteriaLabel.setVisible(bool(self._lines))
        self._form.criteriaArea.setVisible(bool(self._lines))

    def _toggle(self, number: int) -> None:
        if self._draft is not None and self._draft.toggle(number):
            self._show()

    def _want(self, outcome: Outcome) -> None:
        if self._draft is not None:
            self._draft.wanted = outcome
            self._show()

    def _show(self) -> None:
        draft, form = self._draft, self._form
        if draft is None:
            return
        for number, line in self._lines.items():
            line.box.setChecked(number not in draft.failed)
        form.competentButton.setChecked(draft.outcome is Outcome.COMPETENT)
        form.notYetButton.setChecked(draft.outcome is Outcome.NOT_YET)
        form.competentButton.setEnabled(not draft.lacks_critical)
        words = _("Shown at the bench; a digit takes a tick away.")
        if draft.lacks_critical:
            words = _("A critical criterion was not shown: not yet competent.")
        set_role(form.criteriaLabel, "error" if draft.lacks_critical else "caption")
        form.criteriaLabel.setText(words)

    def _word(self) -> None:
        names = OUTCOME_NAMES[self._basis]
        self._form.competentButton.setText(f"C  {_(names[Outcome.COMPETENT])}")
        self._form.notYetButton.setText(f"N  {_(names[Outcome.NOT_YET])}")
        for line in self._lines.values():
            line.word()

    def _keep(self) -> None:
        if self._draft is not None:
            self._draft.feedback = self._form.feedbackEdit.text()
            self.kept.emit(self._draft)
