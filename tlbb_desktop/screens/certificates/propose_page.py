"""Proposing: choose the class, see who has earned a certificate and what others lack, tick, propose."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.certificates import KIND_NAMES, CertificateKind, CertificateRow
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.certificates.panels import LONGEST_REASON
from tlbb_desktop.screens.certificates.propose_presenter import ProposePresenter
from tlbb_desktop.screens.certificates.words import (
    CANDIDATE_COLUMNS,
    MISSING_COLUMN,
    candidate_lines,
    candidate_sign,
)
from tlbb_desktop.widgets.find_line import FindableLines, FindLine
from tlbb_desktop.widgets.tick_table import TickTable


class ProposePage(QWidget):
    """The inner page for proposing.

    Args:
        presenter: holds learners against the rules.

    Signals:
        closed: back to the list.
        proposed: how many were proposed.
        troubled: a TlbbError.
        said: as a page's.
    """

    closed = Signal()
    said = Signal(str)
    proposed = Signal(int)
    troubled = Signal(object)

    def __init__(self, presenter: ProposePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._rows: Mapping[int, CertificateRow] = {}
        self.back_button, self.heading = QPushButton(self), QLabel(self)
        self.heading.setProperty("role", "heading")
        self.back_button.setProperty("role", "quiet")
        set_icon(self.back_button, "arrow-left")
        self._class_label, self._kind_label = QLabel(self), QLabel(self)
        self.class_box, self.kind_box = QComboBox(self), QComboBox(self)
        self._class_label.setBuddy(self.class_box)
        self._kind_label.setBuddy(self.kind_box)
        self.table = TickTable(self)
        self.table.set_columns(CANDIDATE_COLUMNS, MISSING_COLUMN, candidate_sign)
        self.find_edit, self._lines = QLineEdit(self), FindableLines(self.table)
        self.find_edit.setClearButtonEnabled(True)
        self._find = FindLine(self.find_edit, self._lines, presenter.rows_matching)
        self.about = WrappingLabel(self)
        self._hint, self._reason_label, self.reason = WrappingLabel(self), QLabel(self), KhmerEdit(self)
        self._hint.setProperty("role", "caption")
        self.reason.setMaxLength(LONGEST_REASON)
        self._reason_label.setBuddy(self.reason)
        self.propose_button = QPushButton(self)
        self.propose_button.setProperty("role", "primary")
        for button in (self.back_button, self.propose_button):
            button.setAutoDefault(False)
        self._lay_out()
        self._wire()
        self._word()

    def start(self, rows: Mapping[int, CertificateRow], class_id: int | None = None) -> None:
        """Begin with a class; those who have earned a certificate of completion are ticked.

        Args:
            rows: every certificate that is on its way or valid.
            class_id: None = as it was, or the class that ended last.
        """
        self._rows = rows
        self.reason.clear()
        self._fill_classes(class_id or self._presenter.class_id)
        self._load()
        self.table.setFocus()

    def show_class(self, class_id: int) -> None:
        """Choose a class."""
        self.class_box.setCurrentIndex(max(0, self.class_box.findData(class_id)))
        self._load()

    def _lay_out(self) -> None:
        head, choice, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, choice, foot):
            row.setSpacing(GAP_SMALL)
        head.addWidget(self.back_button)
        head.addWidget(self.heading, 1)
        head.addWidget(self.find_edit, 1)
        for widget, stretch in (
            (self._class_label, 0),
            (self.class_box, 5),
            (self._kind_label, 0),
            (self.kind_box, 3),
        ):
            choice.addWidget(widget, stretch)
        foot.addWidget(self._reason_label)
        foot.addWidget(self.reason, 1)
        foot.addStretch()
        foot.addWidget(self.propose_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addLayout(choice)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addLayout(foot)

    def _wire(self) -> None:
        for box in (self.class_box, self.kind_box):
            box.activated.connect(self._load)
        self.table.ticked.connect(self._show_choice)
        self.table.moved.connect(self._show_about)
        self._find.said.connect(self.said)
        self.table.entered.connect(self._enter)
        self.back_button.clicked.connect(self.closed)
        self.propose_button.clicked.connect(self._propose)
        self.reason.textChanged.connect(self._show_choice)
        self.reason.returnPressed.connect(self._enter)

    def _fill_classes(self, class_id: int | None) -> None:
        khmer = catalog.language() == catalog.KHMER
        self.class_box.clear()
        for row in self._presenter.classes():
            self.class_box.addItem(f"{row.code} · {row.course_km if khmer else row.course_en}", row.id)
        self.class_box.setCurrentIndex(max(0, self.class_box.findData(class_id)))

    def _load(self) -> None:
        class_id, kind = self.class_box.currentData(), self.kind_box.currentData()
        if class_id is None:
            return
        try:
            self._presenter.load(class_id, CertificateKind(kind), self._rows)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.table.ticks.clear()
        self._lines.show_lines(self._presenter.candidates)
        self._show_about()
        self.table.tick(self._presenter.ready())
        self._show_choice()

    def start_find(self) -> None:
        """Put the cursor where one types a name."""
        self._find.start()

    def begin_find(self, typed: str) -> None:
        """A letter in the list begins a search."""
        self.find_edit.setFocus()
        self.find_edit.setText(typed)

    def _show_about(self) -> None:
        """Say in full what the learner with the cursor lacks; the list has no room for it."""
        candidate = self._presenter.candidates.get(self.table.current_id() or 0)
        self.about.setText(candidate_lines(candidate) if candidate is not None else "")
        self.about.setVisible(candidate is not None)

    def _show_choice(self) -> None:
        """What is ticked decides whether a reason is wanted; who has such a certificate is left out."""
        already = set(self.table.ticked_ids) - set(self._presenter.without_any(self.table.ticked_ids))
        if already:
            self.table.tick(already, on=False)  # comes back here
            return
        chosen = self.table.ticked_ids
        lacking = self._presenter.lacking(chosen)
        for widget in (self._reason_label, self.reason):
            widget.setVisible(bool(lacking))
        self.propose_button.setEnabled(bool(chosen) and (not lacking or bool(self.reason.text().strip())))
        count = len(chosen)
        self.propose_button.setText(_n("Propose {n}", "Propose {n}", count).format(n=digits(count)))

    def _enter(self) -> None:
        if self.propose_button.isEnabled():
            self.propose_button.setFocus()
            self._propose()
        elif self.reason.isVisible():
            self.reason.setFocus()

    def _propose(self) -> None:
        try:
            count = self._presenter.propose(self.table.ticked_ids, self.reason.text().strip())
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.proposed.emit(count)

    def _word(self) -> None:
        self.back_button.setText(_("Back"))
        self.heading.setText(_("Propose certificates"))
        self._class_label.setText(_("Class"))
        self._kind_label.setText(_("Kind"))
        self.class_box.setAccessibleName(_("Class"))
        self.kind_box.setAccessibleName(_("Kind"))
        kind = self.kind_box.currentData() or CertificateKind.COMPLETION.value
        self.kind_box.clear()
        for each, name in KIND_NAMES.items():
            self.kind_box.addItem(_(name), each.value)
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(kind)))
        self._fill_classes(self.class_box.currentData())
        self._hint.setText(
            _(
                "Whoever has earned the certificate is ticked. Space ticks another one; where a rule is not met, the"
                " manager reads your reason."
            )
        )
        self.table.setAccessibleName(_("Learners of the class"))
        self.find_edit.setPlaceholderText(_("Name, nickname or code"))
        self.find_edit.setAccessibleName(_("Find a learner"))
        self._show_about()
        self._reason_label.setText(_("Reason"))
        self.reason.setAccessibleName(_("Reason"))
        self._show_choice()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
