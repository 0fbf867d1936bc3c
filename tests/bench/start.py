"""The login page, from the start of Python to its first paint, against an empty PySide6 window."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from time import perf_counter

from tests.bench.report import Finding
from tests.bench.timing import race
from tests.house.first_paint import HEAVY_MODULES
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import NewProgramme, create_programme

PATIENCE_SECONDS = 30
_ROOT = Path(__file__).resolve().parents[2]
_EMPTY_WINDOW = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)

def painted():
    print("[]", flush=True)
    os._exit(0)

app = QApplication(sys.argv)
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""
_LOGIN_PAGE = """
import os, sys
from tlbb_desktop import app

def painted(program):
    import json
    print(json.dumps(sorted(sys.modules)), flush=True)
    os._exit(0)

app.WindowProgram._after_first_paint = painted
app.main(sys.argv[1:])
"""


def measure(folder: Path) -> Iterator[Finding]:
    """A home with one member of staff; every round is two new processes. What follows the paint is left out.

    Both come compiled, as they are when they are installed, even where Python is told to keep no bytecode.
    """
    compileall.compile_dir(_ROOT / "tlbb_desktop", quiet=2)
    home = Home(folder / "start")
    created = create_programme(home, NewProgramme("SR", "sokha", "moon river bamboo lantern"), FLOOR)
    created.unlocked.store.close()
    loaded: set[str] = set()

    def login_page() -> float:
        seconds, modules = _until_painted(_LOGIN_PAGE, "--home", str(home.path))
        loaded.update(modules)
        return seconds

    found = race(15, login_page, lambda: _until_painted(_EMPTY_WINDOW)[0])
    heavy = sorted(loaded.intersection(HEAVY_MODULES))
    yield Finding(
        "login page painted",
        found.median(),
        "an empty QMainWindow in a process of its own",
        found.median(1),
        found.ratio(),
        most_ratio=1.3,
        remarks=(f"heavy modules loaded before the first paint: {', '.join(heavy) or 'none'}",),
    )


def _until_painted(program: str, *arguments: str) -> tuple[float, set[str]]:
    """Seconds from the start of a process to its first paint, and the packages that it had loaded by then."""
    started = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        text=True,
    ) as process:
        patience = Timer(PATIENCE_SECONDS, process.kill)
        patience.start()
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = perf_counter() - started
        patience.cancel()
    if not line:
        raise RuntimeError(f"nothing was painted within {PATIENCE_SECONDS} seconds")
    return seconds, {name.partition(".")[0] for name in json.loads(line)}
