"""Asks for whom a case is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem, QWidget
from typing_extensions import override

from tlbb_desktop.domain.people import PersonRow
from tlbb_desktop.forms.ui_case_begin import Ui_CaseBeginForm
from tlbb_desktop.widgets.page import ENTER

PERSON_ROLE = Qt.ItemDataRole.UserRole


class BeginPanel(QFrame):
    """Find somebody by typing; Enter opens the case of the one under the cursor.

    Args:
        find: people whom a text finds.

    Signals:
        wanted: (row of the person, whether only to wait).
        closed: no case is to be opened.
    """

    wanted = Signal(int, bool)
    closed = Signal()

    def __init__(self, find: Callable[[str], list[PersonRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._form = Ui_CaseBeginForm()
        self._form.setupUi(self)
        self._form.findEdit.textChanged.connect(self._show_found)
        self._form.openButton.clicked.connect(lambda: self._choose(waiting=False))
        self._form.waitButton.clicked.connect(lambda: self._choose(waiting=True))
        self._form.cancelButton.clicked.connect(self.closed)
        self._form.peopleList.itemDoubleClicked.connect(lambda _item: self._choose(waiting=False))

    def ask(self) -> None:
        """Start anew."""
        self._form.findEdit.clear()
        self._show_found("")
        self._form.findEdit.setFocus()

    def _show_found(self, text: str) -> None:
        box = self._form.peopleList
        box.clear()
        for person in self._find(text):
            item = QListWidgetItem(" · ".join(filter(None, (person.names.shown, person.code, person.prison))), box)
            item.setData(PERSON_ROLE, person.id)
        box.setCurrentRow(0)
        box.setVisible(box.count() > 0)
        for button in (self._form.openButton, self._form.waitButton):
            button.setEnabled(box.count() > 0)

    def _choose(self, *, waiting: bool) -> None:
        item = self._form.peopleList.currentItem()
        if item is not None:
            self.wanted.emit(int(item.data(PERSON_ROLE)), waiting)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._form.findEdit.hasFocus():
            self._form.peopleList.setFocus()
        elif event.key() in ENTER and (self._form.findEdit.hasFocus() or self._form.peopleList.hasFocus()):
            self._choose(waiting=False)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)
