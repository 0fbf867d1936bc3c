"""How the tests of the command line run a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop import cli
from tlbb_desktop.i18n import catalog


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    catalog.activate("en")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """The file with the manager's passphrase."""
    file = tmp_path / "secret.txt"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return file


@pytest.fixture
def run(home, secret, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command as the manager; gives exit code, output, and what was said beside it."""

    def run(*arguments: object, language: str = "en", file: Path | None = None) -> tuple[int, str, str]:
        who = ["--user", MANAGER, "--passphrase-file", str(file or secret), "--lang", language]
        code = cli.main(["--home", str(home.path), *who, *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
