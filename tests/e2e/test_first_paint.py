"""The login page stands before anything heavy is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.first_paint import heavy_modules_after
from tlbb_desktop.bundle.listing import LISTING, list_files

ROOT = Path(__file__).resolve().parents[2]
PAINT_AND_STOP = """
import sys
from tlbb_desktop import app
application = app.make_application()
program = app.WindowProgram(application, app.read_options(["--home", {home!r}, "--lang", {language!r}]))
program.window.painted.disconnect()
program.window.painted.connect(application.quit)
program.start()
application.exec()
assert program.window.content.username == "sokha"
"""
TYPE_AT_ONCE = """
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from tlbb_desktop import app
application = app.make_application()
program = app.WindowProgram(application, app.read_options(["--home", {home!r}]))

def type_at_once():
    QTest.keyClicks(program.window.focusWidget(), "moon")
    looking.start(20)

def look():
    if program._lock is not None:
        print(program.window.content.field.text, flush=True)
        application.quit()

looking = QTimer(application)
looking.timeout.connect(look)
program.window.painted.connect(type_at_once)
program.start()
application.exec()
program.close()
"""

MEET_A_DAMAGED_PROGRAM = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from tlbb_desktop import app
from tlbb_desktop.bundle import soundness
from tlbb_desktop.domain.errors import ProgramDamaged
from tlbb_desktop.screens.login.notices import NoticePage
application = app.make_application()
soundness.PROGRAM = soundness.ProgramFiles(Path({folder!r}))
program = app.WindowProgram(application, app.read_options(["--home", {home!r}, "--lang", {language!r}]))

def look():
    page = program.window.content
    if not isinstance(page, NoticePage):
        return
    try:
        program._doorkeeper.unlock("sokha", "moon river bamboo lantern")
    except ProgramDamaged:
        print(page.sentence.text(), flush=True)
    application.quit()

looking = QTimer(application)
looking.timeout.connect(look)
looking.start(20)
program.start()
application.exec()
program.close()
"""


MEET_A_RENEWED_PROGRAM = """
from pathlib import Path
from PySide6.QtCore import QTimer
from tlbb_desktop import app
from tlbb_desktop.bundle import soundness
application = app.make_application()
soundness.PROGRAM = soundness.ProgramFiles(Path({folder!r}))
program = app.WindowProgram(application, app.read_options(["--home", {home!r}, "--lang", "en"]))
first = []

def look():
    page, reporter = program.window.content, program.watch._reporter
    if page is None or reporter is None or soundness.PROGRAM._begun_as is None:
        return
    if not first:
        first.append(page)
        listing = Path({folder!r}) / "files.sha256"
        listing.write_text(listing.read_text())
        program.watch.report(ImportError("incorrect header check"))
    elif page is not first[0]:
        print(type(first[0]).__name__, "gives way:", page.sentence.text(), flush=True)
        application.quit()
    elif reporter._dialog is not None:
        print(type(page).__name__, "stays:", reporter._dialog._description, flush=True)
        application.quit()

looking = QTimer(application)
looking.timeout.connect(look)
looking.start(20)
program.start()
application.exec()
program.close()
"""


def test_the_login_page_in_either_language_is_painted_without_the_database(home):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for language in ("km", "en"):
        statements = PAINT_AND_STOP.format(home=str(home.path), language=language)
        assert heavy_modules_after(statements, environment) == set()


def test_what_is_typed_right_after_the_first_paint_stays(home):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for start in ("the keyring is read before the paint", "the page is painted from memory"):
        command = [sys.executable, "-c", TYPE_AT_ONCE.format(home=str(home.path))]
        done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True, timeout=60)
        assert done.stdout.strip() == "moon", start


ALLOWED = "--home DIR, --database URL, --user NAME, --passphrase-file FILE, --lang km|en, --safe-mode"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--nonsense"], f"The window does not know --nonsense. It takes: {ALLOWED}"),
        (["-x"], f"The window does not know -x. It takes: {ALLOWED}"),
        (["--painted", "-"], f"The window does not know -. It takes: {ALLOWED}"),
        (["--lang", "fr"], "There is no language fr. Write --lang km or --lang en."),
        (["--home"], f"Something is missing after --home. The window takes: {ALLOWED}"),
        (["--lang", "km", "--nonsense"], f"ផ្ទាំងកម្មវិធីមិនស្គាល់ --nonsense ទេ។ ជម្រើសដែលមាន៖ {ALLOWED}"),
    ],
)
def test_what_the_window_cannot_understand_is_told_with_what_is_allowed(tmp_path, wrong, said):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    environment |= {"XDG_DATA_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tlbb_desktop", *wrong]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")


def test_after_the_start_garbage_is_collected_and_no_import_reads_sources() -> None:
    script = (
        "import builtins, gc\n"
        "from tlbb_desktop import app\n"
        "assert gc.isenabled()\n"
        "assert builtins.__import__ is builtins.__orig_import__\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_damaged_program_says_so_in_the_place_of_the_login_page(home, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    program = MEET_A_DAMAGED_PROGRAM.format(home=str(home.path), folder=str(tmp_path / "program"), language="km")
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True, timeout=60)
    assert "files.sha256" in done.stdout
    assert "សូមដំឡើង TLBB Desktop ម្តងទៀត" in done.stdout.replace("\u200b", "")


@pytest.mark.parametrize(("begun", "page"), [(True, "LoginPage gives way"), (False, "FirstRunPage stays")])
def test_a_renewed_program_says_so_and_leaves_a_page_that_is_being_filled_in(home, tmp_path, begun, page):
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "tlbb-desktop").write_bytes(b"the program")
    (folder / LISTING).write_text(list_files(folder), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    record = home.path if begun else tmp_path / "new"
    command = [sys.executable, "-c", MEET_A_RENEWED_PROGRAM.format(home=str(record), folder=str(folder))]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True, timeout=60)
    said = done.stdout.replace("\u200b", "")
    assert said.startswith(f"{page}: TLBB Desktop was renewed while it was open."), done.stderr
