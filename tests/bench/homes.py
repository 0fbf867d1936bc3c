"""Programmes that take long to fill are kept under build/bench until the schema or the way to fill them changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tests.bench.report import say
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import NewProgramme, create_programme, unlock
from tlbb_desktop.wiring import Desk, open_desk

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "bench"
USER, PASSPHRASE = "sokha", "moon river bamboo lantern"
_FILLED_BY = ("homes.py", "school.py", "people.py", "cases.py", "five_years.py", "recidivism.py")
_MADE_BY = (
    *sorted((ROOT / "tlbb_desktop" / "data" / "migrations" / "versions").glob("*.sql")),
    ROOT / "tlbb_desktop" / "domain" / "person_keys.py",
    *map(Path(__file__).with_name, _FILLED_BY),
    *sorted((ROOT / "tlbb_desktop" / "demonstration").glob("*.py")),
)


def new_home(path: Path, clock: WorkingDayClock | None = None) -> Desk:
    """The manager's desk over a new programme."""
    home = Home(path)
    unlocked = create_programme(home, NewProgramme("SR", USER, PASSPHRASE), FLOOR).unlocked
    return open_desk(home, unlocked, clock)


def filled_home(name: str, folder: Path, fill: Callable[[Desk], object], clock: WorkingDayClock | None = None) -> Desk:
    """The manager's desk over a fresh copy of a filled programme.

    Args:
        name: of the programme.
        folder: where the copy goes.
        fill: fills it the first time.
        clock: of the desk; the laptop's when None.
    """

    def make(home: Home) -> None:
        desk = new_home(home.path, clock)
        fill(desk)
        desk.close()

    home = Home(folder / name)
    shutil.copytree(kept_home(name, folder, make).path, home.path)
    return open_desk(home, unlock(home, USER, PASSPHRASE), clock or SystemClock())


def kept_home(name: str, folder: Path, make: Callable[[Home], object]) -> Home:
    """The programme *name*, which *make* has made the first time in an empty home; only copies of it are written in."""
    kept = KEPT / f"{name}-{_fingerprint()}"
    if not kept.exists():
        say(f"  filling {name} …")
        for outdated in KEPT.glob(f"{name}-*"):
            shutil.rmtree(outdated)
        make(Home(folder / f"{name}-new"))
        KEPT.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / f"{name}-new", kept)
    return Home(kept)


def _fingerprint() -> str:
    return sha256(b"".join(path.read_bytes() for path in _MADE_BY)).hexdigest()[:12]
