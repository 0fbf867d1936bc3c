"""The small questions over a certificate: a step that cannot be taken back, a wait, and where the files are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.forms.ui_sheet_saved import Ui_SheetSavedForm
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before a step that nothing takes back; all in words of the active language.

    Args:
        heading: the question.
        text: what it means, with what stands in the way.
        act: words of the button.
        reason: label of the field for the reason; ``""`` where none is wanted.
        danger: whether something becomes invalid for good.
    """

    heading: str
    text: str
    act: str
    reason: str = ""
    danger: bool = False


class QuestionPanel(QFrame):
    """Asks one question at a time.

    Signals:
        closed: the reader thinks better of it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._word_question: Callable[[], Question] | None = None
        self._answered: Callable[[str], object] | None = None
        self.heading, self.text, self._label = QLabel(self), WrappingLabel(self), QLabel(self)
        self.heading.setProperty("role", "heading")
        self.reason = KhmerEdit(self)
        self.reason.setMaxLength(LONGEST_REASON)
        self._label.setBuddy(self.reason)
        self.act_button, self.close_button = QPushButton(self), QPushButton(self)
        for button in (self.act_button, self.close_button):
            button.setAutoDefault(False)
        self.act_button.clicked.connect(self._answer)
        self.close_button.clicked.connect(self.closed)
        self.reason.returnPressed.connect(self._answer)
        self.reason.textChanged.connect(self._may_act)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._label)
        row.addWidget(self.reason, 1)
        row.addStretch()
        row.addWidget(self.close_button)
        row.addWidget(self.act_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP_SMALL + 2, GAP, GAP_SMALL + 2)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addLayout(row)

    def ask(self, question: Callable[[], Question], answered: Callable[[str], object]) -> None:
        """Ask.

        Args:
            question: words the question, again whenever the language changes.
            answered: called with the reason, which is ``""`` where none is wanted.
        """
        self._word_question, self._answered = question, answered
        self.reason.clear()
        self._word()
        (self.reason if question().reason else self.act_button).setFocus()

    def _answer(self) -> None:
        if self._answered is not None and self.act_button.isEnabled():
            self._answered(self.reason.text().strip())

    def _may_act(self) -> None:
        wanted = self._word_question is not None and bool(self._word_question().reason)
        self.act_button.setEnabled(not wanted or bool(self.reason.text().strip()))

    def _word(self) -> None:
        if self._word_question is None:
            return
        question = self._word_question()
        self.heading.setText(question.heading)
        self.text.setText(question.text)
        self.text.setVisible(bool(question.text))
        self._label.setText(question.reason)
        self._label.setVisible(bool(question.reason))
        self.reason.setVisible(bool(question.reason))
        self.reason.setAccessibleName(question.reason)
        self.act_button.setText(question.act)
        self.act_button.setProperty("role", "danger" if question.danger else "primary")
        self.act_button.style().polish(self.act_button)
        self.close_button.setText(_("Cancel"))
        self._may_act()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class WaitPanel(QFrame):
    """How far a batch is, with a way to stop it.

    Signals:
        stopped: the reader does not want the rest.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._about: Callable[[], str] | None = None
        self._done = (0, 0)
        self.label, self.bar, self.stop_button = QLabel(self), QProgressBar(self), QPushButton(self)
        self.bar.setTextVisible(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP_SMALL + 2, GAP, GAP_SMALL + 2)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)

    def start(self, about: Callable[[], str]) -> None:
        """Show that the work begins; *about* words what is done.

        The cursor goes to the panel, not to its button: the Enter that began the work must not stop it.
        """
        self._about, self._done = about, (0, 0)
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self._word()
        self.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show that *done* of *total* are finished."""
        self._done = (done, total)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self._word()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stopped.emit()

    def _word(self) -> None:
        about = self._about() if self._about is not None else ""
        done, total = self._done
        self.label.setText(f"{about} {digits(f'{done}/{total}')}" if total else about)
        self.stop_button.setText(_("Stop"))
        self.bar.setAccessibleName(_("Progress"))
        self.setAccessibleName(about)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class FilesPanel(QFrame):
    """Says where the files are.

    Signals:
        closed: the message was read.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[Path, ...] = ()
        self._opened = True
        self._form = Ui_SheetSavedForm()
        self._form.setupUi(self)
        self._form.showButton.clicked.connect(self._show_folder)
        self._form.closeButton.clicked.connect(self.closed)

    @property
    def said(self) -> str:
        """The sentence that is shown."""
        return self._form.savedLabel.text()

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Name the files and their folder."""
        self._paths, self._opened = tuple(paths), True
        self._word()
        self._form.showButton.setFocus()

    def _show_folder(self) -> None:
        self._opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths[0].parent)))
        self._word()

    def _word(self) -> None:
        if not self._paths:
            return
        first, count = self._paths[0], len(self._paths)
        if not self._opened:
            text = _("No program shows folders on this laptop. The file is {path}").format(path=first)
        elif count == 1:
            text = _("{name} is in the folder {folder}").format(name=first.name, folder=first.parent)
        else:
            text = _n("{n} file is in the folder {folder}", "{n} files are in the folder {folder}", count).format(
                n=digits(count), folder=first.parent
            )
        self._form.savedLabel.setText(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
