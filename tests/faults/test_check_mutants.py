"""Really delete one permission check after the other, and let the tests of permissions run over what is left.

`test_deleted_checks` shows in seconds that each check is asked and reached; here its claim is held to the deed. For
nights: each mutant takes as long as a small run of tests.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.recording import ROOT
from tests.faults.size import NIGHT, SEED
from tests.faults.test_deleted_checks import FOLDER, Site, _asks, asked_once, places_that_ask, staffed
from tests.services.gate_world import World, home, world
from tlbb_desktop.wiring import Desk

__all__ = ["home", "staffed", "world"]

MUTANTS = int(os.environ.get("TLBB_MUTANTS", "120"))
"""How many of them a night takes, drawn by its seed from the checks that are asked once in a call."""
TESTS = ("tests/faults/test_deleted_checks.py", "tests/services/test_permission_matrix.py")

pytestmark = [
    pytest.mark.skipif(not NIGHT, reason="a night's work"),
    pytest.mark.skipif(os.name == "nt", reason="links to folders"),
    pytest.mark.timeout(0),
]

#: What is left of a call when it asks for nothing any more.
LEFT = {
    "permit": "None",
    "may": "True",
    "prison_limit": "None",
    "read": "({office}).store.read()",
    "act": "({office}).own_act()",
}


class WithoutCheck(ast.NodeTransformer):
    """Takes the question out of the call on one line."""

    def __init__(self, line: int) -> None:
        self._line = line

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if node.lineno != self._line or not _asks(node) or not isinstance(node.func, ast.Attribute):
            return node
        left = LEFT[node.func.attr].format(office=ast.unparse(node.func.value))
        return ast.copy_location(ast.parse(left, mode="eval").body, node)


def mutant(site: Site, folder: Path) -> None:
    """The program in *folder*, but for one check; what stays as it is is linked."""
    (folder / "tlbb_desktop").mkdir()
    for path in ROOT.iterdir():
        if path.name in {"tests", "pyproject.toml", "translations", "ui", "resources", "docs", "installer"}:
            (folder / path.name).symlink_to(path)
    for path in FOLDER.parent.iterdir():
        if path.name not in {"services", "__pycache__"}:
            (folder / "tlbb_desktop" / path.name).symlink_to(path)
    services = Path(
        shutil.copytree(FOLDER, folder / "tlbb_desktop" / "services", ignore=shutil.ignore_patterns("*.pyc"))
    )
    name, line = site
    tree = WithoutCheck(line).visit(ast.parse((services / name).read_text(encoding="utf-8")))
    (services / name).write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")


def test_each_deleted_check_fails_a_test(tmp_path: Path, desk: Desk, staffed: World) -> None:
    once = sorted(asked_once(desk, staffed) & set(places_that_ask()))
    alive = []
    for site in random.Random(SEED).sample(once, MUTANTS):
        folder = tmp_path / f"{site[0]} {site[1]}"
        folder.mkdir()
        mutant(site, folder)
        if not fails(folder):
            alive.append(site)
        shutil.rmtree(folder)
    assert alive == []


def fails(folder: Path) -> bool:
    """Whether the tests of permissions fail over a mutant."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *TESTS],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "TLBB_NIGHT": "0"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout[-2000:]
    return done.returncode == 1
