"""Looks at the bundle from inside, for the trial of a package; never handed out.

bundle-probe today HOME USER PASSPHRASE-FILE    from open keys to the painted, filled Today: seconds, and of CPU
bundle-probe lock HOME USER PASSPHRASE-FILE     logs in, locks; the process id of the window that follows
bundle-probe environment                        what it was started with, as the program sees it
bundle-probe modules NAME …                     loads modules that the program loads late
"""

from __future__ import annotations

import builtins
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from tlbb_desktop.bundle.environment import stand_alone

stand_alone()

from tlbb_desktop import app  # noqa: E402
from tlbb_desktop.application import make_application  # noqa: E402
from tlbb_desktop.window_options import read_options  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlbb_desktop.screens.today.screen import TodayScreen

MILLISECONDS_BETWEEN_LOOKS = 20


def today(home: str, user: str, passphrase_file: str) -> None:
    """Tell when Today stands."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    opened: list[float] = []

    class FirstPaint(QObject):
        """Of the page that it watches."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  # Qt's name
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: _tell([now - then for now, then in zip(_moment(), opened, strict=True)]))
            return False

    first_paint = FirstPaint()

    def when_seated(program: app.WindowProgram) -> None:
        _today_page(program).installEventFilter(first_paint)

    _note_when_keys_are_open(opened)
    _come_in(home, user, passphrase_file, when_seated)


def lock(home: str, user: str, passphrase_file: str) -> None:
    """Lock as soon as somebody is in; this process ends as the program does, when the next window stands."""
    sys.executable = str(Path(sys.executable).with_name("tlbb-desktop"))

    def when_seated(program: app.WindowProgram) -> None:
        program.lock()
        print(program.successor.process_id, flush=True)

    _come_in(home, user, passphrase_file, when_seated)


def environment() -> None:
    """Everything that could lead elsewhere."""
    _tell({"names": sorted(os.environ), "path": sys.path, "import": repr(builtins.__import__)})


def modules(*names: str) -> None:
    """Load them."""
    for name in names:
        import_module(name)
    _tell(list(names))


def _come_in(home: str, user: str, passphrase_file: str, when_seated: Callable[[app.WindowProgram], None]) -> None:
    """Log in as a person does, once everything that is loaded beside the typing is there."""
    from PySide6.QtCore import QTimer

    application = make_application()
    program = app.WindowProgram(application, read_options(["--home", home]))

    def come_in() -> None:
        page = program.entrance.login_page
        if page is None or program._lock is None or not program._tasks.is_idle:  # noqa: SLF001
            QTimer.singleShot(MILLISECONDS_BETWEEN_LOOKS, come_in)
            return
        page.opened.connect(lambda _opened: when_seated(program))
        page.enter_as(user, Path(passphrase_file).read_text(encoding="utf-8"))

    program.window.painted.connect(come_in)
    program.start()
    application.exec()
    program.close()


def _note_when_keys_are_open(opened: list[float]) -> None:
    from tlbb_desktop.services import vault
    from tlbb_desktop.services.entering import enter

    def enter_and_note(*arguments: Any) -> Any:
        opened[:] = _moment()
        return enter(*arguments)

    vault.__dict__["enter"] = enter_and_note


def _moment() -> tuple[float, float]:
    """Seconds by the clock, and of this process's own work."""
    return perf_counter(), process_time()


def _today_page(program: app.WindowProgram) -> TodayScreen:
    from tlbb_desktop.screens.today.screen import TodayScreen

    page = program._sitting.workplace.page if program._sitting else None  # noqa: SLF001
    if not isinstance(page, TodayScreen):
        raise SystemExit("Today does not come first.")
    return page


def _tell(what: object) -> None:
    print(json.dumps(what), flush=True)
    os._exit(0)


JOBS: dict[str, Callable[..., None]] = {job.__name__: job for job in (today, lock, environment, modules)}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
