"""The head of the window: where one is, what day it is, who may what, language, search and lock."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.staff import ROLE_NAMES, Role
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_in_words
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.widgets.language_switch import LanguageSwitch
from tlbb_desktop.widgets.short_label import ShortLabel


class Header(QWidget):
    """No person's name stands here: headers end up in photographs.

    Signals:
        find_wanted: the search button was pressed.
        lock_wanted: the lock button was pressed.
    """

    find_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, role: Role, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._today = role, today
        self._title, self._date, self._role_badge = QLabel(self), ShortLabel(self), QLabel(self)
        self._title.setProperty("role", "title")
        self._date.setProperty("role", "caption")
        self._role_badge.setProperty("role", "badge-muted")
        self._find = QPushButton(self)
        self.switch = LanguageSwitch(self)
        self._lock = QPushButton(self)
        self._find.clicked.connect(self.find_wanted)
        self._lock.clicked.connect(self.lock_wanted)
        set_icon(self._find, "search", "muted")
        set_icon(self._lock, "lock", "text")
        self._lay_out()
        self._word()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, GAP_SMALL - 2, GAP_LARGE, GAP_SMALL - 2)
        row.setSpacing(GAP)
        row.addWidget(self._title)
        row.addWidget(self._date)
        row.addStretch(1)
        for widget in (self._role_badge, self._find, self.switch, self._lock):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_title(self, title: str) -> None:
        """Show the page's title, translated."""
        self._title.setText(title)

    def show_day(self, today: date) -> None:
        """Show the working day."""
        self._today = today
        self._word()

    def _word(self) -> None:
        self._date.setText(day_in_words(self._today))
        self._role_badge.setText(_(ROLE_NAMES[self._role]))
        self._find.setText(" " + _("Find") + "   Ctrl+K")
        self._find.setAccessibleName(_("Find a person, a class or something to do"))
        self._lock.setText(" " + _("Lock"))
        self._lock.setToolTip(_("Lock") + "  (Ctrl+L)")
        self._lock.setAccessibleName(_("Lock"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
