"""One line above every page: that this is a demonstration, or that the record moved away."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.services.closed_record import MOVED_AWAY
from tlbb_desktop.wiring import Desk


class Ribbon(WrappingLabel):
    """Hidden over an ordinary record.

    Args:
        desk: whose record.
        changes: tell when it was moved or opened again.
    """

    def __init__(self, desk: Desk, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._demonstration = bool(desk.settings.get("demonstration", False))
        self.setProperty("role", "ribbon")
        changes.changed.connect(self._look)
        self._look("backup", frozenset())

    def _look(self, kind: str, _ids: object) -> None:
        if kind == "backup":
            self._moved = self._desk.office.closed_since()
            self._say()

    def _say(self) -> None:
        words = _("Demonstration: all people here are invented") if self._demonstration else ""
        if self._moved is not None:
            words = _(MOVED_AWAY).format(day=day_text(self._moved))
        if self._desk.safe_mode:
            words = _("Safe mode: without photos and previews. Close the program and start it again to leave it.")
        self.setText(words)
        self.setVisible(bool(words))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
