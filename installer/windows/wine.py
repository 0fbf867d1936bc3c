"""A Windows for building and trying on Linux: Wine in a folder of its own, as a user without rights.

Wine 8, as Debian 12 has it, lacks two libraries of Windows 10 (``stand_ins/``) and cannot take Python's ``_wmi.pyd``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STAND_INS = {"icuuc": (), "bcryptprimitives": ("-ladvapi32",)}
COMPILER = "x86_64-w64-mingw32-gcc"
LOADER = ("/usr/lib/wine/wine64", "wine64", "wine")
NOBODY = "nobody"
FIRST_START_SECONDS = 180
_SETTINGS = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=", "WINEARCH": "win64", "LANG": "C.UTF-8"}
_KEPT = ("PATH", "DISPLAY", "XAUTHORITY")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program under Wine ended.

    Args:
        code: its exit code, or None when it was ended because its time was over.
        text: what it printed, both streams.
    """

    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class WineRoom:
    """A folder with a Wine prefix in it; everything in it belongs to the user that Wine runs as.

    Args:
        folder: the folder.
        user: numeric id of that user.
        group: numeric id of its group.
    """

    folder: Path
    user: int
    group: int

    @property
    def windows(self) -> Path:
        """The drive C: of this Windows."""
        return self.folder / "prefix" / "drive_c"

    def give(self, path: Path) -> None:
        """Let the user of this room have *path* and all inside; call after something was put there."""
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{self.user}:{self.group}", str(path)], check=True)

    def start(
        self, command: Sequence[str | Path], *, folder: Path | None = None, more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a Windows program; it writes into a pipe, as Wine cannot hand on a file of another user."""
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= _SETTINGS | {"WINEPREFIX": str(self.folder / "prefix"), "HOME": str(self.folder / "home")}
        rights: dict[str, object] = {}
        if os.geteuid() == 0:
            rights = {"user": self.user, "group": self.group, "extra_groups": []}
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            [_loader(), *map(str, command)],
            cwd=folder or self.folder,
            env=environment | dict(more or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **rights,
        )

    def run(self, command: Sequence[str | Path], *, seconds: float, folder: Path | None = None) -> Ran:
        """Run a Windows program to its end, or until its time is over."""
        process = self.start(command, folder=folder)
        try:
            told, _ = process.communicate(timeout=seconds)
            return Ran(process.returncode, told.decode(errors="replace"))
        except subprocess.TimeoutExpired:
            self.shut_down()
            process.kill()
            told, _ = process.communicate()
            return Ran(None, told.decode(errors="replace"))

    def pretend(self, version: str) -> None:
        """Say to programs that this is Windows *version*, such as ``win7`` or ``win10``."""
        value = ("/v", "Version", "/d", version, "/f")
        self.run(["reg", "add", r"HKCU\Software\Wine", *value], seconds=FIRST_START_SECONDS)

    def shut_down(self) -> None:
        """End every program of this Windows."""
        server = shutil.which("wineserver") or str(Path(_loader()).with_name("wineserver64"))
        environment = {"WINEPREFIX": str(self.folder / "prefix"), "PATH": os.environ.get("PATH", "")}
        rights: dict[str, object] = {"user": self.user, "group": self.group} if os.geteuid() == 0 else {}
        subprocess.run([server, "--kill"], env=environment, check=False, capture_output=True, **rights)  # type: ignore[call-overload]


@contextmanager
def wine_room(parent: Path | None = None) -> Iterator[WineRoom]:
    """A fresh Windows with the stand-ins in it, gone at the end.

    Args:
        parent: where its folder is made; the system's temporary folder when None, because a user without rights must be
            able to reach it.
    """
    folder = Path(tempfile.mkdtemp(prefix="tlbb-wine-", dir=parent))
    folder.chmod(0o755)
    room = WineRoom(folder, *_who())
    try:
        for name in ("prefix", "home"):
            (folder / name).mkdir()
        room.give(folder)
        room.run(["wineboot", "--init"], seconds=FIRST_START_SECONDS)
        room.pretend("win10")
        _put_stand_ins(room)
        yield room
    finally:
        room.shut_down()
        shutil.rmtree(folder, ignore_errors=True)


def _who() -> tuple[int, int]:
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    entry = pwd.getpwnam(NOBODY)
    return entry.pw_uid, entry.pw_gid


def _put_stand_ins(room: WineRoom) -> None:
    system = room.windows / "windows" / "system32"
    for name, libraries in STAND_INS.items():
        source = Path(__file__).parent / "stand_ins" / f"{name}.c"
        target = system / f"{name}.dll"
        command = [COMPILER, "-shared", "-O1", "-o", str(target), str(source), *libraries]
        subprocess.run(command, check=True)
        room.give(target)


def _loader() -> str:
    found = (shutil.which(each) for each in LOADER)
    return next((each for each in found if each), LOADER[0])
