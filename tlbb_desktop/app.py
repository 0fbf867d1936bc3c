"""The window's start, step by step. Nothing heavy is loaded before the login page has been painted."""

from __future__ import annotations

from tlbb_desktop.qt import quick_start  # first of all

# isort: split

import gc
import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from tlbb_desktop.application import make_application
from tlbb_desktop.domain.errors import ProgramRenewed, StorageDamaged, StorageLocked, TlbbError
from tlbb_desktop.entrance import Entrance
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.fatal import say_no_way_to_screen
from tlbb_desktop.qt.garbage import collect_garbage_here
from tlbb_desktop.qt.pictures import draw_pictures
from tlbb_desktop.qt.start_watch import StartWatch, shift_is_held
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.screens.shell.look import apply_look, changed_look
from tlbb_desktop.services.native_crash import WINDOW, NativeLog
from tlbb_desktop.services.start_record import SafeModeReason
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory, read_memory
from tlbb_desktop.window_options import WindowOptions, read_options

if TYPE_CHECKING:
    from tlbb_desktop.screens.login.opened import Opened
    from tlbb_desktop.screens.shell.sitting import Sitting
    from tlbb_desktop.services.window_lock import WindowLock

quick_start.all_is_loaded()

LOCK_POLL_MILLISECONDS = 100
HANDOVER_MILLISECONDS = 15_000


def main(argv: Sequence[str]) -> int:
    """Open the window; returns when it is closed. Raises UsageError when *argv* cannot be understood."""
    options = read_options(argv)
    gc.disable()  # until the first paint, before which there is no garbage to speak of
    native = NativeLog(options.home, WINDOW)
    native.begin()
    with say_no_way_to_screen(options.home, options.language):
        app = make_application()
    program = WindowProgram(app, options, native)
    try:
        program.start()
    except Exception as error:  # noqa: BLE001  # before the first paint nobody else can say it
        collect_garbage_here()
        program.watch.report(error)
        program.offer_safe_mode(SafeModeReason.NOT_STARTED)
    try:
        return app.exec()
    finally:
        program.close()


class WindowProgram(QObject):
    """From the first paint to the end: gate, login, workplace, lock.

    Args:
        app: the application.
        options: what it is started with.
        native: where crashes of this process are written down, if that has begun.
    """

    def __init__(self, app: QApplication, options: WindowOptions, native: NativeLog | None = None) -> None:
        super().__init__(app)
        self._app, self._options, self._home = app, options, options.home
        self._tasks = TaskRunner(self)
        self._changes = ChangeSignal(self)
        self._doorkeeper = HomeDoorkeeper(self._home, self._changes.publish)
        self._memory = WindowMemory()
        self._lock: WindowLock | None = None
        self._lock_waits = HANDOVER_MILLISECONDS // LOCK_POLL_MILLISECONDS if options.tell_painted else 0
        self._sitting: Sitting | None = None
        self._leaving = self._turned_away = self._shut = False
        self.window = MainWindow()
        self.watch = StartWatch(self._home, self, native)
        self.watch.troubled.connect(self.show_trouble)
        self.entrance = Entrance(self._home, self._doorkeeper, self._tasks, self.window, options.database)
        self.entrance.opened.connect(self._sit_down)
        self.entrance.left.connect(self._show_gate)
        self.entrance.other_way.connect(self._show_other_way)
        self.entrance.damaged.connect(self.entrance.show_damaged)
        self.entrance.look_wanted.connect(self.change_look)
        self._tasks.unhandled.connect(self.watch.report)
        self.window.painted.connect(self.watch.first_page_stands)
        self.window.painted.connect(self._after_first_paint)
        self.window.closing.connect(self._end_sitting)
        self.window.insisted.connect(self._tasks.break_off)
        self.window.is_writing = self._is_writing

    # the start, in its order ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Paint the first page from the keyring file alone; after two that went wrong, offer safe mode."""
        WrappingLabel.hold_hints()
        reason = self.watch.begin()
        if reason is not None and not self._options.safe_mode:
            self.offer_safe_mode(reason)
            return
        self._begin_afresh(safe_mode=self._options.safe_mode)
        self.window.show_at(self._memory.geometry)

    def _be_safe(self, *, safe: bool) -> None:
        """Read and take on what the window remembers; in safe mode nothing but the language, and no pictures."""
        self._doorkeeper.safe_mode = safe
        draw_pictures(wanted=not safe)
        kept = read_memory(self._home)
        self._memory = WindowMemory(language=kept.language) if safe else kept
        if self._options.language:
            self._memory = self._memory._replace(language=self._options.language)
        apply_look(self._app, self._memory)

    def offer_safe_mode(self, reason: SafeModeReason = SafeModeReason.WISHED) -> None:
        """Ask whether to start in safe mode, and say why."""
        self._be_safe(safe=True)
        begin = self._begin_afresh
        self.entrance.offer_safe_mode(reason, partial(begin, safe_mode=True), partial(begin, safe_mode=False))
        self.window.show_at(self._memory.geometry)

    def _begin_afresh(self, *, safe_mode: bool) -> None:
        """Show the first page; in safe mode without all that a broken setting, draft or picture could stop."""
        self._be_safe(safe=safe_mode)
        self._show_gate()

    def _show_gate(self) -> None:
        try:
            self._home.require_reachable()
        except TlbbError as error:
            self._show_notice(error)
            return
        if self._memory.members and self._home.has_keyring:
            self._show_login()
        elif self._home.is_empty():
            self.entrance.show_first_run()
        else:
            self._show_gate_of_keyring()

    def _show_gate_of_keyring(self) -> None:
        """The login page as the keyring says; opening it costs more than painting the page from memory."""
        from tlbb_desktop.services.keyring_place import keyring_of

        try:
            members = keyring_of(self._home).load().tiles()
        except StorageDamaged as error:
            self.entrance.show_damaged(error)
            return
        except TlbbError as error:
            self._show_notice(error)
            return
        if members != self._memory.members or self.entrance.login_page is None:
            self._memory = self._memory._replace(members=members)
            self._keep_memory()
            self._show_login()

    def _after_first_paint(self) -> None:
        collect_garbage_here()
        if self._options.tell_painted:
            from tlbb_desktop.screens.shell.successor import tell_painted

            tell_painted()
        WrappingLabel.give_hints()
        self._app.setWindowIcon(QIcon(":/icons/app.svg"))
        self.watch.catch_faults()
        if shift_is_held() and not self._doorkeeper.safe_mode:
            self.offer_safe_mode()
        self.watch.keep_facts(safe_mode=self._doorkeeper.safe_mode)
        self._take_lock()
        self._look_at_program()

    def _look_at_program(self) -> None:
        """Beside what is typed; until it is known that its files are sound, the vault opens to nobody."""
        from tlbb_desktop.qt.program_watch import ProgramWatch
        from tlbb_desktop.screens.login import notices  # noqa: F401  # a program that was renewed must still say so

        ProgramWatch(self._tasks, self).tell(self._stay_shut, self._tell_renewed)

    def _tell_renewed(self, error: TlbbError) -> None:
        """At work, or at a login page; whoever fills in another page of the entrance does that first."""
        if self._sitting is not None or self.entrance.login_page is not None:
            self.show_trouble(error)

    def _stay_shut(self, error: TlbbError) -> None:
        self._shut = True
        self._show_notice(error)

    def _take_lock(self) -> None:
        """One window to a home; after a lock the window before this one needs a moment to end."""
        from tlbb_desktop.services.window_lock import WindowLock

        if self._lock is not None or self._shut:
            return
        try:
            lock = WindowLock(self._home)
            lock.take()
        except StorageLocked as error:
            if self._lock_waits > 0:
                self._lock_waits -= 1
                QTimer.singleShot(LOCK_POLL_MILLISECONDS, self._take_lock)
            else:
                self._show_other_window(error)
            return
        except TlbbError as error:
            self._show_notice(error)
            return
        self._lock = lock
        self.watch.note_native_crashes()  # the lock has made the folder of a home that is new
        self._when_alone()

    def _when_alone(self) -> None:
        if self._options.damaged:
            self.entrance.show_damaged(StorageDamaged())
            return
        if self._turned_away or self.entrance.login_page is not None:
            self._show_gate_of_keyring()
        self._tasks.submit(lambda _progress: self._doorkeeper.prepare(), self, lambda _none: None)
        page = self.entrance.login_page
        if self._options.user and self._options.passphrase_file and page is not None:
            page.enter_as(self._options.user, self._options.passphrase_file.read_text(encoding="utf-8"))

    # pages of the entrance -----------------------------------------------------------------------------------------

    def _show_login(self) -> None:
        self.entrance.show_login(self._memory.members, self._options.user or self._memory.last_member)

    def _show_other_way(self, way: str, username: str) -> None:
        member = next((each for each in self._memory.members if each.username == username), None)
        if member is not None:
            self.entrance.show_other_way(way, member)

    def _show_other_window(self, error: TlbbError) -> None:
        if not self._turned_away:
            self._turned_away = True
            self.entrance.show_other_window(error, self._take_lock)

    def _look_again(self) -> None:
        self._memory = self._memory._replace(members=())  # the keyring is asked anew
        self._show_gate()
        self._take_lock()

    def _show_notice(self, error: TlbbError) -> None:
        if self._shut:
            self.entrance.show_notice(error, self._app.quit, N_("Close"))
        else:
            self.entrance.show_notice(error, self._look_again)

    # at work -------------------------------------------------------------------------------------------------------

    def _sit_down(self, opened: Opened) -> None:
        from tlbb_desktop.screens.shell.sitting import Sitting

        desk = opened.desk
        self._memory = self._memory._replace(last_member=desk.actor.username)
        for name in () if desk.safe_mode else ("language", "theme", "scale", "khmer_digits"):
            if name != "language" or not self._options.language:
                self._take_own_look(name, desk.settings.mine(name))
        self._keep_memory()
        self._sitting = Sitting(desk, self._tasks, self._changes, self.window)
        self._tasks.unhandled.disconnect(self.watch.report)  # the workplace takes it now
        self._sitting.lock_wanted.connect(self.lock)
        self._sitting.workplace.look_wanted.connect(self.change_look)
        self._sitting.workplace.restore_wanted.connect(self.leave_for_a_backup)
        if opened.slip:
            self.entrance.show_new_slip(opened.slip, self._show_workplace)
        else:
            self._show_workplace()

    def _take_own_look(self, name: str, value: object) -> None:
        if value is not None:
            before, self._memory = self._memory, changed_look(self._memory, name, value)
            apply_look(self._app, self._memory, before)

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
        elif isinstance(error, ProgramRenewed) and self.entrance.login_page is None:
            self.watch.say_beside(error)  # what is filled in on another page of the entrance stays
        else:
            self._shut = self._shut or isinstance(error, ProgramRenewed)
            self._show_notice(error)

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
        self.window.begin_to_leave()
        self.window.cover()
        QTimer.singleShot(HANDOVER_MILLISECONDS, self._hand_over)  # whatever fails below, the keys do not stay
        self._sitting.last_copy.wanted = not damaged  # a damaged record is not worth one
        begin = partial(self._begin_successor, damaged=damaged)
        sitting = self._sitting
        self.watch.do_each(self.watch.worked, sitting.keep_for_lock, sitting.end, self._keep_geometry, begin)

    def _begin_successor(self, *, damaged: bool) -> None:
        from tlbb_desktop.screens.shell.successor import Successor

        safe = self._doorkeeper.safe_mode
        self.successor = Successor(self._home.path, self, damaged=damaged, safe_mode=safe)
        self.successor.painted.connect(self._hand_over)
        self.successor.start()

    def _hand_over(self) -> None:
        """Leave the screen and the home to the new window, and end once the last copy is made."""
        if self._sitting is not None and not self._sitting.last_copy.begun:
            self._app.setQuitOnLastWindowClosed(False)
            self.window.hide()
            self._give_lock_back()
            self._sitting.last_copy.begin_before(self._app.quit)

    def _is_writing(self) -> bool:
        """Whether a job runs that the window stays for; what the login page does beside itself can be dropped."""
        return not self._tasks.is_idle and self.entrance.login_page is None

    def _end_sitting(self) -> None:
        self._keep_geometry()
        if self._sitting is not None and not self._leaving:
            self.watch.worked()
            self._sitting.keep_half_typed()
            self._sitting.end()
        self._tasks.wind_down()

    def _keep_geometry(self) -> None:
        self._memory = self._memory._replace(geometry=self.window.place())
        if not self._home.is_empty():
            self._keep_memory()

    def _keep_memory(self) -> None:
        """Keep the look for the next start; that of safe mode is nobody's wish, but for where the window stands."""
        kept = self._memory
        if self._doorkeeper.safe_mode:
            kept = read_memory(self._home)._replace(geometry=kept.geometry)
        keep_memory(self._home, kept)

    def close(self) -> None:
        """Put everything away: the work in the background, the window's lock, the last copy, the record.

        A job that does not end in time ends with the process: what it wrote has no name yet, or is not committed.
        """
        ended = self._tasks.close(max(1.0, self.window.seconds_left))
        self._give_lock_back()
        if self._sitting is not None:
            self._sitting.last_copy.finish()
            if ended:
                self._sitting.close_desk()
        self.watch.end()
        if not ended:
            os._exit(0)  # or its thread would keep the process, and the keys

    def _give_lock_back(self) -> None:
        if self._lock is not None:
            self._lock.give_back()
