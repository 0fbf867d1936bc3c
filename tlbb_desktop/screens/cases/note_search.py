"""Finds notes by a word in them, in this case or in all that the reader works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_notes import NoteHit
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.line_table import LineTable

HIT_COLUMNS: Final[tuple[Column[NoteHit], ...]] = (
    Column("day", N_("Day"), lambda hit: day_text(hit.on_day)),
    Column("code", Np_("of a person", "Code"), lambda hit: hit.code),
    Column("name", N_("Name"), lambda hit: hit.shown_name),
)
LINES_IN_SIGHT: Final = 4


class NoteSearch(QWidget):
    """Enter finds; an emptied field takes what was found away.

    Args:
        find: the notes that hold a text, by row; in all cases where the second argument is true.
        parent: where it stands.

    Signals:
        chosen: (row of a note, row of its case).
    """

    chosen = Signal(int, int)

    def __init__(self, find: Callable[[str, bool], Mapping[int, NoteHit]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._hits: Mapping[int, NoteHit] = {}
        self._searched = False
        self.text, self.everywhere, self.button = KhmerEdit(self), QCheckBox(self), QPushButton(self)
        self.text.setClearButtonEnabled(True)
        self.text.returnPressed.connect(self.search)
        self.text.textChanged.connect(self._emptied)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.search)
        set_icon(self.button, "search")
        self.count, self.table = QLabel(self), LineTable(self)
        self.count.setProperty("role", "caption")
        self.table.set_columns(HIT_COLUMNS, len(HIT_COLUMNS) - 1)
        self.table.keep_lines_in_sight(LINES_IN_SIGHT)
        self.table.chosen.connect(lambda row: self.chosen.emit(row, self._hits[row].case_id))
        row = FlowLayout(spacing=GAP_SMALL)
        for part in (self.text, self.everywhere, self.button):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(row)
        column.addWidget(self.count)
        column.addWidget(self.table)
        self.forget()
        self._word()

    def search(self) -> None:
        """Find what is typed."""
        if not self.text.text().strip():
            return
        self._hits, self._searched = self._find(self.text.text(), self.everywhere.isChecked()), True
        self.table.show_lines(self._hits)
        self.table.setVisible(bool(self._hits))
        self.count.show()
        self._word()
        if self._hits:
            self.table.setFocus()

    def forget(self) -> None:
        """Take everything away."""
        self._hits, self._searched = {}, False
        self.text.clear()
        self.table.hide()
        self.count.hide()

    def _emptied(self, text: str) -> None:
        if not text and self._searched:
            self.forget()

    def _word(self) -> None:
        self.text.setAccessibleName(_("Find in the notes"))
        self.text.setPlaceholderText(_("Find in the notes"))
        self.everywhere.setText(_("In all my cases"))
        self.button.setText(_p("button", "Find"))
        self.table.setAccessibleName(_("Notes that were found"))
        found = len(self._hits)
        words = _n("{n} note was found", "{n} notes were found", found) if found else _("No note holds this.")
        self.count.setText(words.format(n=digits(found)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
