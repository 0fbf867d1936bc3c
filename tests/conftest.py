from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.server", "tests.programme")

# What fails often and fast comes first, what drives whole programs last.
ORDER = ("house", "domain", "khmer", "i18n", "security", "data", "services", "documents", "gui", "cli", "faults", "e2e")

#: Files whose tests share what takes long to make, or a screen with its keyboard focus, and files with the longest
#: tests. With several processes they come first, the longest in front, and one process takes all of such a file: so
#: nothing is made twice, and no long one is still at work when the other processes have ended.
TOGETHER = (
    "e2e/test_tour.py",
    "e2e/test_morning_job.py",
    "services/register/test_marking_survives.py",
    "faults/test_check_mutants.py",
    "faults/test_power_cuts.py",
    "faults/test_upgrade_cuts.py",
    "faults/test_failing_disk.py",
    "e2e/test_killed_window.py",
    "e2e/test_accessibility_tree.py",
    "faults/test_damaged_records.py",
    "services/certificates/test_numbers_are_given_once.py",
    "e2e/test_lock.py",
    "e2e/test_two_windows.py",
    "documents/test_every_paper.py",
    "services/test_people_listing.py",
    "e2e/test_register_by_keyboard.py",
    "e2e/test_first_paint.py",
)
#: What is about a record's file, and is left out where the programmes of the tests lie on a server: files, and tests by
#: the beginning of their names. They look into the file, damage it, or ask SQLite how it reads.
OF_A_FILE = (
    "data/test_recipe.py",
    "data/test_schema.py",
    "data/test_views.py",
    "services/exchange/",
    "services/test_closed_copy.py",
    "services/test_moving.py",
    "services/test_restoring.py",
    "services/test_people_listing.py::test_fifty_thousand",
    "services/test_people_listing.py::test_the_list_is_read",
    "services/cases/test_expunging.py::test_nothing_that_training_kept",
    "services/test_copies.py::test_after_a_restore",
    "services/test_copies.py::test_a_damaged_record",
    "services/test_desk.py::test_a_keyring_that_was_edited",
    "services/test_desk.py::test_an_event_that_was_changed",
    "services/test_desk.py::test_a_disk_that_fills_up",
    "services/test_old_forms.py::test_an_event_that_nobody_can_read",
    "services/test_backups.py::test_a_backup_brings_back_equal",
    "services/test_backups.py::test_a_backup_is_not_restored",
    "services/test_backups.py::test_a_damaged_record",
    "services/test_backups.py::test_a_copy_beside_a_writer",
    "services/test_staff.py::test_a_stop_at_any_step",
    "services/test_staff.py::test_who_waits_for_the_old_file",
    "services/test_staff.py::test_while_somebody_else_has",
    "services/test_vault.py::test_a_programme_is_not_made",
    "services/test_vault.py::test_a_home_without",
    "services/test_vault.py::test_a_full_disk_leaves_the_keyring",
    "services/test_vault.py::test_a_damaged_page",
    "services/test_drills.py::test_a_copy_of_before_an_update",
    "services/server/test_record.py::test_a_server_takes_over",
    "services/server/test_beginning_again.py::test_nobody_founds_or_brings",
    "services/server/test_beginning_again.py::test_what_arrived_with_a_bundle",
    "services/certificates/test_numbers_are_given_once.py::test_the_last_number",
    "services/register/test_marking.py::test_a_block_of_late_marks_asks",
    "services/register/test_register.py::test_the_cost_of_a_register",
    "services/register/test_sheets.py::test_the_overview_costs",
    "services/register/test_today.py::test_today_costs",
    "services/training/test_assessment.py::test_an_attempt_after_the_release",
    "services/training/test_assessment.py::test_what_was_taken_back",
    "services/training/test_assessment.py::test_no_column_of_an_attempt",
    "services/training/test_demonstration_board.py",
)
#: Allocations before the collector looks at the young, and how many of its rounds until it looks at the older ones.
COLLECTED_EACH = (5000, 20, 20)
HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """A desk that a test leaves open is closed when it is forgotten; only a server's driver makes a fuss of it."""
    if os.environ.get("TLBB_TEST_DATABASE"):
        for kind in ("ResourceWarning", "pytest.PytestUnraisableExceptionWarning"):
            config.addinivalue_line("filterwarnings", f"ignore:.*BaseConnection.__del__:{kind}")
            config.addinivalue_line("filterwarnings", f"ignore:.*ServerConnection:{kind}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the folders of tests in ORDER, or with several processes what stays together first."""
    folders = {name: place for place, name in enumerate(ORDER)}
    together = {name: place for place, name in enumerate(TOGETHER)}
    several = hasattr(config, "workerinput")

    def turn(item: pytest.Item) -> tuple[int, int]:
        path = item.path.relative_to(HERE)
        first = together.get(path.as_posix(), len(TOGETHER)) if several else 0
        return first, folders[path.parts[0]]

    items.sort(key=turn)
    if os.environ.get("TLBB_TEST_DATABASE"):
        left_out = [item for item in items if item.nodeid.removeprefix("tests/").startswith(OF_A_FILE)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection() -> None:
    """Nothing that is collected is garbage; see the end of it."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Let the collector pass over thousands of tests and modules, which live as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_EACH)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand out the files of TOGETHER whole and all other tests one by one.

    xdist's own groups do not work with this pytest: they change the names of tests, which pytest no longer lets them.
    """
    from xdist.scheduler import LoadScopeScheduling

    class InTurn(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.partition("::")[0].removeprefix("tests/")
            return path if path in TOGETHER else nodeid

    config.option.loadscopereorder = False  # they stand in their turn already
    return InTurn(config, log)


def pytest_runtest_logfinish() -> None:
    """Where a test has stopped the automatic collection of garbage, as the window does, nothing else looks for it."""
    if not gc.isenabled():
        from tlbb_desktop.qt.garbage import collect_what_is_due

        collect_what_is_due()


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """pytest-qt's, but each widget is held until Qt has destroyed it.

    Otherwise a page that a test only had in a variable is garbage as soon as the test ends: the collector empties its
    parts in Python while they still stand on the screen, and are asked about their lines.
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    held: list[QWidget] = []
    add = qtbot.addWidget

    def add_and_hold(widget: QWidget, **named: Any) -> None:
        held.append(widget)
        add(widget, **named)

    monkeypatch.setattr(qtbot, "addWidget", add_and_hold)
    yield qtbot
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # pytest-qt has told them to go


@pytest.fixture
def screen_environment() -> dict[str, str]:
    """The environment for a program that is to open a real window; skips where there is no screen."""
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("no screen: run `make test`, or this under xvfb-run")
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return environment | ({"QT_QPA_PLATFORM": "xcb"} if sys.platform == "linux" else {})


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What the application is made with, as the program makes it."""
    from tlbb_desktop.qt.stylesheet import STYLE_ARGUMENTS

    return ["tests", *STYLE_ARGUMENTS]


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application as the program sets it up: our words, our font, our light theme."""
    from tlbb_desktop.qt.fonts import use_fonts
    from tlbb_desktop.qt.theme import apply_theme
    from tlbb_desktop.qt.translator import install_translator

    install_translator(qapp)
    use_fonts(qapp)
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture(params=["en", "km", "xx"])
def language(request, qapp) -> Iterator[str]:
    """Each language that a screen must stand: English, Khmer, and English one third longer."""
    from tlbb_desktop.i18n import catalog
    from tlbb_desktop.qt.translator import switch_language

    switch_language(qapp, request.param)
    yield request.param
    switch_language(qapp, catalog.SOURCE_LANGUAGE)


@pytest.fixture
def tasks(qapp):
    from tlbb_desktop.qt.tasks import TaskRunner

    runner = TaskRunner()
    yield runner
    runner.close()
