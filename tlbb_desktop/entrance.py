"""The pages before anybody is in: login, other ways in, first run, and those that say why nobody comes in now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.staff import MemberTile
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.services.closed_record import moved_day
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.start_record import SafeModeReason

if TYPE_CHECKING:
    from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
    from tlbb_desktop.screens.login.screen import LoginPage
    from tlbb_desktop.widgets.gate import Gate


class Entrance(QObject):
    """Shows one page at a time in the window.

    Args:
        home: which record.
        doorkeeper: opens it.
        tasks: the queue of background work.
        window: where the pages stand.
        server: ``postgresql://…`` that a first programme shall lie on, or ``""``.

    Signals:
        opened: an ``Opened``; somebody is in.
        left: back to the first page.
        other_way: slip or recovery key, for a member.
        damaged: the record does not open; the error.
        look_wanted: another language, theme or text size.
    """

    opened = Signal(object)
    left = Signal()
    other_way = Signal(str, str)
    damaged = Signal(object)
    look_wanted = Signal(str, object)

    def __init__(
        self, home: Home, doorkeeper: HomeDoorkeeper, tasks: TaskRunner, window: MainWindow, server: str = ""
    ) -> None:
        super().__init__(window)
        self._home, self._doorkeeper, self._tasks, self._window = home, doorkeeper, tasks, window
        self._server = server

    @property
    def login_page(self) -> LoginPage | None:
        """The login page while it stands in the window."""
        from tlbb_desktop.screens.login.screen import LoginPage

        page = self._window.content
        return page if isinstance(page, LoginPage) else None

    def show(self, page: Gate) -> None:
        """Show a page that may change the look."""
        page.look_wanted.connect(self.look_wanted)
        self._window.show_inside(page)

    def show_login(self, members: Sequence[MemberTile], last_member: str) -> None:
        """Who comes in? *last_member* is chosen already."""
        from tlbb_desktop.screens.login.screen import LoginPage

        moved = moved_day(self._home)
        page = LoginPage(members, last_member, self._doorkeeper, self._tasks, self._window, moved=moved)
        page.opened.connect(self.opened)
        page.other_way.connect(self.other_way)
        page.damaged.connect(self.damaged)
        self.show(page)

    def show_other_way(self, way: str, member: MemberTile) -> None:
        """Come in with a slip or the recovery key."""
        from tlbb_desktop.screens.login.other_way import OtherWayPage

        page = OtherWayPage("slip" if way == "slip" else "recovery", member, self._doorkeeper, self._tasks)
        page.opened.connect(self.opened)
        page.left.connect(self.left)
        self.show(page)

    def show_first_run(self) -> None:
        """Nothing is on this laptop yet."""
        from tlbb_desktop.screens.first_run.screen import FirstRunPage
        from tlbb_desktop.screens.login.opened import Opened

        page = FirstRunPage(self._first_run(), self._tasks)
        page.begun.connect(lambda desk: self.opened.emit(Opened(desk)))
        page.restored.connect(self.left)
        self.show(page)

    def show_damaged(self, error: TlbbError) -> None:
        """The record does not open: a backup can be brought back over it."""
        from tlbb_desktop.screens.first_run.damaged import DamagedPage

        page = DamagedPage(error, self._first_run(), self._tasks)
        page.left.connect(self.left)
        self.show(page)

    def show_other_window(self, error: TlbbError, look_again: Callable[[], object]) -> None:
        """The record is open in another window; *look_again* asks whether it still is."""
        from tlbb_desktop.screens.login.notices import OtherWindowPage

        self.show(OtherWindowPage(error, look_again))

    def show_notice(self, error: TlbbError, act: Callable[[], object], word: str = N_("Look again")) -> None:
        """Say why nobody comes in now; *word* names what *act* does about it."""
        from tlbb_desktop.screens.login.notices import NoticePage

        page = NoticePage(error, word)
        page.acted.connect(act)
        self.show(page)

    def show_new_slip(self, slip: str, done: Callable[[], object]) -> None:
        """The slip that takes the place of the one that was used."""
        from tlbb_desktop.screens.login.notices import NewSlipPage
        from tlbb_desktop.widgets.code_paper import slip_paper

        page = NewSlipPage(slip_paper(tuple(slip.split("-"))))
        page.left.connect(done)
        self.show(page)

    def offer_safe_mode(self, reason: SafeModeReason, safe: Callable[[], object], usual: Callable[[], object]) -> None:
        """Ask whether to start in safe mode, by a page that needs nothing that may be broken."""
        from tlbb_desktop.screens.login.notices import SafeModePage

        page = SafeModePage(reason)
        page.acted.connect(safe)
        page.usual_wanted.connect(usual)
        self.show(page)

    def _first_run(self) -> FirstRunPresenter:
        from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter

        return FirstRunPresenter(self._home, self._doorkeeper.open_desk, server=self._server)
