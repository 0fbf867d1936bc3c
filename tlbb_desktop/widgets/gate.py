"""The frame of the pages before the login: name, language, and calm content in the middle."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tlbb_desktop.qt.look_signal import look_signal
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.icon_label import IconLabel
from tlbb_desktop.widgets.language_switch import LanguageSwitch

#: Qt.FocusPolicy.NoFocus; the ``Qt`` namespace is not loaded before the first paint.
NO_FOCUS = 0


class Gate(QWidget):
    """A quiet page with one column of content.

    Args:
        pixels: the column's width at 100 % text size.

    Signals:
        look_wanted: another language.
    """

    look_wanted = Signal(str, object)

    def __init__(self, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        switch = LanguageSwitch(self)
        switch.chosen.connect(self._choose_language)
        name = QLabel("TLBB Desktop", self)
        name.setProperty("role", "heading")
        top = QHBoxLayout()
        top.setSpacing(GAP_SMALL + 2)
        top.addWidget(IconLabel("app", "accent", 24, self))
        top.addWidget(name, 1)
        top.addWidget(switch)
        self._content = QWidget(self)
        self._pixels = pixels
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setProperty("focusPolicy", NO_FOCUS)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._content, 100)
        row.addStretch(1)
        self._area.setWidget(middle)
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        page.addLayout(top)
        page.addWidget(self._area, 1)
        self._fit()
        look_signal().theme_changed.connect(self._fit)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_cursor)

    def _follow_cursor(self, _before: QWidget | None, cursor: QWidget | None) -> None:
        """At large text sizes the field with the cursor is scrolled into sight."""
        if cursor is not None and self._content.isAncestorOf(cursor):
            self._area.ensureWidgetVisible(cursor)

    def _fit(self) -> None:
        self._content.setMaximumWidth(round(self._pixels * current_scale()))

    def _choose_language(self, language: str) -> None:
        self.look_wanted.emit("language", language)
