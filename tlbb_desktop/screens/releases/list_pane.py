"""Who leaves: find, open the plan, a liaison's own items, somebody who left today."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.forms.ui_releases import Ui_ReleasesForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.screens.releases.presenter import WITHIN, ReleasesPresenter
from tlbb_desktop.screens.releases.words import (
    LEAVING_COLUMNS,
    count_words,
    item_columns,
    item_sign,
    leaving_sign,
    status_keys_words,
    within_words,
)

NAME_COLUMN = ITEM_COLUMN = 0
OWN_LINES = 4


class ListPane(QWidget):
    """Shows who leaves.

    Args:
        presenter: the page's.

    Signals:
        chosen: the row of a person whose plan is to be opened.
        left: the row of a person who left today.
        wanted: another list is to be read.
        gate_wanted: the list for the gate is to be printed.
    """

    chosen = Signal(int)
    left = Signal(int)
    wanted = Signal()
    gate_wanted = Signal()

    def __init__(self, presenter: ReleasesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.form = Ui_ReleasesForm()
        self.form.setupUi(self)
        form = self.form
        form.table.set_columns(LEAVING_COLUMNS, NAME_COLUMN, leaving_sign)
        form.table.chosen.connect(self.open_current)
        form.table.moved.connect(self._say_about)
        form.ownTable.set_columns(item_columns(presenter.today), ITEM_COLUMN, item_sign)
        form.ownTable.keep_lines_in_sight(OWN_LINES)
        form.ownTable.setVisible(not presenter.reads_plans())
        form.openButton.setVisible(presenter.reads_plans())
        form.findEdit.textChanged.connect(self.show_lines)
        form.findEdit.returnPressed.connect(self.open_current)
        form.withinBox.activated.connect(self._choose)
        form.openButton.clicked.connect(self.open_current)
        form.leftButton.clicked.connect(self.note_left)
        form.gateButton.clicked.connect(self.gate_wanted)
        self._word()
        apply_icons(self)

    def show_lines(self) -> None:
        """Show who is listed and found."""
        lines = self._presenter.lines(self.form.findEdit.text())
        self.form.table.show_lines(lines)
        self.form.countLabel.setText(count_words(len(lines)))
        for button in (self.form.openButton, self.form.leftButton):
            button.setEnabled(bool(lines))
        self._say_about()

    def current_person(self) -> int | None:
        """Who has the cursor."""
        return self.form.table.current_id()

    def open_current(self) -> None:
        """Open the plan of whoever has the cursor."""
        here = self.current_person()
        if here is not None and self._presenter.reads_plans():
            self.chosen.emit(here)

    def note_left(self) -> None:
        """Say that whoever has the cursor left today."""
        here = self.current_person()
        if here is not None:
            self.left.emit(here)

    def start_find(self) -> None:
        """Put the cursor where typing searches."""
        self.form.findEdit.setFocus()
        self.form.findEdit.selectAll()

    def _choose(self, number: int) -> None:
        self._presenter.choose(WITHIN[number])
        self.wanted.emit()

    def _say_about(self) -> None:
        """Below, the items that a liaison sets from here, or that somebody has no case."""
        form, here = self.form, self.current_person()
        line = self._presenter.lines().get(here or 0)
        words = ""
        if line is None:
            words = _("Nobody on record leaves in this time.") if not self._presenter.lines() else ""
        elif line.case_id is None:
            words = _("There is no case for this person yet, so there is no release plan.")
        elif line.plan_id is None:
            words = _("There is no release plan yet.")
        form.aboutLabel.setText(words)
        form.aboutLabel.setVisible(bool(words))
        own = self._presenter.own_items(here)
        form.ownTable.show_lines(own)
        form.keysLabel.setVisible(bool(own))

    def _word(self) -> None:
        box = self.form.withinBox
        box.clear()
        box.addItems([within_words(days) for days in WITHIN])
        box.setCurrentIndex(WITHIN.index(self._presenter.within))
        self.form.keysLabel.setText(status_keys_words())
        self.show_lines()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
