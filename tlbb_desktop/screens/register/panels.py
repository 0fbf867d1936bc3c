"""The strip under the register: what the keys do, or the one question that is being asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.attendance import Reason, SessionRow, SessionState
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.forms.ui_session_panel import Ui_SessionPanelForm
from tlbb_desktop.forms.ui_words_panel import Ui_WordsPanelForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.screens.register.columns import reason_words
from tlbb_desktop.widgets.page import ENTER


class SessionPanel(QFrame):
    """Asks whether a session was held, why not, and its real times.

    Signals:
        kept: a SetSession to carry out.
        closed: nothing is to be changed.
    """

    kept = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_SessionPanelForm()
        self._form.setupUi(self)
        self._session: SessionRow | None = None
        self._form.keepButton.clicked.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)
        self._form.cancelledButton.toggled.connect(self._show_fields)

    def ask(self, session: SessionRow, reasons: Sequence[Reason]) -> None:
        """Show *session*; *reasons* are those of a cancelled one."""
        self._session = session
        form = self._form
        form.dayLabel.setText(day_text(session.day))
        form.reasonBox.clear()
        for reason in reasons:
            form.reasonBox.addItem(reason_words(reason), reason.id)
        form.reasonBox.setCurrentIndex(max(0, form.reasonBox.findData(session.reason_id)))
        form.timesEdit.show_times(session.real_starts or session.starts, session.real_ends or session.ends)
        cancelled = session.state is SessionState.CANCELLED
        form.cancelledButton.setChecked(cancelled)
        form.heldButton.setChecked(not cancelled)
        self._show_fields(cancelled)
        (form.cancelledButton if cancelled else form.heldButton).setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not isinstance(self.focusWidget(), QPushButton):
            self._keep()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)

    def _show_fields(self, cancelled: bool) -> None:
        self._form.reasonBox.setVisible(cancelled)
        self._form.timesEdit.setVisible(not cancelled)

    def _keep(self) -> None:
        if self._session is None:
            return
        form = self._form
        if form.cancelledButton.isChecked():
            wish = SetSession.of(self._session, SessionState.CANCELLED, form.reasonBox.currentData())
        else:
            times = form.timesEdit.times()
            if times is None:
                return
            starts, ends = times
            wish = SetSession.of(
                self._session,
                SessionState.HELD,
                real_starts=None if starts == self._session.starts else starts,
                real_ends=None if ends == self._session.ends else ends,
            )
        self.kept.emit(wish)


class WordsPanel(QFrame):
    """Asks for one or two short texts, such as a note or a guest's name.

    Signals:
        kept: (first, second) texts.
        closed: nothing is to be changed.
    """

    kept = Signal(str, str)
    closed = Signal()

    def __init__(self, about: Callable[[], str], first: str, second: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about, self._first, self._second = about, first, second
        self._form = Ui_WordsPanelForm()
        self._form.setupUi(self)
        self._form.secondEdit.setVisible(bool(second))
        self._form.keepButton.clicked.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)
        for edit in (self._form.firstEdit, self._form.secondEdit):
            edit.returnPressed.connect(self._keep)
        self._word()

    def ask(self, first: str = "", second: str = "") -> None:
        """Put the texts in and the cursor on the first."""
        self._form.aboutLabel.setText(self._about())
        self._form.firstEdit.setText(first)
        self._form.secondEdit.setText(second)
        self._form.firstEdit.setFocus()
        self._form.firstEdit.selectAll()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)

    def _word(self) -> None:
        self._form.aboutLabel.setText(self._about())
        for edit, words in ((self._form.firstEdit, self._first), (self._form.secondEdit, self._second)):
            edit.setPlaceholderText(_(words))
            edit.setAccessibleName(_(words))

    def _keep(self) -> None:
        self.kept.emit(self._form.firstEdit.text(), self._form.secondEdit.text())
