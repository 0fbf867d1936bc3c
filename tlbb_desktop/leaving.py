"""The end of a window's process: what is being written comes first, then the lock, the last copy and the record."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tlbb_desktop.main_window import MainWindow
    from tlbb_desktop.qt.start_watch import StartWatch
    from tlbb_desktop.qt.tasks import TaskRunner
    from tlbb_desktop.screens.shell.sitting import Sitting

#: The exit code of a process that ends while something is still being written.
BROKEN_OFF: Final = 5
_LEAST_SECONDS: Final = 1.0


def put_away(
    tasks: TaskRunner,
    window: MainWindow,
    watch: StartWatch,
    sitting: Sitting | None,
    give_lock_back: Callable[[], object],
) -> None:
    """Put everything away: the work in the background, the window's lock, the last copy, the record.

    A job that does not end in time ends with the process: what it wrote has no name yet, or is not committed. The exit
    code says so, and where no person wanted it, the next one who logs in is told.
    """
    seconds = 0.0 if window.given_up else window.seconds_left
    ended = tasks.close(max(_LEAST_SECONDS, seconds))
    broken_off = not ended and tasks.is_writing
    if broken_off and not window.given_up:
        watch.note_broken_off()
    if sitting is not None and not sitting.last_copy.begun:  # or the next window has its own
        sitting.take_flag_down()
    give_lock_back()
    if sitting is not None:
        sitting.last_copy.finish()
        if ended:
            sitting.close_desk()
    watch.end()
    if not ended:
        os._exit(BROKEN_OFF if broken_off else 0)  # or its thread would keep the process, and the keys
