"""Rules of the house that no linter knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tlbb_desktop"
GENERATED = {"forms", "resources_rc.py", "assets", "locale"}
LONGEST_MODULE = 400
UNLIMITED = "16777215"  # Qt's word for "no maximum"
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "base"}
NEVER = {
    r"\bprocessEvents\b": "work belongs in a task, not in a loop that lets events through",
    r"\(QThread\)": "there is one way to work in the background: qt/tasks.py",
    r"\bself\.tr\(": "words go through the catalogue: _()",
    r"\bsetFixedHeight\(\s*\d": "Khmer needs room; nothing that shows text has a fixed height",
}


def modules() -> list[Path]:
    found = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in GENERATED]
    assert found
    return sorted(found)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_downwards(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("logging.config.dictConfig", lambda _settings: None)  # it would silence the program's loggers
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0, capsys.readouterr().out


def test_every_module_can_be_read_in_one_sitting():
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_is_named_after_what_it_does():
    assert [named(path) for path in modules() if EMPTY_NAMES.intersection((path.stem, path.parent.name))] == []


@pytest.mark.parametrize(("pattern", "reason"), NEVER.items())
def test_no_module_does_what_was_paid_for_before(pattern, reason):
    assert [named(path) for path in modules() if re.search(pattern, path.read_text(encoding="utf-8"))] == [], reason


def test_no_form_fixes_a_height():
    limit = re.compile(r'name="maximumSize">\s*<size>.*?<height>(\d+)</height>', re.DOTALL)
    heights = {path.name: limit.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "ui").glob("*.ui")}
    assert {name: found for name, found in heights.items() if set(found) - {UNLIMITED}} == {}
