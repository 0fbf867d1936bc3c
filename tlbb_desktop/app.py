"""The window's start, step by step. Nothing heavy is loaded before the login page has been painted."""

from __future__ import annotations

from tlbb_desktop.qt import quick_start  # first of all

# isort: split

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from tlbb_desktop.domain.errors import StorageDamaged, TlbbError
from tlbb_desktop.domain.staff import MemberTile
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.main_window import TITLE, MainWindow
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.fonts import loading_fonts
from tlbb_desktop.qt.garbage import collect_garbage_here
from tlbb_desktop.qt.stylesheet import STYLE_ARGUMENTS
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.translator import install_translator
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.screens.shell.look import apply_look, changed_look
from tlbb_desktop.services.closed_record import moved_day
from tlbb_desktop.services.window_memory import keep_memory, read_memory
from tlbb_desktop.window_options import WindowOptions, read_options

if TYPE_CHECKING:
    from tlbb_desktop.qt.crash import CrashReporter
    from tlbb_desktop.screens.login.opened import Opened
    from tlbb_desktop.screens.login.screen import LoginPage
    from tlbb_desktop.screens.shell.sitting import Sitting
    from tlbb_desktop.services.window_lock import WindowLock
    from tlbb_desktop.wiring import Desk

quick_start.all_is_loaded()

PAINTED = "painted"
LOCK_POLL_MILLISECONDS = 100
HANDOVER_MILLISECONDS = 15_000
SMALL_SCREEN_PIXELS = 1500


def main(argv: Sequence[str]) -> int:
    """Open the window; returns when it is closed. Raises UsageError when *argv* cannot be understood."""
    options = read_options(argv)
    gc.disable()  # until the first paint, before which there is no garbage to speak of
    app = make_application()
    program = WindowProgram(app, options)
    try:
        program.start()
    except Exception as error:  # noqa: BLE001  # before the first paint nobody else can say it
        collect_garbage_here()
        program.catch_faults().report(error)
    try:
        return app.exec()
    finally:
        program.close()


def make_application() -> QApplication:
    """The application with our words and fonts, before there is any window."""
    QApplication.setApplicationName("tlbb-desktop")
    QApplication.setApplicationDisplayName(TITLE)
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    install_translator(app)
    with loading_fonts(app):
        import tlbb_desktop.screens.login.screen  # noqa: F401  # the page that is mostly shown first
    return app


class WindowProgram(QObject):
    """From the first paint to the end: gate, login, workplace, lock.

    Args:
        app: the application.
        options: what it is started with.
    """

    def __init__(self, app: QApplication, options: WindowOptions) -> None:
        super().__init__(app)
        self._app, self._options, self._home = app, options, options.home
        self._memory = read_memory(self._home)
        if options.language:
            self._memory = self._memory._replace(language=options.language)
        self._tasks = TaskRunner(self)
        self._changes = ChangeSignal(self)
        self._doorkeeper = HomeDoorkeeper(self._home, self._changes.publish)
        self._lock: WindowLock | None = None
        self._lock_waits = HANDOVER_MILLISECONDS // LOCK_POLL_MILLISECONDS if options.tell_painted else 0
        self._sitting: Sitting | None = None
        self._leaving = self._turned_away = False
        self.window = MainWindow()
        self.window.painted.connect(self._after_first_paint)
        self.window.closing.connect(self._end_sitting)

    # the start, in its order ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Paint the first page from the keyring file alone."""
        apply_look(self._app, self._memory)
        WrappingLabel.hold_hints()
        self._show_gate()
        self._place_window()

    def _show_gate(self) -> None:
        if self._memory.members and self._home.has_keyring:
            self._show_login(self._memory.members)
        elif self._home.is_empty():
            self._show_first_run()
        else:
            self._show_gate_of_keyring()

    def _show_gate_of_keyring(self) -> None:
        """The login page as the keyring says; opening it costs more than painting the page from memory."""
        from tlbb_desktop.security.keyring_file import KeyringFile

        try:
            members = KeyringFile(self._home.path).load().tiles()
        except StorageDamaged as error:
            self._show_damaged(error)
            return
        except TlbbError as error:
            self._show_notice(error)
            return
        if members != self._memory.members or self._login_page is None:
            self._memory = self._memory._replace(members=members)
            keep_memory(self._home, self._memory)
            self._show_login(members)

    def _place_window(self) -> None:
        if self._memory.geometry and self.window.restoreGeometry(QByteArray.fromHex(self._memory.geometry.encode())):
            self.window.show()
        elif self._app.primaryScreen().availableSize().width() < SMALL_SCREEN_PIXELS:
            self.window.showMaximized()
        else:
            self.window.show()

    def _after_first_paint(self) -> None:
        collect_garbage_here()
        if self._options.tell_painted:
            tell_painted()
        WrappingLabel.give_hints()
        self._app.setWindowIcon(QIcon(":/icons/app.svg"))
        self.catch_faults()
        self._take_lock()

    def catch_faults(self) -> CrashReporter:
        """From now on every fault of the program is logged and told."""
        from tlbb_desktop.qt.crash import CrashReporter, open_log

        with suppress(OSError):
            open_log(self._home.logs)
        reporter = CrashReporter(self)
        reporter.install()
        reporter.troubled.connect(self.show_trouble)
        return reporter

    def _take_lock(self) -> None:
        """One window to a home; after a lock the window before this one needs a moment to end."""
        from tlbb_desktop.services.window_lock import WindowLock

        if self._lock is not None:
            return
        lock = WindowLock(self._home)
        try:
            lock.take()
        except TlbbError as error:
            if self._lock_waits > 0:
                self._lock_waits -= 1
                QTimer.singleShot(LOCK_POLL_MILLISECONDS, self._take_lock)
            else:
                self._show_other_window(error)
            return
        self._lock = lock
        self._when_alone()

    def _when_alone(self) -> None:
        if self._options.damaged:
            self._show_damaged(StorageDamaged())
            return
        if self._turned_away or self._login_page is not None:
            self._show_gate_of_keyring()
        self._tasks.submit(lambda _progress: self._doorkeeper.prepare(), self, lambda _none: None)
        page = self._login_page
        if self._options.user and self._options.passphrase_file and page is not None:
            page.enter_as(self._options.user, self._options.passphrase_file.read_text(encoding="utf-8"))

    # pages of the gate ---------------------------------------------------------------------------------------------

    @property
    def _login_page(self) -> LoginPage | None:
        from tlbb_desktop.screens.login.screen import LoginPage

        page = self.window.content
        return page if isinstance(page, LoginPage) else None

    def _show_login(self, members: Sequence[MemberTile]) -> None:
        from tlbb_desktop.screens.login.screen import LoginPage

        last_member = self._options.user or self._memory.last_member
        moved = moved_day(self._home)
        page = LoginPage(members, last_member, self._doorkeeper, self._tasks, self.window, moved=moved)
        page.opened.connect(self._sit_down)
        page.other_way.connect(self._show_other_way)
        page.damaged.connect(self._show_damaged)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _show_other_way(self, way: str, username: str) -> None:
        from tlbb_desktop.screens.login.other_way import OtherWayPage

        member = next((each for each in self._memory.members if each.username == username), None)
        if member is None:
            return
        page = OtherWayPage("slip" if way == "slip" else "recovery", member, self._doorkeeper, self._tasks)
        page.opened.connect(self._sit_down)
        page.left.connect(self._show_gate)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _show_first_run(self) -> None:
        from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
        from tlbb_desktop.screens.first_run.screen import FirstRunPage

        page = FirstRunPage(FirstRunPresenter(self._home, self._doorkeeper.open_desk), self._tasks)
        page.begun.connect(self._sit_down_first)
        page.restored.connect(self._show_gate)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _show_other_window(self, error: TlbbError) -> None:
        from tlbb_desktop.screens.login.notices import OtherWindowPage

        if self._turned_away:
            return
        self._turned_away = True
        page = OtherWindowPage(error, self._take_lock)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _show_notice(self, error: TlbbError) -> None:
        from tlbb_desktop.screens.login.notices import NoticePage

        page = NoticePage(error, N_("Look again"))
        page.acted.connect(self._show_gate_of_keyring)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _show_damaged(self, error: TlbbError) -> None:
        from tlbb_desktop.screens.first_run.damaged import DamagedPage
        from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter

        page = DamagedPage(error, FirstRunPresenter(self._home, self._doorkeeper.open_desk), self._tasks)
        page.left.connect(self._show_gate)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _sit_down_first(self, desk: Desk) -> None:
        from tlbb_desktop.screens.login.opened import Opened

        self._sit_down(Opened(desk))

    # at work -------------------------------------------------------------------------------------------------------

    def _sit_down(self, opened: Opened) -> None:
        from tlbb_desktop.screens.shell.sitting import Sitting

        desk = opened.desk
        self._memory = self._memory._replace(last_member=desk.actor.username)
        for name in ("language", "theme", "scale", "khmer_digits"):
            if name != "language" or not self._options.language:
                self._take_own_look(name, desk.settings.mine(name))
        keep_memory(self._home, self._memory)
        self._sitting = Sitting(desk, self._tasks, self._changes, self.window)
        self._sitting.lock_wanted.connect(self.lock)
        self._sitting.workplace.look_wanted.connect(self.change_look)
        self._sitting.workplace.restore_wanted.connect(self.leave_for_a_backup)
        if opened.slip:
            self._show_new_slip(opened.slip)
        else:
            self._show_workplace()

    def _take_own_look(self, name: str, value: object) -> None:
        if value is not None:
            before, self._memory = self._memory, changed_look(self._memory, name, value)
            apply_look(self._app, self._memory, before)

    def _show_new_slip(self, slip: str) -> None:
        from tlbb_desktop.screens.login.notices import NewSlipPage
        from tlbb_desktop.widgets.code_paper import slip_paper

        page = NewSlipPage(slip_paper(tuple(slip.split("-"))))
        page.left.connect(self._show_workplace)
        page.look_wanted.connect(self.change_look)
        self.window.show_inside(page)

    def _show_workplace(self) -> None:
        if self._sitting is not None:
            self.window.show_inside(self._sitting.workplace)
            self._sitting.begin()

    def change_look(self, name: str, value: object) -> None:
        """Take another language, theme, text size or digits, at once and for the next start."""
        before, self._memory = self._memory, changed_look(self._memory, name, value)
        apply_look(self._app, self._memory, before)
        keep_memory(self._home, self._memory)
        if self._sitting is not None:
            self._sitting.keep_look(name, getattr(self._memory, name))

    def show_trouble(self, error: TlbbError) -> None:
        """Explain an error that no page took."""
        if self._sitting is not None:
            self._sitting.workplace.banner.show_trouble(error)

    # lock and end --------------------------------------------------------------------------------------------------

    def leave_for_a_backup(self) -> None:
        """Close a damaged record as a lock does; the new window offers the backup, as nobody may hold the keys then."""
        self.lock(damaged=True)

    def lock(self, *, damaged: bool = False) -> None:
        """Cover the window, keep what is half typed, let a new process paint the login page, copy, then end this one.

        The process that holds the keys ends, because Python cannot wipe its memory. What it copies before, the new
        window does not wait for.
        """
        if self._leaving or self._sitting is None:
            return
        self._leaving = True
        self.window.cover()
        self._sitting.keep_for_lock()
        self._sitting.end()
        self._sitting.last_copy.wanted = not damaged  # a damaged record is not worth one
        self._keep_geometry()
        from tlbb_desktop.screens.shell.successor import Successor

        self.successor = Successor(self._home.path, self, damaged=damaged)
        self.successor.painted.connect(self._hand_over)
        QTimer.singleShot(HANDOVER_MILLISECONDS, self._hand_over)
        self.successor.start()

    def _hand_over(self) -> None:
        """Leave the screen and the home to the new window, and end once the last copy is made."""
        if self._sitting is not None and not self._sitting.last_copy.begun:
            self._app.setQuitOnLastWindowClosed(False)
            self.window.hide()
            self._give_lock_back()
            self._sitting.last_copy.begin_before(self._app.quit)

    def _end_sitting(self) -> None:
        self._keep_geometry()
        if self._sitting is not None and not self._leaving:
            self._sitting.keep_half_typed()
            self._sitting.end()

    def _keep_geometry(self) -> None:
        geometry = bytes(self.window.saveGeometry().toHex().data()).decode()
        self._memory = self._memory._replace(geometry=geometry)
        if not self._home.is_empty():
            keep_memory(self._home, self._memory)

    def close(self) -> None:
        """Put everything away: the work in the background, the window's lock, the last copy, the record."""
        self._tasks.close()
        self._give_lock_back()
        if self._sitting is not None:
            self._sitting.last_copy.finish()
            self._sitting.close_desk()

    def _give_lock_back(self) -> None:
        if self._lock is not None:
            self._lock.give_back()


def tell_painted() -> None:
    """Tell the window before this one that the login page stands; from then on nothing is written to its pipe."""
    sys.stdout.write(f"{PAINTED}\n")
    sys.stdout.flush()
    with suppress(OSError, ValueError), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
