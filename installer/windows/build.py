"""Builds setup.exe on Linux: Windows Python and wheels, frozen and tried under Wine, packed by NSIS.

    make package-windows

Needs the Debian packages that ``system_libraries.py`` names, and a package index the first time; the wheels stay in
``build/windows/wheelhouse``, which is also what ``build.ps1`` needs on a Windows without internet. Everything that Wine
touches lies in a temporary folder of a user without rights; where the build runs as root, that is ``nobody``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from figures import Figure, say_table
from freezing import MIB, size_of, write_listing
from package_index import IndexUnavailable

from tlbb_desktop.bundle.parts import SBOM
from windows import setup_program, setup_trial, trial, wheelhouse
from windows.freeze import NAME, NotFrozen, complete, freeze, furnish
from windows.identity import version
from windows.runtime import VERSION as PYTHON_VERSION
from windows.runtime import NotGenuine
from windows.sheet import write_sheets
from windows.wine import wine_room

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "windows"
TROUBLE = (
    IndexUnavailable,
    NotFrozen,
    NotGenuine,
    setup_program.SetupWrong,
    subprocess.CalledProcessError,
    trial.TrialFailed,
    wheelhouse.WheelhouseIncomplete,
)
FAILED = 1


def main() -> int:
    """Build and print what was made and tried; return the exit code."""
    try:
        _build(ROOT / "dist" / "windows" / f"TLBB-Desktop-{version()}-setup.exe")
    except TROUBLE as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return FAILED
    return 0


def _build(output: Path) -> None:
    downloads, wheels = WORK / "download", WORK / "wheelhouse"
    bundle, art = WORK / "bundle" / NAME, WORK / "art"
    for folder in (downloads, output.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with _step("Wheels for Windows"):
        wheelhouse.fill(wheels)
    with wine_room() as room:
        with _step("Python for Windows"):
            signed = furnish(room, downloads, wheels)
        with _step("Freezing under Wine"):
            frozen = freeze(room)
        with _step("Trying the program under Wine"):
            write_listing(frozen)
            tried = trial.try_bundle(room, frozen, WORK / "pictures")
        with _step("Trying setup.exe under Wine"):
            setup = setup_program.make(frozen, art, room.folder / "trial-of-setup.exe", trial=True)
            tried += setup_trial.try_setup(room, setup)
        complete(room, frozen, bundle)
    with _step("Packing setup.exe"):
        write_listing(bundle)
        made = setup_program.look_through(setup_program.make(bundle, art, output), bundle)
        shutil.copyfile(bundle / "_internal" / "licences" / SBOM, output.with_suffix(".cdx.json"))
        made_on = datetime.now(UTC).date()
        write_sheets(made.path, version(), made.digest, made_on)
    _say(made, bundle, wheels, signed, tried)


@contextmanager
def _step(what: str) -> Iterator[None]:
    print(f"{what} …", flush=True)
    begun = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - begun:.0f} s", flush=True)


def _say(made: setup_program.SetupProgram, bundle: Path, wheels: Path, signed: int, tried: list[trial.Tried]) -> None:
    count = len(list(wheels.glob("*.whl")))
    most = f"{setup_program.MOST_BYTES / MIB:.1f} MB"
    figures = [
        Figure(f"{count} wheels of the lock, by their hashes", f"{size_of(wheels) / MIB:.1f} MB"),
        Figure(f"programs of Python {PYTHON_VERSION} that bear their signature", f"{signed}"),
        Figure(f"the program unpacked, {made.files} files", f"{size_of(bundle) / MIB:.1f} MB"),
        Figure(made.path.name, f"{made.size / MIB:.1f} MB", most),
        *(
            Figure(f"under Wine: {each.what}", each.found[:60], f"{each.tries} tries" if each.tries > 1 else "")
            for each in tried
        ),
    ]
    say_table(figures)
    print(f"\nSHA-256 {made.digest}\nNot tried: a real Windows. Its first office ticks installer/windows/NOT-TRIED.md.")


if __name__ == "__main__":
    raise SystemExit(main())
