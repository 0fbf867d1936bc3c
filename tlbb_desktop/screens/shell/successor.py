"""The process that follows this one when the window is locked."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

PAINTED = "painted"


class Successor(QObject):
    """Starts the program anew over the same home and waits until its login page stands.

    Args:
        home: the home directory.
        parent: what it lives with.
        damaged: whether a check found damage, so that the new window offers a backup.
        safe_mode: whether the new window is in safe mode, as this one is.

    Signals:
        painted: the new window stands, or it failed; either way this process has to end now.
    """

    painted = Signal()
    _heard = Signal()

    def __init__(self, home: Path, parent: QObject, *, damaged: bool = False, safe_mode: bool = False) -> None:
        super().__init__(parent)
        self._home = home
        self._wishes = [*(["--damaged"] if damaged else []), *(["--safe-mode"] if safe_mode else [])]
        self.process_id = 0
        self._heard.connect(self.painted, Qt.ConnectionType.QueuedConnection)

    def command(self) -> list[str]:
        """The command line of the new process."""
        program = [_newest_program()] if getattr(sys, "frozen", False) else [sys.executable, "-m", "tlbb_desktop"]
        return [*program, "--home", str(self._home), "--painted", *self._wishes]

    def start(self) -> None:
        """Start it in a session of its own, so that it outlives this process."""
        process = subprocess.Popen(
            self.command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.process_id = process.pid
        Thread(target=self._listen, args=(process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is not None:
            process.stdout.readline()
        self._heard.emit()


def _newest_program() -> str:
    """This program, or the one to which ``install.sh`` has led its link while this window was open."""
    own = Path(sys.executable)
    newest = own.parents[1] / "program" / own.name
    return str(newest if own.parent.name.startswith("program-") and newest.is_file() else own)


def tell_painted() -> None:
    """Tell the window before this one that the login page stands; from then on nothing is written to its pipe."""
    sys.stdout.write(f"{PAINTED}\n")
    sys.stdout.flush()
    with suppress(OSError, ValueError), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
