"""The Windows wheels of the lock: a folder that a build without internet needs, and the packages unpacked from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from package_index import fetch_pip

from windows.locked import PYTHON_VERSION, requirements, windows_packages

REQUIREMENTS = "requirements-windows.txt"
_TARGET = (
    "--platform=win_amd64",
    f"--python-version={PYTHON_VERSION}",
    "--implementation=cp",
    f"--abi=cp{PYTHON_VERSION.replace('.', '')}",
    "--abi=abi3",
    "--abi=none",
    "--only-binary=:all:",
    "--no-deps",
)


class WheelhouseIncomplete(Exception):
    """The folder holds other wheels than the lock names."""


def fill(folder: Path) -> Path:
    """Download every wheel into *folder*, checked against the lock's hashes; return the list of requirements there."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / REQUIREMENTS
    wanted.write_text(requirements(), encoding="utf-8")
    if not differences(folder):
        return wanted
    for wheel in folder.glob("*.whl"):
        wheel.unlink()
    _pip(folder.parent, "download", "--require-hashes", f"--dest={folder}", f"--requirement={wanted}")
    require_complete(folder)
    return wanted


def require_complete(folder: Path) -> None:
    """Raise WheelhouseIncomplete where the wheels in *folder* are not those of the lock."""
    found = differences(folder)
    if found:
        raise WheelhouseIncomplete(f"{folder} is not the wheelhouse of requirements.lock: {'; '.join(found)}")


def differences(folder: Path) -> list[str]:
    """What is missing in *folder*, and what does not belong there."""
    locked = {(each.name, each.version) for each in windows_packages()}
    there = {_name_and_version(wheel) for wheel in folder.glob("*.whl")}
    missing = [f"{name} {version} is missing" for name, version in sorted(locked - there)]
    return missing + [f"{name} {version} is not in the lock" for name, version in sorted(there - locked)]


def unpack(folder: Path, site_packages: Path) -> None:
    """Install the wheels of *folder* into *site_packages*, again checked against their hashes and without the index."""
    wanted = folder / REQUIREMENTS
    options = ("--no-index", f"--find-links={folder}", "--require-hashes", "--no-compile", f"--target={site_packages}")
    _pip(folder.parent, "install", *options, f"--requirement={wanted}")


def _name_and_version(wheel: Path) -> tuple[str, str]:
    from packaging.utils import parse_wheel_filename

    name, version, *_ = parse_wheel_filename(wheel.name)
    return name, str(version)


def _pip(folder: Path, verb: str, *options: str) -> None:
    pip = [sys.executable, str(fetch_pip(folder) / "pip"), "--disable-pip-version-check", "--no-input", "-qq"]
    environment = {**os.environ, "PIP_CONSTRAINT": os.devnull}  # the lock decides, not a setting of this machine
    subprocess.run([*pip, verb, *_TARGET, *options], check=True, env=environment)
