"""One member of staff at the window, from the login to the lock: what is half typed, idle time, the running mark."""

from __future__ import annotations

import sys
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.clipboard import forget_copied
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.shell import successor  # noqa: F401  # a program that was renewed must still lock
from tlbb_desktop.screens.shell.idle_watch import DEFAULT_MINUTES, IdleWatch
from tlbb_desktop.screens.shell.last_copy import LastCopy
from tlbb_desktop.screens.shell.workplace import Workplace
from tlbb_desktop.services.fault_log import untold_fault, was_told
from tlbb_desktop.services.window_memory import RunFlag
from tlbb_desktop.widgets.destinations import AFTER_STOP, TROUBLE_CHAPTER
from tlbb_desktop.wiring import Desk

#: A draft is at most 5 s old (vault design).
DRAFT_MILLISECONDS = 4000
DRAFT = "window"
PAPERS = "tlbb_desktop.documents.typesetting"


class Sitting(QObject):
    """Holds the workplace and keeps what must survive a lock, a power cut or a kill.

    Args:
        desk: the services, open with the member's keys.
        tasks: the queue of background work.
        changes: where finished acts are announced.
        parent: the window.

    Signals:
        lock_wanted: by key, button or idle time.
    """

    lock_wanted = Signal()

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._flag = RunFlag(desk.home)
        self._kept: object = None
        self._offered = False
        self.last_copy = LastCopy(desk, self)
        self.workplace = Workplace(desk, tasks, changes, desk.office.clock.today(), parent)
        self.workplace.lock_wanted.connect(self.lock_wanted)
        self.idle_watch = IdleWatch(_idle_minutes(desk), self)
        self.idle_watch.idle.connect(self.lock_wanted)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep_half_typed)
        changes.changed.connect(self._take_settings)

    def begin(self) -> None:
        """Open the page where the member was when the window was locked, or Today, and tell of an earlier fault.

        In safe mode what was half typed stays where it is.
        """
        self._timer.start(DRAFT_MILLISECONDS)  # first: a page that fails below must not cost what is typed on another
        stopped = self._flag.put_up()
        self.workplace.go("today", AFTER_STOP if stopped else None)
        fault = self._news_of_fault()
        if not self._desk.safe_mode:
            self._go_on(fault)
            self._tasks.submit(lambda _progress: self._copy_of_yesterday(), self, lambda _none: None)
        if fault and not self.workplace.banner.text:
            self.workplace.offer_help(fault, _("What to do"), TROUBLE_CHAPTER)
            was_told(self._desk.home)

    def _go_on(self, fault: str) -> None:
        left = self._desk.drafts.load(DRAFT)
        content = left.content if left is not None and isinstance(left.content, dict) else None
        if content is None:
            return
        if not content.get("locked"):
            self._offered = True
            kept = _("What was half typed before is kept.")
            self.workplace.offer_to_go_on(content, f"{fault} {kept}" if fault else kept)
            if fault:
                was_told(self._desk.home)
            return
        self.workplace.come_back(content)
        self._kept = content.get("draft")  # it stays kept until it is typed on, or done
        if self._kept is None:
            self._desk.drafts.clear(DRAFT)

    def _news_of_fault(self) -> str:
        """Calmly, that the program failed before, and how its maintainer can find out why; ``""`` when that is told."""
        failed_at = untold_fault(self._desk.home)
        if failed_at is None:
            return ""
        told = _("The program failed on {moment}. What was saved is safe. A diagnostic bundle shows where.")
        return told.format(moment=moment_text(failed_at))

    def keep_half_typed(self) -> None:
        """Keep the page's draft when it is another than the one kept last; on a full disk the next turn tries again."""
        draft = self.workplace.page.draft() if self.workplace.place else None
        if draft == self._kept or self._desk.safe_mode:
            return
        with suppress(TlbbError):
            if draft is None:
                self._desk.drafts.clear(DRAFT)
            else:
                self._desk.drafts.save(DRAFT, self.workplace.whereabouts(), self.workplace.page.draft_compartment())
            self._kept = draft

    def keep_for_lock(self) -> None:
        """Keep where the member is and what is half typed, so that the next login returns there."""
        nothing_new = self._offered and self._kept is None and self.workplace.page.draft() is None
        if not self.workplace.place or self._desk.safe_mode or nothing_new:
            return  # what was half typed before is offered again
        with suppress(TlbbError):
            content = {**self.workplace.whereabouts(), "locked": True}
            self._desk.drafts.save(DRAFT, content, self.workplace.page.draft_compartment())

    def end(self) -> None:
        """Stop in order: nobody will be told of an unexpected stop; no text of a paper and no copied name stays."""
        self._timer.stop()
        self._flag.take_down()
        forget_copied()
        _forget_texts()

    def _copy_of_yesterday(self) -> None:
        """Make the copy that a power cut kept the last day from making."""
        with suppress(TlbbError):
            if self._desk.copies.day_was_cut_off():
                self._desk.copies.make()

    def close_desk(self) -> None:
        """Close the record."""
        self._desk.close()

    def keep_look(self, name: str, value: object) -> None:
        """Keep the member's own language, theme, text size or digits."""
        with suppress(TlbbError):
            self._desk.settings.put_mine(name, value)

    def _take_settings(self, kind: str, _ids: object) -> None:
        if kind == "setting":
            self.idle_watch.set_minutes(_idle_minutes(self._desk))


def _idle_minutes(desk: Desk) -> int:
    """After how many idle minutes the window is locked; a setting that is no number keeps nobody out."""
    wish = desk.settings.get("idle_minutes", DEFAULT_MINUTES)
    return wish if isinstance(wish, int) else DEFAULT_MINUTES


def _forget_texts() -> None:
    """Drop the names that the text layer keeps, where a paper was made at all; the lock must not wait to load it."""
    if PAPERS in sys.modules:
        from tlbb_desktop.documents.typesetting import forget_texts

        forget_texts()
    from tlbb_desktop.khmer import forget_words

    forget_words()
