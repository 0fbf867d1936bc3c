"""Damaged copies of a filled record: the program never dies of one, never shows what is not so, and says what to do."""

from __future__ import annotations

import shutil
from concurrent.futures import Executor
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tests.faults import damage
from tests.faults.damage import WHOLE_BUT_OLD, Damage, Filled, Outcome
from tests.faults.size import SEED, at_gate
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop import cli
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import members

COPIES = at_gate(200, night=10_000)

#: Each page carries a MAC over its content and its number, so whatever happens to one is noticed when it is read.
NOTICED = (
    Damage.FLIPPED,
    Damage.OVERWRITTEN,
    Damage.TRUNCATED,
    Damage.SWAPPED,
    Damage.ZEROED,
    Damage.ZEROED_HEADER,
)

pytestmark = [pytest.mark.timeout(0)]


@pytest.fixture(scope="module")
def theatre(memory: Path) -> Path:
    return memory


@pytest.fixture(scope="module")
def filled(template, theatre, apart: Executor) -> Filled:
    shutil.copytree(template.home.path, theatre / "home")
    return apart.submit(damage.fill, Home(theatre / "home")).result()


@pytest.fixture
def operate(filled, theatre, apart: Executor):
    def operate(kind: Damage) -> list[Outcome]:
        return apart.submit(damage.outcomes, filled, theatre, kind, COPIES // len(Damage), SEED).result()

    return operate


@pytest.mark.parametrize("kind", NOTICED)
def test_a_damaged_page_is_named_and_nothing_wrong_is_shown(operate, kind) -> None:
    for outcome in operate(kind):
        assert outcome.wrong == (), outcome
        assert outcome.refused or outcome.unsound, outcome


@pytest.mark.parametrize("kind", [Damage.OLD_PAGES, Damage.WAL_OF_ANOTHER])
def test_check_finds_old_pages_that_were_put_back(operate, kind) -> None:
    """The database's own checks pass them; references, the audit chain and the history of marks do not."""
    for outcome in operate(kind):
        assert outcome.refused or outcome.unsound or outcome.same, outcome


@pytest.mark.parametrize("kind", WHOLE_BUT_OLD)
def test_a_record_without_its_newest_commits_is_whole_as_it_was_after_one_of_them(operate, kind) -> None:
    for outcome in operate(kind):
        assert outcome.committed, outcome
        assert outcome.unsound == (), outcome


@pytest.mark.parametrize("kind", NOTICED)
def test_the_command_line_ends_with_3_and_one_sentence(filled, theatre, tmp_path, kind) -> None:
    home = damaged_home(filled, theatre, kind)
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    output, said = StringIO(), StringIO()
    with redirect_stdout(output), redirect_stderr(said):
        code = cli.main(
            [*("--home", str(home.path), "--lang", "en", "--user", MANAGER), "--passphrase-file", str(secret), "check"]
        )
    assert code == 3
    assert said.getvalue() == ("The stored record is damaged. Do not go on entering. Restore the last good backup.\n")


@pytest.mark.parametrize("kind", [Damage.TRUNCATED, Damage.ZEROED_HEADER])
def test_the_login_page_says_so_and_points_to_the_backup(qtbot, tasks, filled, theatre, kind) -> None:
    home = damaged_home(filled, theatre, kind)
    page = LoginPage(members(home), MANAGER, HomeDoorkeeper(home, ChangeSignal().publish), tasks)
    qtbot.addWidget(page)
    page.field.set_text(PASSPHRASE)
    page.enter()
    qtbot.waitUntil(lambda: page.trouble.text() != "", timeout=20_000)
    assert "Restore the last good backup." in page.trouble.text()


def damaged_home(filled: Filled, theatre: Path, kind: Damage) -> Home:
    """The first damaged copy of its kind."""
    return damage.surgery(filled, theatre).damaged_copy(kind, 0, SEED)
