"""Freezes the program with the Windows Python into a folder that runs without one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from windows.art import draw
from windows.identity import describe
from windows.runtime import unpack_python
from windows.wheelhouse import unpack

if TYPE_CHECKING:
    from windows.wine import WineRoom  # which only Linux can import

ROOT = Path(__file__).resolve().parents[2]
SPEC = "installer/tlbb.spec"
NAME = "tlbb-desktop"
SOURCES = ("tlbb_desktop", "installer", "LICENSES", "build/windows/art")
SINGLE_FILES = ("pyproject.toml", "requirements.lock", "requirements-dev.lock")
#: Wine 8 has nothing under this module of Python's; it is back in the bundle before that is handed out.
NOT_UNDER_WINE = "_wmi.pyd"
#: The stand-ins are of Wine, and Windows has its own.
NEVER_BUNDLED = ("icuuc.dll", "bcryptprimitives.dll")
MINUTES = 40


class NotFrozen(Exception):
    """PyInstaller made no bundle, or one that must not be handed out."""


def furnish(room: WineRoom, downloads: Path, wheels: Path) -> int:
    """Put Python and the wheels into *room*; return how many programs of Python proved genuine."""
    python = room.folder / "python"
    signed = unpack_python(downloads, python)
    unpack(wheels, python / "Lib" / "site-packages")
    _put_metadata(python / "Lib" / "site-packages", ROOT / "build" / "windows" / "wheel")
    (python / NOT_UNDER_WINE).rename(room.folder / NOT_UNDER_WINE)
    paths = ("python312.zip", ".", "Lib/site-packages", "../source", "import site")
    (python / "python312._pth").write_text("".join(f"{each}\n" for each in paths), encoding="ascii")
    room.give(python)
    return signed


def freeze(room: WineRoom) -> Path:
    """Run PyInstaller over the tree; return the folder of the bundle inside *room*.

    Raises:
        NotFrozen: with PyInstaller's last words.
    """
    _copy_sources(room)
    tools = [
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "ERROR",
        "--distpath",
        "../dist",
        "--workpath",
        "../work",
    ]
    ran = room.run(
        [room.folder / "python" / "python.exe", *tools, SPEC], seconds=MINUTES * 60, folder=room.folder / "source"
    )
    bundle = room.folder / "dist" / NAME
    if ran.code != 0 or not (bundle / f"{NAME}.exe").exists():
        raise NotFrozen(f"PyInstaller under Wine ended with {ran.code}:\n{ran.text[-3000:]}")
    stray = [path.name for path in bundle.rglob("*.dll") if path.name.lower() in NEVER_BUNDLED]
    if stray:
        raise NotFrozen(f"{', '.join(stray)} of Wine must not be handed out.")
    return bundle


def complete(room: WineRoom, bundle: Path, target: Path) -> None:
    """Copy the tried bundle to *target*, with what Wine could not take."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(bundle, target)
    shutil.copy2(room.folder / NOT_UNDER_WINE, target / "_internal" / NOT_UNDER_WINE)


def _put_metadata(site_packages: Path, scratch: Path) -> None:
    """Put what an installation says of the program beside its libraries: its name and version."""
    shutil.rmtree(scratch, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(scratch)], cwd=ROOT, check=True
    )
    (wheel,) = scratch.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        for name in content.namelist():
            if ".dist-info/" in name:
                content.extract(name, site_packages)


def _copy_sources(room: WineRoom) -> None:
    source = room.folder / "source"
    draw(ROOT / "build" / "windows" / "art")
    describe(ROOT / "build" / "windows" / "art")
    for name in SOURCES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SINGLE_FILES:
        shutil.copy2(ROOT / name, source / name)
    room.give(source)
