"""The two columns of the sheets page: list and sheet, beside each other or, with large text, one above the other."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QScrollArea

from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.reflow import StackedWhenNarrow, let_wrap

LIST_PIXELS, PAPER_PIXELS = 320, 540
STACKED_LINES = 3
QWIDGETSIZE_MAX = 16_777_215


class SheetColumns(QObject):
    """Keeps the list narrow beside the sheet, and low above it.

    Args:
        form: the page's.
        area: what the page scrolls in.
    """

    def __init__(self, form: Ui_SheetsForm, area: QScrollArea) -> None:
        super().__init__(area)
        self._form = form
        let_wrap(form.page, form.head)
        let_wrap(form.sheetColumn, form.acts)
        self._stacking = StackedWhenNarrow(area, form.columns, self._needed_width)
        self._stacking.stacked.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give the list its size, as when the text became larger."""
        stacked = self._form.columns.direction() is QBoxLayout.Direction.TopToBottom
        table, width = self._form.table, round(LIST_PIXELS * current_scale())
        table.setMinimumWidth(width)
        table.setMaximumWidth(QWIDGETSIZE_MAX if stacked else width)
        table.keep_lines_in_sight(STACKED_LINES if stacked else 0)
        table.setMaximumHeight(table.minimumHeight() if stacked else QWIDGETSIZE_MAX)

    def _needed_width(self) -> int:
        margins = self._form.page.contentsMargins()
        columns = round((LIST_PIXELS + PAPER_PIXELS) * current_scale()) + self._form.columns.spacing()
        return columns + margins.left() + margins.right()
