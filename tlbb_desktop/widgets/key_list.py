"""Ctrl+/: the keys of this page and of the window, on one panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.overlay import Overlay

PANEL_PIXELS = 760
COLUMNS = 2


class KeyList(Overlay):
    """Shows keys and what they do; any key closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, PANEL_PIXELS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = QWidget(self.panel)
        self.column.addWidget(self._content)

    def show_keys(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Open the panel.

        Args:
            groups: (heading, lines), each line (key as printed on the key cap, what it does); all translated.
        """
        self.column.removeWidget(self._content)
        self._content.deleteLater()
        self._content = QWidget(self.panel)
        grid = QGridLayout(self._content)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        row = 0
        for heading, lines in groups:
            row = self._add_group(grid, row, heading, lines)
        self.column.addWidget(self._content)
        self.setAccessibleName(_("Keys"))
        self.open()
        self.setFocus()

    def _add_group(self, grid: QGridLayout, row: int, heading: str, lines: Sequence[tuple[str, str]]) -> int:
        title = QLabel(heading)
        title.setProperty("role", "heading")
        grid.addWidget(title, row, 0, 1, 2 * COLUMNS)
        for number, (key, meaning) in enumerate(lines):
            line, column = divmod(number, COLUMNS)
            cap = QLabel(key)
            cap.setProperty("role", "badge-muted")
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words = WrappingLabel(text=meaning)
            grid.addWidget(cap, row + 1 + line, 2 * column)
            grid.addWidget(words, row + 1 + line, 2 * column + 1)
        return row + 2 + (len(lines) - 1) // COLUMNS

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        self.leave()
