"""Starts that cannot be: one sentence each, no traceback, and a way in for whoever is kept out by something broken."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Ended
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.data.models import Setting
from tlbb_desktop.services.fault_log import noted_faults, untold_fault
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory, read_memory

CANARY = "Zwqcanary"
ROOT = Path(__file__).resolve().parents[2]
WALK = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from tlbb_desktop import app
from tlbb_desktop.i18n import catalog
from tlbb_desktop.qt.crash import CrashDialog
from tlbb_desktop.qt.pictures import pictures_are_drawn
from tlbb_desktop.qt.theme import current_scale
{before}
application = app.make_application()
program = app.WindowProgram(application, app.read_options({arguments!r}))

def tell():
    page = program.window.content
    sitting = program._sitting
    facts = dict(page=type(page).__name__, sentence=page.sentence.text() if hasattr(page, "sentence") else "",
                 scale=current_scale(), language=catalog.language(),
                 pictures=pictures_are_drawn(), theme=program._memory.theme,
                 dialogs=[type(each).__name__ for each in application.topLevelWidgets()
                          if isinstance(each, CrashDialog) and each.isVisible()],
                 place=sitting.workplace.place if sitting else "",
                 banner=sitting.workplace.banner.text if sitting else "",
                 ribbon=sitting.workplace._ribbon.text() if sitting and sitting.workplace._ribbon.isVisible() else "")
    print(json.dumps(facts), flush=True)

def look():
    seated = program._sitting is not None and program._sitting.workplace.isVisible()
    if program._lock is None or (program._options.user and not seated and not {stop_at_gate}):
        QTimer.singleShot(20, look)
        return
    tell()
    {then}
    program.window.close()
    application.quit()

program.window.painted.connect(lambda: QTimer.singleShot(20, look))
try:
    program.start()
except Exception as error:
    program.watch.report(error)
    program.offer_safe_mode()
application.exec()
program.close()
"""


class Starter:
    """Opens the window on a home in a process of its own and tells what stands there."""

    def __init__(self, home: Home, passphrase: Path, run_script: Callable[[str], Ended]) -> None:
        self.home, self._run_script = home, run_script
        self._login = ["--user", MANAGER, "--passphrase-file", str(passphrase)]

    def run(
        self,
        *options: str,
        login: bool = False,
        before: str = "",
        then: str = "pass",
        stop_at_gate: bool = False,
        code: int = 0,
    ) -> list[dict]:
        arguments = ["--home", str(self.home.path), *(self._login if login else []), *options]
        program = WALK.format(arguments=arguments, before=before, then=then, stop_at_gate=stop_at_gate)
        done = self._run_script(program)
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def starter(home, tmp_path, run_script) -> Starter:
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    return Starter(home, passphrase, run_script)


AND_THEN = """program.window.content.acted.emit(); tell()
    program.offer_safe_mode()
    program.window.content.usual_wanted.emit(); tell()
    app.shift_is_held = lambda: True
    program._after_first_paint(); tell()"""


def test_after_two_starts_that_came_to_nothing_or_by_shift_safe_mode_is_offered_and_can_be_declined(home, starter):
    keep_memory(home, WindowMemory("en", "dark", 2.0))
    home.starting.write_text("2")
    offered, inside, usual, by_shift = starter.run(then=AND_THEN)
    look = [(shown["page"], shown["scale"], shown["theme"], shown["language"]) for shown in (offered, inside, usual)]
    assert look == [
        ("SafeModePage", 1.0, "system", "en"),
        ("LoginPage", 1.0, "system", "en"),
        ("LoginPage", 2.0, "dark", "en"),
    ]
    assert [inside["pictures"], usual["pictures"]] == [False, True]
    assert by_shift["page"] == "SafeModePage"
    assert read_memory(home)._replace(geometry="", members=()) == WindowMemory("en", "dark", 2.0)
    assert not home.starting.exists()


CRASH = "import ctypes; ctypes.string_at(0)"
KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def test_after_two_crashes_in_a_row_behind_the_login_safe_mode_is_offered_until_somebody_works(home, starter):
    """A kill between them is no crash, and breaks no row."""
    for then, code in ((CRASH, signal.SIGSEGV), (KILL, signal.SIGKILL), (CRASH, signal.SIGSEGV)):
        (shown,) = starter.run("--lang", "en", login=True, then=then, code=-code)
        assert shown["page"] == "Workplace"
    offered, gate = starter.run("--lang", "en", then="program.window.content.acted.emit(); tell()")
    assert offered["page"] == "SafeModePage"
    assert offered["sentence"].startswith("The program stopped by itself the last two times.")
    assert (gate["page"], gate["pictures"]) == ("LoginPage", False)
    (inside,) = starter.run("--lang", "en", "--safe-mode", login=True)
    assert inside["banner"].startswith("The program failed on ")
    (usual,) = starter.run("--lang", "en")
    assert usual["page"] == "LoginPage"


def test_a_start_that_fails_before_its_first_page_is_told_logged_and_offered_anew(home, starter):
    before = "app.WindowProgram._show_gate = lambda _program: 1 / 0"
    (shown,) = starter.run("--lang", "en", before=before)
    assert (shown["page"], shown["dialogs"]) == ("SafeModePage", ["CrashDialog"])
    assert "builtins.ZeroDivisionError" in noted_faults(home)
    assert not home.starting.exists()


def test_broken_settings_a_broken_draft_and_a_broken_memory_keep_nobody_out(home, desk, starter):
    """As usual the crash is told and the record is open; in safe mode nothing fails, and it is told once more."""
    with desk.office.store.write() as session:
        broken = {"idle_minutes": '"soon"', "plays_on": "7", "last_backup": '[{"made_at": 5}]', "demonstration": "{"}
        own = {f"staff:{desk.actor.staff_id}:{name}": '["x"]' for name in ("theme", "scale", "language", "columns")}
        for name, value in (broken | own).items():
            session.merge(Setting(name=name, value=value))
    desk.drafts.save("window", {"place": "people", "draft": {"typed": CANARY}, "locked": True})
    desk.close()
    home.window_memory.write_text('{"language": "fr", "scale": NaN, "geometry": "zz", "members": [[1, 2]]}')
    breaks = "from tlbb_desktop.widgets.page import Page; Page.take_draft = lambda page, draft: int(draft['typed'])\n"
    breaks += "from tlbb_desktop.screens.people.screen import PeopleScreen; PeopleScreen.take_draft = Page.take_draft"
    (usual,) = starter.run("--lang", "en", login=True, before=breaks)
    assert (usual["page"], usual["place"], usual["ribbon"]) == ("Workplace", "people", "")
    faults = noted_faults(home)
    assert faults.count("builtins.") == faults.count("builtins.ValueError") == 1
    (safe,) = starter.run("--lang", "en", "--safe-mode", login=True, before=breaks)
    assert (safe["page"], safe["place"], safe["dialogs"]) == ("Workplace", "today", [])
    assert safe["ribbon"].startswith("Safe mode")
    assert safe["banner"].startswith("The program failed on ")
    assert CANARY not in safe["banner"]
    assert noted_faults(home) == faults
    assert untold_fault(home) is None


def run_program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", **environment}
    return subprocess.run(
        [sys.executable, "-m", "tlbb_desktop", *arguments],
        env=kept, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_where_qt_finds_no_way_to_the_screen_one_sentence_says_so(home):
    keep_memory(home, WindowMemory("km"))
    done = run_program("--home", str(home.path), QT_QPA_PLATFORM="nonsense")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("មិនអាចបើកផ្ទាំងកម្មវិធីបានទេ ព្រោះ Qt រកមិនឃើញ")
    assert "qt.no_way_to_screen" in noted_faults(home)


def test_where_a_part_of_the_program_is_missing_one_sentence_says_so(home, tmp_path):
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text('raise ImportError("libEGL.so.1: cannot open shared object file")')
    done = run_program("--home", str(home.path), "--lang", "en", PYTHONPATH=f"{broken.parent}:{ROOT}")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The program cannot start, because a part of it or of the system is missing: libEGL")
    assert done.stderr.count("\n") == 1
