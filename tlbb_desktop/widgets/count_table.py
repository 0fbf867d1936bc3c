"""What a moved record holds: in the bundle, and here, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from tlbb_desktop.domain.record_counts import shown_counts
from tlbb_desktop.i18n.catalog import _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL

COLUMNS = 2


class CountTable(QWidget):
    """Numbers in two blocks of lines, so that all of them are seen at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theirs: Mapping[str, int] = {}
        self._ours: Mapping[str, int] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(GAP_SMALL)

    def show_counts(self, theirs: Mapping[str, int], ours: Mapping[str, int] | None = None) -> None:
        """Show what is in the bundle, and beside it what is here."""
        self._theirs, self._ours = theirs, ours
        self._say()

    def _say(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not self._theirs:
            return
        lines = shown_counts(self._theirs)
        here = dict(shown_counts(self._ours)) if self._ours is not None else None
        half = -(-len(lines) // COLUMNS)
        for block in range(COLUMNS):
            heads = ["", _p("counted", "Bundle"), *([_p("counted", "Here")] if here is not None else [])]
            self._add_line(0, block, heads, "caption")
        for number, (word, count) in enumerate(lines):
            texts = [_p("counted", word), digits(count)]
            if here is not None:
                texts.append(digits(here[word]) + ("  ✓" if here[word] == count else "  ✗"))
            self._add_line(1 + number % half, number // half, texts)
        self._grid.setColumnStretch(4 * COLUMNS, 1)

    def _add_line(self, row: int, block: int, texts: list[str], role: str = "") -> None:
        for column, text in enumerate(texts):
            label = QLabel(text, self)
            if role:
                label.setProperty("role", role)
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(label, row, 4 * block + column, side)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
