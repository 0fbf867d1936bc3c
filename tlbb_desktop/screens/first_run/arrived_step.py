"""After a move: what arrived, beside what was in the bundle, and the code for the old laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.first_run.steps import Step
from tlbb_desktop.widgets.count_table import CountTable

if TYPE_CHECKING:
    from tlbb_desktop.services.moving import CameHere


class ArrivedStep(Step):
    """Equal numbers, and what to do on the old laptop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("The record is here"), N_("Compare before anything is deleted on the old laptop."), parent)
        self._equal = True
        self.table, self.advice, self.code = CountTable(self), WrappingLabel(self), QLabel(self)
        self.code.setProperty("role", "title")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.table, self.advice, self.code):
            self.body.addWidget(widget)
        self.word()

    def show_counts(self, came: CameHere) -> None:
        """Show what arrived."""
        self._equal = came.equal
        self.table.show_counts(came.theirs, came.ours)
        self.code.setText(came.code)
        self.word()

    @override
    def word(self) -> None:
        equal = _(
            "All is here. Type this code on the old laptop, under Settings, New laptop; then it stays closed, and its"
            " folder may be deleted. The code also stands there on this laptop."
        )
        other = _("The numbers are not equal. Delete nothing on the old laptop, and report this.")
        self.advice.setText(equal if self._equal else other)
