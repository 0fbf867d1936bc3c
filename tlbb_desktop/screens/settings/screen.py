"""The settings page: sections on the left, one section on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.settings.appearance import AppearanceSection
from tlbb_desktop.screens.settings.assessing import AssessingSection
from tlbb_desktop.screens.settings.backup import BackupSection
from tlbb_desktop.screens.settings.exchange import ExchangeSection
from tlbb_desktop.screens.settings.moving import MovingSection
from tlbb_desktop.screens.settings.my_access import MyAccessSection
from tlbb_desktop.screens.settings.papers import PapersSection
from tlbb_desktop.screens.settings.programme import (
    ProgrammeSection,
    courses_section,
    holidays_section,
    prisons_section,
    reasons_section,
)
from tlbb_desktop.screens.settings.record_check import RecordCheckSection
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.screens.settings.staff import StaffSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk

LIST_PIXELS = 248
COLUMN_PIXELS = 900
NameRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A section of the settings.

    Args:
        name: in code; other pages and the guide use it.
        label: marked word.
        icon: Lucide name.
        needed: the act that the reader must be allowed; None = everybody.
        make: builds it when it is first opened.
        topic: chapter of the guide.
    """

    name: str
    label: str
    icon: str
    needed: Action | None
    make: Callable[[Desk, TaskRunner], Section]
    topic: str = "settings"


ENTRIES = (
    Entry("appearance", AppearanceSection.title, "contrast", None, AppearanceSection),
    Entry("access", MyAccessSection.title, "key-round", None, MyAccessSection, "lock"),
    Entry("backup", BackupSection.title, "usb", Action.BACKUP_MAKE, BackupSection, "backup"),
    Entry("laptop", MovingSection.title, "hard-drive", Action.BACKUP_RESTORE, MovingSection, "new_laptop"),
    Entry("check", RecordCheckSection.title, "shield-check", Action.AUDIT_VERIFY, RecordCheckSection, "backup"),
    Entry("exchange", ExchangeSection.title, "refresh-cw", Action.EXCHANGE, ExchangeSection, "laptops"),
    Entry("staff", StaffSection.title, "users", Action.STAFF_READ, StaffSection, "staff"),
    Entry("programme", ProgrammeSection.title, "school", Action.SETTINGS_WRITE, ProgrammeSection),
    Entry("papers", PapersSection.title, "file-text", Action.SETTINGS_WRITE, PapersSection),
    Entry("assessing", AssessingSection.title, "clipboard-check", Action.SETTINGS_WRITE, AssessingSection),
    Entry("prisons", Np_("settings", "Prisons"), "map-pin", Action.PRISON_WRITE, prisons_section),
    Entry("courses", Np_("settings", "Courses"), "graduation-cap", Action.COURSE_WRITE, courses_section),
    Entry("reasons", Np_("settings", "Reasons"), "list-checks", Action.REASON_WRITE, reasons_section),
    Entry("holidays", Np_("settings", "Holidays"), "calendar-days", Action.HOLIDAY_WRITE, holidays_section),
)


class SettingsScreen(Page):
    """Shows the sections that the reader's role may change; ``open("backup")`` goes to one."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:  # noqa: ARG002
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._entries = [each for each in ENTRIES if self._may_open(each)]
        self._sections: dict[str, Section] = {}
        self._areas: dict[str, QWidget] = {}
        self.list = QListWidget(self)
        self.list.setProperty("role", "sections")
        self.list.ensurePolished()  # rows are measured with their padding from the beginning
        for entry in self._entries:
            item = QListWidgetItem(self.list)
            item.setData(NameRole, entry.name)
        self.list.currentItemChanged.connect(self._show_current)
        self._stack = QStackedWidget(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        row.setSpacing(GAP)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self._draw_icons()
        self._word()

    @override
    def open(self, argument: object = None) -> None:
        wanted = next((number for number, entry in enumerate(self._entries) if entry.name == argument), None)
        if wanted is None:
            wanted = max(0, self.list.currentRow())
        if wanted == self.list.currentRow():
            self._show_current()
        self.list.setCurrentRow(wanted)
        self.setFocusProxy(self.list)

    @override
    def title(self) -> str:
        return _("Settings")

    @override
    def help_topic(self) -> str:
        return self._entries[max(0, self.list.currentRow())].topic

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return self._sections[self._entries[max(0, self.list.currentRow())].name]

    def _may_open(self, entry: Entry) -> bool:
        return entry.needed is None or self._desk.office.may(entry.needed)

    def _hide_closed(self) -> None:
        """Take away the sections that the reader may not open any more, and show one that is open."""
        for number, entry in enumerate(self._entries):
            self.list.item(number).setHidden(not self._may_open(entry))
        if self.list.item(self.list.currentRow()).isHidden():
            self.list.setCurrentRow(0)
        else:
            self._show_current()

    def _show_current(self) -> None:
        entry = self._entries[max(0, self.list.currentRow())]
        section = self._sections.get(entry.name) or self._make(entry)
        self._stack.setCurrentWidget(self._areas[entry.name])
        try:
            section.open()
        except TlbbError as error:
            self.troubled.emit(error)

    def _make(self, entry: Entry) -> Section:
        section = entry.make(self._desk, self._tasks)
        section.said.connect(self.said)
        section.troubled.connect(self.troubled)
        section.look_wanted.connect(self.look_wanted)
        section.restore_wanted.connect(self.restore_wanted)
        section.rights_changed.connect(self._hide_closed)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, GAP_SMALL, GAP)
        column.addWidget(section)
        section.setMaximumWidth(round(COLUMN_PIXELS * current_scale()))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        self._stack.addWidget(area)
        self._sections[entry.name], self._areas[entry.name] = section, area
        return section

    def _draw_icons(self) -> None:
        for number, entry in enumerate(self._entries):
            self.list.item(number).setIcon(icon(entry.icon, "muted"))

    def _word(self) -> None:
        self.list.setAccessibleName(_("Settings"))
        for number, entry in enumerate(self._entries):
            self.list.item(number).setText(_(entry.label))
        wanted = self.list.sizeHintForColumn(0) + self.list.verticalScrollBar().sizeHint().width()
        self.list.setFixedWidth(max(round(LIST_PIXELS * current_scale()), wanted + 2 * self.list.frameWidth()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            self._draw_icons()
        super().changeEvent(event)
