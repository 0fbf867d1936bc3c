"""Installs the Debian package on a clean Debian 12, works with it there, removes it, and looks what stayed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from figures import Figure
from freezing import BUILD
from trial import PICTURES, TrialFailed

BASE, ROOM = BUILD / "clean-root" / "base", BUILD / "clean-root" / "room"
RELEASE = "bookworm"
HOME = "/home/sokha/.local/share/tlbb-desktop"
SCREENS = Path("/tmp/.X11-unix")  # noqa: S108  # where X11 has its sockets
MOUNTS = {"proc": ("-t", "proc", "proc"), "tmp/.X11-unix": ("--bind", str(SCREENS))}


def run(package: Path) -> list[Figure]:
    """Install, start, tour, purge; the demonstration that is made there must stay.

    All of it happens in a process with mounts of its own, which end with it.

    Raises:
        TrialFailed: a step failed.
    """
    if os.geteuid() != 0:
        raise TrialFailed("A clean Debian can be made by root only.")
    alone = ["unshare", "--mount", "--propagation", "private", sys.executable, __file__, str(package)]
    said = _do(*alone)
    return [Figure(**each) for each in json.loads(said.splitlines()[-1])]


def _try(package: Path) -> list[Figure]:
    from tlbb_desktop.tour.virtual_screen import some_screen

    _base()
    shutil.rmtree(ROOM, ignore_errors=True)
    _do("cp", "--archive", "--reflink=auto", str(BASE), str(ROOM))
    shutil.copy2(package, ROOM / "root" / package.name)
    SCREENS.mkdir(exist_ok=True)
    for name, what in MOUNTS.items():
        (ROOM / name).mkdir(parents=True, exist_ok=True)
        _do("mount", *what, str(ROOM / name))
    with some_screen():
        before = _installed()
        _inside("apt-get", "update", "-qq")
        _inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/root/{package.name}")
        brought = _installed() - before - {"tlbb-desktop"}
        figures = [*_work(), _upgrade(package)]
        _inside("apt-get", "purge", "-y", "-qq", "tlbb-desktop")
        return [*figures, _after_removal(len(brought))]


def _base() -> None:
    """A minimal Debian, kept for the next time."""
    if not (BASE / "etc" / "debian_version").exists():
        shutil.rmtree(BASE, ignore_errors=True)
        BASE.parent.mkdir(parents=True, exist_ok=True)
        _do("debootstrap", "--variant=minbase", RELEASE, str(BASE))


def _work() -> list[Figure]:
    """As a member of staff who has nothing but the package: demonstration, window, tour."""
    _inside("useradd", "--create-home", "sokha")
    _as_user("tlbb-desktop", "--home", HOME, "demo")
    painted = subprocess.run(
        _as_user_command("timeout", "60", "tlbb-desktop", "--home", HOME, "--painted"),
        capture_output=True,
        text=True,
        check=False,
    )
    if "painted" not in painted.stdout:
        raise TrialFailed(f"No window stands on the clean Debian: {painted.stderr[-2000:]}")
    _as_user("tlbb-desktop", "tour", "--out", "/home/sokha/tour")
    pictures = len(list((ROOM / "home/sokha/tour").glob("*.png")))
    return [
        Figure("clean Debian 12: window", "stands"),
        Figure("clean Debian 12: tour", f"{pictures} pictures", f"{PICTURES} pictures", pictures < PICTURES),
    ]


def _upgrade(package: Path) -> Figure:
    """The same version over itself, as dpkg does it with a newer one: each account copies its closed record."""
    _inside("apt-get", "install", "-y", "-qq", "--reinstall", f"/root/{package.name}")
    (copy,) = (ROOM / HOME[1:] / "backups").glob("before-update-*")
    if copy.stat().st_uid != (ROOM / "home/sokha").stat().st_uid:
        raise TrialFailed("The copy before an upgrade does not belong to the account whose record it is.")
    _as_user("tlbb-desktop", "--home", HOME, "check", "--program")
    return Figure("clean Debian 12: installed over itself", "the record was copied before")


def _after_removal(brought: int) -> Figure:
    if (ROOM / "usr/lib/tlbb-desktop").exists() or (ROOM / "usr/bin/tlbb-desktop").exists():
        raise TrialFailed("The package was removed and something of it stayed.")
    if not (ROOM / HOME[1:] / "programme.db").exists():
        raise TrialFailed("The package was removed and took the record with it.")
    return Figure("clean Debian 12: installed, purged", f"with {brought} packages of Debian; the record stayed")


def _installed() -> set[str]:
    said = _inside("dpkg-query", "--show", "--showformat=${Package}\\n")
    return set(said.split())


def _as_user_command(*command: str) -> list[str]:
    kept = [
        f"DISPLAY={os.environ['DISPLAY']}",
        "QT_QPA_PLATFORM=xcb",
        "HOME=/home/sokha",
        "LANG=C.UTF-8",
        "PATH=/usr/bin:/bin",
    ]
    user = ["--userspec=sokha:sokha", str(ROOM), "env", "--ignore-environment", *kept]
    return ["chroot", *user, *command]


def _as_user(*command: str) -> str:
    return _do(*_as_user_command(*command))


def _inside(*command: str) -> str:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    return _do("chroot", str(ROOM), *command, environment={**os.environ, **quiet})


def _do(*command: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise TrialFailed(
            f"{' '.join(command[:8])} ended with {done.returncode}: {(done.stderr or done.stdout)[-2000:]}"
        )
    return done.stdout


if __name__ == "__main__":
    print(json.dumps([asdict(figure) for figure in _try(Path(sys.argv[1]))]))
