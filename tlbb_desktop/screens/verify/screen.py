"""Is this certificate genuine? Type its number, paste its code, or open a picture or PDF of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.verification import Verdict
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import Progress, TaskRunner
from tlbb_desktop.screens.verify.answer_card import AnswerCard
from tlbb_desktop.screens.verify.presenter import VerifyPresenter
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk


class VerifyScreen(Page):
    """One field, two buttons, and a calm large answer."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._presenter = VerifyPresenter(desk)
        card = Card(
            N_("Is this certificate genuine?"),
            N_("Type the number, paste the text of the square code, or open a picture or PDF of the paper."),
            self,
        )
        self.field = QLineEdit(card)
        self.field.setClearButtonEnabled(True)
        self.check_button, self.open_button = QPushButton(card), QPushButton(card)
        self.check_button.setProperty("role", "primary")
        set_icon(self.open_button, "folder-open")
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.check_typed)
        self.check_button.clicked.connect(self.check_typed)
        self.open_button.clicked.connect(self._choose_file)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self.check_button)
        row.addWidget(self.open_button)
        card.body.addLayout(row)
        self._place_all(card)
        changes.changed.connect(self._on_change)
        self._word()

    @override
    def open(self, argument: object = None) -> None:
        self.field.clear()
        self._show(())
        self.field.setFocus()

    @override
    def title(self) -> str:
        return _("Verify")

    @override
    def help_topic(self) -> str:
        return "certificates"

    @override
    def start_find(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    @override
    def go_back(self) -> bool:
        if not (self.field.text() or self._presenter.verdicts):
            return False
        self.open()
        return True

    @property
    def cards(self) -> tuple[AnswerCard, ...]:
        """The answers that are shown."""
        return tuple(self._answers.findChildren(AnswerCard, options=Qt.FindChildOption.FindDirectChildrenOnly))

    def check_typed(self) -> None:
        """Judge what stands in the field."""
        text = self.field.text()
        if text.strip():
            self._show(self.attempt(lambda: self._presenter.of_text(text)) or ())

    def check_file(self, path: Path) -> None:
        """Judge a picture or PDF in the background."""
        self.field.clear()
        self._show(())
        self._set_busy(busy=True)

        def work(_progress: Progress) -> tuple[Verdict, ...]:
            return self._presenter.of_file(path)

        self._tasks.submit(work, self, self._file_done, self._file_failed)

    def _file_done(self, verdicts: tuple[Verdict, ...]) -> None:
        self._set_busy(busy=False)
        self._show(verdicts)

    def _file_failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, TlbbError):
            raise error
        self.troubled.emit(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.open_button.setEnabled(not busy)
        self.check_button.setEnabled(not busy and bool(self.field.text().strip()))
        self.said.emit(_("Reading the file…") if busy else "")

    def _choose_file(self) -> None:
        kinds = _("Pictures and PDF") + " (*.png *.jpg *.jpeg *.pdf)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture or PDF"), "", kinds)
        if name:
            self.check_file(Path(name))

    def _typed(self) -> None:
        self.check_button.setEnabled(bool(self.field.text().strip()))
        if self._presenter.verdicts:  # an answer never stands beside another question
            self._show(())

    def _on_change(self, kind: str, _ids: object) -> None:
        if kind == "certificate" and self.field.text().strip() and self._presenter.verdicts:
            self.check_typed()

    def _show(self, verdicts: tuple[Verdict, ...]) -> None:
        self._presenter.show(verdicts)
        self._draw()

    def _draw(self) -> None:
        for card in self.cards:
            card.hide()
            card.setParent(None)
            card.deleteLater()
        for place, answer in enumerate(self._presenter.answers()):
            self._column.insertWidget(place, AnswerCard(answer, self._answers))

    def _place_all(self, card: Card) -> None:
        self._answers = QWidget(self)
        self._column = QVBoxLayout(self._answers)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(self._answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP)
        column.addWidget(card)
        column.addWidget(self._area, 1)

    def _word(self) -> None:
        self.field.setPlaceholderText(_("Number or code"))
        self.field.setAccessibleName(_("Number or code"))
        self.check_button.setText(_("Check"))
        self.open_button.setText(_("Open a picture or PDF…"))
        self.check_button.setEnabled(bool(self.field.text().strip()))
        self._area.setAccessibleName(_("Answer"))
        self._draw()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
