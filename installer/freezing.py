"""Makes the bundle with PyInstaller, and the list of its files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
BUNDLE = BUILD / "bundle" / "tlbb-desktop"
WORK = BUILD / "freeze" / "tlbb"
LICENCES = WORK / "licences"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frozen:
    """A bundle that was made.

    Args:
        folder: where it lies.
        size: bytes of its files, links not followed.
        left_out: bytes by the reason to leave them out.
    """

    folder: Path
    size: int
    left_out: dict[str, int]

    @property
    def untrimmed(self) -> int:
        """Bytes as PyInstaller would have made it, before unneeded files and debugging symbols are left out."""
        return self.size + sum(self.left_out.values())


def freeze() -> Frozen:
    """Make the bundle anew.

    Raises:
        subprocess.CalledProcessError: PyInstaller failed, and has said why.
    """
    shutil.rmtree(BUNDLE, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(BUNDLE.parent), "--workpath", str(WORK.parent)]
    subprocess.run(
        [*command, *places, "installer/tlbb.spec"],
        cwd=ROOT,
        check=True,
        env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(BUILD / "pyinstaller"), "PYTHONHASHSEED": "1"},
    )
    write_listing(BUNDLE)
    left_out, before_stripping = json.loads((WORK / "left-out.json").read_text(encoding="utf-8"))
    sizes = {place: (BUNDLE / "_internal" / place).lstat().st_size for place in before_stripping}
    left_out["debugging symbols"] = sum(before_stripping.values()) - sum(sizes.values())
    return Frozen(BUNDLE, size_of(BUNDLE), left_out)


def write_listing(folder: Path) -> None:
    """Write the list of the files in *folder*, which the program goes through at its start."""
    from tlbb_desktop.bundle.listing import LISTING, list_files

    (folder / LISTING).write_text(list_files(folder), encoding="utf-8", newline="\n")


def size_of(folder: Path) -> int:
    """Bytes of the files in *folder*."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
