"""The inside of the window once somebody has logged in: rail, head, banner, page and status line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import methodcaller

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.shell.finder import Finder, Target
from tlbb_desktop.screens.shell.header import Header
from tlbb_desktop.screens.shell.places import PLACES, Place
from tlbb_desktop.screens.shell.ribbon import Ribbon
from tlbb_desktop.screens.shell.window_keys import COMMANDS, ESCAPE_MEANING, WINDOW_KEYS, WindowKeys
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.command_palette import CommandPalette
from tlbb_desktop.widgets.key_list import KeyList
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.rail import Rail, RailEntry
from tlbb_desktop.widgets.status_line import StatusLine
from tlbb_desktop.wiring import Desk

NARROW_BELOW_PIXELS = 1000


class Workplace(QWidget):
    """Hosts the pages of one member of staff.

    Args:
        desk: the services, open with that member's keys.
        tasks: the queue of background work.
        changes: where finished acts are announced.
        today: the working day, for the head.

    Signals:
        lock_wanted: Ctrl+L or the lock button.
        look_wanted: another language, theme, text size or digits; the window applies and keeps it.
        restore_wanted: a check found damage, and a backup shall take the record's place.
    """

    lock_wanted = Signal()
    look_wanted = Signal(str, object)
    restore_wanted = Signal()

    def __init__(
        self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._changes = desk, tasks, changes
        self._places = {place.name: place for place in PLACES if self._may_open(place)}
        self._pages: dict[str, Page] = {}
        self._place = ""
        self._class_seen: int | None = None
        self._waiting: Callable[[], object] | None = None
        self._header = Header(desk.actor.role, today, self)
        entries = [RailEntry(each.name, each.label, each.icon, each.at_foot) for each in self._places.values()]
        self.rail = Rail(entries, self)
        self.banner, self.status = Banner(self), StatusLine(self)
        self._ribbon = Ribbon(desk, changes, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.palette_panel = CommandPalette(Finder(desk, tuple(self._places.values()), COMMANDS).find, self)
        self.key_list = KeyList(self)
        self._wire()
        self._word()

    def _may_open(self, place: Place) -> bool:
        return not place.needed or any(self._desk.office.may(action) for action in place.needed)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._ribbon)
        right.addWidget(self._header)
        banner_row = QHBoxLayout()
        banner_row.setContentsMargins(24, 0, 24, 8)
        banner_row.addWidget(self.banner)
        right.addLayout(banner_row)
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.go)
        self._header.find_wanted.connect(self.palette_panel.open)
        self._header.lock_wanted.connect(self.lock_wanted)
        self._header.switch.chosen.connect(self._choose_language)
        self.palette_panel.chosen.connect(self._follow)
        self.banner.acted.connect(self._go_on)
        self._tasks.unhandled.connect(self._show_unhandled)
        self._commands: dict[str, Callable[[], object]] = {
            "find_anything": self.palette_panel.open,
            "help": self.show_help,
            "keys": self.show_keys,
            "lock": self.lock_wanted.emit,
            "print": partial(self._tell_page, methodcaller("print_paper")),
            "find": partial(self._tell_page, methodcaller("start_find")),
            "undo": partial(self._tell_page, methodcaller("undo")),
            "redo": partial(self._tell_page, methodcaller("redo")),
            "backup": partial(self.go, "settings", "backup"),
            "language": partial(self.look_wanted.emit, "language", None),
            "theme": partial(self.look_wanted.emit, "theme", None),
        }
        self._keys = WindowKeys(self, self._commands)

    # going somewhere -----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._place]

    @property
    def place(self) -> str:
        """Where the reader is."""
        return self._place

    def go(self, place: str, argument: object = None) -> None:
        """Open *place*; *argument* is handed to its page. A place that the role may not open is left alone."""
        if place not in self._places:
            return
        self.banner.clear()
        self.status.clear()
        if self._place:
            self._class_seen = self.page.class_in_view() or self._class_seen
        page = self._pages.get(place) or self._make_page(place)
        self._place = place
        self._stack.setCurrentWidget(page)
        self.rail.show_place(place)
        if argument is None and self._class_seen is not None:
            argument = page.wish_for_class(self._class_seen)
        try:
            page.open(argument)
        except TlbbError as error:
            self.banner.show_trouble(error)
        self._header.show_title(page.title())
        self._header.show_day(self._desk.office.clock.today())
        (page.focusWidget() or page).setFocus()  # where the page put the cursor, or wants it

    def _make_page(self, place: str) -> Page:
        page = self._places[place].page_maker()(self._desk, self._tasks, self._changes, self)
        page.go_to.connect(self.go)
        page.said.connect(self._say)
        page.troubled.connect(self.banner.show_trouble)
        page.look_wanted.connect(self.look_wanted)
        page.restore_wanted.connect(self.restore_wanted)
        self._stack.addWidget(page)
        self._pages[place] = page
        return page

    def _say(self, text: str) -> None:
        """Show a quiet success; a trouble before it is over."""
        self.banner.clear_trouble()
        self.status.say(text)

    def _follow(self, target: Target) -> None:
        if target.command:
            self._commands[target.command]()
        else:
            self.go(target.place, target.argument)

    def _tell_page(self, wish: Callable[[Page], object]) -> None:
        try:
            wish(self.page)
        except TlbbError as error:
            self.banner.show_trouble(error)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._place:
            if not self.page.go_back():
                self.banner.clear()
        else:
            super().keyPressEvent(event)

    def show_help(self) -> None:
        """Open the chapter on the page that is shown."""
        self.go("help", (self.page.help_topic(), self._place))

    def show_keys(self) -> None:
        """Show the keys of the page and of the window."""
        known = [key for key in WINDOW_KEYS if key.command != "redo" or self.page.can_redo()]
        of_window = [*((key.cap, _(key.meaning)) for key in known), ("Esc", _(ESCAPE_MEANING))]
        of_page = [(key, _(meaning)) for key, meaning in self.page.key_list()]
        groups = [(self.page.title(), of_page)] if of_page else []
        self.key_list.show_keys([*groups, (_("Everywhere"), of_window)])

    # leaving and coming back ---------------------------------------------------------------------------------------

    def whereabouts(self) -> dict[str, object]:
        """Where the reader is and what is half typed, in JSON values."""
        return {"place": self._place, "draft": self.page.draft()}

    def come_back(self, whereabouts: dict[str, object]) -> None:
        """Go where :meth:`whereabouts` says."""
        place, draft = whereabouts.get("place"), whereabouts.get("draft")
        if not isinstance(place, str) or place not in self._places:
            return
        self.go(place)
        if isinstance(draft, dict):
            self.page.take_draft(draft)

    def offer_to_go_on(self, whereabouts: dict[str, object], text: str) -> None:
        """Say in the banner that something is kept, with a button that goes there."""
        self._waiting = partial(self.come_back, whereabouts)
        self.banner.show_text("info", text, _("Go on there"))

    def offer_help(self, text: str, action: str, chapter: str) -> None:
        """Say *text* in the banner, with a button *action* that opens *chapter* of the guide; both are translated."""
        self._waiting = partial(self.go, "help", chapter)
        self.banner.show_text("info", text, action)

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    # words and troubles --------------------------------------------------------------------------------------------

    def _choose_language(self, language: str) -> None:
        self.look_wanted.emit("language", language)

    def _show_unhandled(self, error: Exception) -> None:
        if not isinstance(error, TlbbError):
            raise error
        self.banner.show_trouble(error)

    def _word(self) -> None:
        if self._place:
            self._header.show_title(self.page.title())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            self._fit_rail()
        super().changeEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_rail()
        super().resizeEvent(event)

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < NARROW_BELOW_PIXELS * current_scale())
