"""The strip under the register: what the keys do, or the one question that is being asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.attendance import Reason, SessionRow, SessionState
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.forms.ui_session_panel import Ui_SessionPanelForm
from tlbb_desktop.forms.ui_words_panel import Ui_WordsPanelForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.screens.register.columns import reason_words
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.page import ENTER


class Legend(QFrame):
    """The keys and what they do, on as many lines as the text size needs; a click presses the key.

    Signals:
        pressed: what stands on the key's cap.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = FlowLayout(self, spacing=4)
        self._keys: list[tuple[str, str]] = []

    def show_keys(self, keys: list[tuple[str, str]]) -> None:
        """Show (key, words) pairs."""
        if keys == self._keys:
            return
        self._keys = keys
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in keys:
            if not key:
                self._line.addWidget(QLabel(words, self))
                continue
            button = QPushButton(f"{key}  {words}", self)
            button.setProperty("role", "key")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the grid
            button.clicked.connect(partial(self.pressed.emit, key))
            self._line.addWidget(button)


class StoryLine(QObject):
    """The history of the cell under the cursor. It is read when the cursor rests, so that no key waits for it.

    Args:
        label: shows the newest line, and all of them as its tip.
        read: gives both.
    """

    def __init__(self, label: QLabel, read: Callable[[], tuple[str, str]]) -> None:
        super().__init__(label)
        self._label, self._read = label, read
        self._rest = AtRest(self._show, self)

    def follow(self) -> None:
        """The cursor or its cell has changed."""
        self._rest.start()

    def _show(self) -> None:
        if self._label.isVisible():
            newest, all_lines = self._read()
            self._label.setText(newest)
            self._label.setToolTip(all_lines)


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
        starts, ends = session.real_starts or session.starts, session.real_ends or session.ends
        form.fromEdit.show_moment(starts)
        form.toEdit.show_moment(ends)
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
        form = self._form
        form.reasonBox.setVisible(cancelled)
        for widget in (form.fromLabel, form.fromEdit, form.toLabel, form.toEdit):
            widget.setVisible(not cancelled)

    def _keep(self) -> None:
        if self._session is None:
            return
        form = self._form
        if form.cancelledButton.isChecked():
            wish = SetSession(self._session.id, SessionState.CANCELLED, reason_id=form.reasonBox.currentData())
        else:
            starts, ends = form.fromEdit.moment(), form.toEdit.moment()
            wish = SetSession(
                self._session.id,
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
