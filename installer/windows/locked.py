"""What the locks ask for on Windows.

The locks hold for every system. pip would judge their markers by the system that it runs on, so that on Linux it
leaves out what only Windows needs; therefore the lines that hold on Windows are chosen here, with their hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYTHON_VERSION = "3.12"
#: What freezes the program, from the developers' lock: PyInstaller and what it needs on Windows.
FREEZING = frozenset(
    {"altgraph", "packaging", "pefile", "pyinstaller", "pyinstaller-hooks-contrib", "pywin32-ctypes", "setuptools"}
)
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": f"{PYTHON_VERSION}.9",
    "python_version": PYTHON_VERSION,
    "sys_platform": "win32",
}
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package as the lock names it.

    Args:
        name: canonical name.
        version: exact version.
        hashes: ``sha256:…`` of every file that may be taken.
    """

    name: str
    version: str
    hashes: tuple[str, ...]

    def line(self) -> str:
        """The line of a requirements file, without a marker."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={each}" for each in self.hashes)])


def windows_packages() -> tuple[Locked, ...]:
    """Every package that the bundle or its making needs on Windows, by name."""
    running = {each.name: each for each in _of_lock(ROOT / "requirements.lock")}
    freezing = {each.name: each for each in _of_lock(ROOT / "requirements-dev.lock") if each.name in FREEZING}
    return tuple(sorted({**freezing, **running}.values(), key=lambda each: each.name))


def requirements() -> str:
    """The same as the text of a requirements file for ``pip install --require-hashes --no-deps``."""
    return "".join(f"{each.line()}\n" for each in windows_packages())


def _of_lock(lock: Path) -> Iterator[Locked]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        wanted = Requirement(line.partition("--hash")[0].strip())
        if wanted.marker is None or wanted.marker.evaluate(WINDOWS):
            version = next(iter(wanted.specifier)).version
            yield Locked(canonicalize_name(wanted.name), version, tuple(_HASH.findall(line)))
