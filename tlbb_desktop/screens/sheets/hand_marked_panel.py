"""The question for the code of a register that was marked by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.forms.ui_sheet_hand_marked import Ui_SheetHandMarkedForm
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.wiring import Desk


class HandMarkedPanel(QFrame):
    """Leads from the code on the paper to the register, where the exceptions are typed in.

    Signals:
        found: (page, what it is opened with).
        troubled: a TlbbError.
        closed: nothing more to ask.
    """

    found = Signal(str, object)
    troubled = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = Ui_SheetHandMarkedForm()
        self._form.setupUi(self)
        self._form.codeEdit.returnPressed.connect(self._open)
        self._form.openButton.clicked.connect(self._open)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self) -> None:
        """Wait for a code."""
        self._form.codeEdit.clear()
        self._form.codeEdit.setFocus()

    def _open(self) -> None:
        try:
            class_id, month = self._desk.class_papers.marked_by_hand(self._form.codeEdit.text())
        except TlbbError as error:
            self.troubled.emit(error)
            self._form.codeEdit.setFocus()
            return
        self.closed.emit()
        self.found.emit("register", OpenRegister(class_id, month))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)
