"""The drill: a copy comes back on trial with the recovery key alone."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits, moment_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.security.recovery import GROUP_LENGTH, RECOVERY_GROUPS, check_group, read_characters
from tlbb_desktop.services.drills import Drill
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeFields


class DrillCard(Card):
    """Asks for the paper with the recovery key, and says how the trial went.

    Signals:
        wanted: the recovery key, typed in full.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Drill"),
            N_(
                "Every three months: take the paper with the recovery key out of its place. The newest copy comes back"
                " on trial, is compared row by row, and is removed again. The record itself is not touched."
            ),
            parent,
        )
        self._last: datetime | None = None
        self._done: Drill | None = None
        self.last, self.outcome = WrappingLabel(self), WrappingLabel(self)
        self.code = CodeFields(RECOVERY_GROUPS, GROUP_LENGTH, read_characters, check_group, self)
        self.begin_button = QPushButton(self)
        set_icon(self.begin_button, "archive-restore", "text")
        buttons = QHBoxLayout()
        buttons.addWidget(self.begin_button)
        buttons.addStretch()
        for widget in (self.last, self.code):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)
        self.body.addWidget(self.outcome)
        self.code.edited.connect(self._judge)
        self.begin_button.clicked.connect(lambda: self.wanted.emit(self.code.text))
        self._judge()
        self._say()

    def show_last(self, last: datetime | None) -> None:
        """Say when the last drill went well."""
        self._last = last
        self._say()

    def show_done(self, done: Drill) -> None:
        """Say how the drill went; the code is not kept on the screen."""
        self._done = done
        self.code.clear()
        self._judge()
        self._say()

    def _judge(self) -> None:
        self.begin_button.setEnabled(self.code.complete)

    def _say(self) -> None:
        never = _("There was no drill yet.")
        when = _("Last drill: {day}")
        self.last.setText(when.format(day=day_text(self._last.date())) if self._last else never)
        self.begin_button.setText(_("Begin the drill"))
        if self._done is not None:
            self.outcome.setText("✓ " + drill_words(self._done))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


def drill_words(done: Drill) -> str:
    """How a drill went, in one sentence."""
    return _("The copy of {when} came back whole: {rows} rows and {fields} protected fields, all as they were.").format(
        when=moment_text(done.copy.made_at), rows=digits(done.rows), fields=digits(done.fields)
    )
