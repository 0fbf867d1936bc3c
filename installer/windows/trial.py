"""Tries the bundle and setup.exe under Wine: that they start, paint, install, update, refuse and go away again.

Wine starts programs for Windows; it is not Windows. It shows neither how they look nor how they print there, and a
program that hangs in it once starts the next time; therefore each start is tried again before it counts as failed.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

from windows.freeze import NAME
from windows.wine import Ran, WineRoom

TRIES = 3
COMMAND_SECONDS = 180
PAINT_SECONDS = 120
INSTALL_SECONDS = 300
SCREEN = (1366, 768)
#: A painted page has text and pictures; an empty window or a message has a handful of colours.
FEWEST_COLOURS = 200
WORDS_OF_TRIAL = "river bamboo lantern harbour moon"
INSTALLED = ("Program Files", "TLBB Desktop")
OPEN, OLD_WINDOWS_REFUSED = 1, 10

Words = list[str | Path]


class TrialFailed(Exception):
    """Something did not work under Wine, and the message says what."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried.

    Args:
        what: in words.
        found: what was seen.
        tries: how many times it took.
        seconds: of the last time, by the clock of a machine that may be busy.
    """

    what: str
    found: str
    tries: int
    seconds: float


def try_bundle(room: WineRoom, bundle: Path, pictures: Path) -> list[Tried]:
    """Start the program by command and by window, in both languages; pictures are left in *pictures*."""
    command, window = bundle / f"{NAME}-command.exe", bundle / f"{NAME}.exe"
    home = room.folder / "home-of-trial"
    (room.folder / "passphrase.txt").write_text(WORDS_OF_TRIAL, encoding="utf-8")
    whoever: Words = ["--home", home, "--user", "sokha", "--passphrase-file", room.folder / "passphrase.txt"]
    tried = [
        _command(room, "the version is told", [command, "--version"]),
        _command(room, "a programme is founded", [command, "--home", home, *_founding(room)], lambda: _empty(home)),
        _command(room, "its record passes every check", [command, *whoever, "check"]),
        _command(room, "it is copied without a passphrase", [command, "--home", home, "backup", "copy"]),
    ]
    with _screen(room) as display:
        windows: dict[str, Words] = {each: [window, "--home", home, "--lang", each] for each in ("km", "en")}
        tried += [_window(room, windows[each], display, pictures / f"login-{each}.png") for each in windows]
    return tried


def try_setup(room: WineRoom, older: Path, newer: Path) -> list[Tried]:
    """Install, update and take away again, without questions; and be refused by an old Windows.

    Args:
        room: a Windows of 64 bits.
        older: a setup.exe of 64 bits.
        newer: the same program; its update is an installation over the first.
    """
    place = room.windows.joinpath(*INSTALLED)
    record = room.windows / "ProgramData" / INSTALLED[1]
    room.pretend("win7")
    refused = _ended(room, "Windows 7 is refused", [older, "/S", "/AllUsers"], OLD_WINDOWS_REFUSED)
    room.pretend("win10")
    tried = [refused, _ended(room, "setup.exe installs for all accounts", [older, "/S", "/AllUsers"], 0)]
    _require((place / f"{NAME}.exe").exists(), "setup.exe left no program")
    _require(any((room.windows / "ProgramData").rglob("TLBB Desktop.lnk")), "setup.exe left no entry in the menu")
    command = place / f"{NAME}-command.exe"
    tried.append(
        _command(room, "the installed program founds a programme", [command, *_founding(room)], lambda: _empty(record))
    )
    with _screen(room) as display:
        window = room.start([place / f"{NAME}.exe", "--painted"], more={"DISPLAY": display})
        _require(_says_painted(window), "the installed program paints no page")
        tried.append(_ended(room, "an open window keeps an update away", [newer, "/S"], OPEN))
        room.shut_down()
        window.wait()
    _require(not any((record / "backups").glob("before-update-*")), "an update began over an open window")
    tried.append(_ended(room, "an update over it asks nothing", [newer, "/S"], 0))
    _require(any((record / "backups").glob("before-update-*")), "the update made no backup")
    tried.append(_ended(room, "uninstall.exe takes the program away", [place / "uninstall.exe", "/S", "/AllUsers"], 0))
    _wait(lambda: not place.exists(), "the program is still there")
    _require((record / "programme.db").exists(), "the record is gone")
    return [*tried, Tried("the record is still there", "programme.db, keyring and backup", 1, 0.0)]


def _founding(room: WineRoom) -> Words:
    recovery = room.folder / "recovery.txt"
    recovery.unlink(missing_ok=True)
    files: Words = ["--passphrase-file", room.folder / "passphrase.txt", "--recovery-file", recovery]
    return ["init", "--prison", "SR", "--manager", "sokha", *files]


def _empty(home: Path) -> None:
    """Nothing of a try that hung halfway."""
    shutil.rmtree(home, ignore_errors=True)


def _command(room: WineRoom, what: str, command: Words, before: Callable[[], None] = lambda: None) -> Tried:
    told = ""
    for number in range(1, TRIES + 1):
        before()
        (room.folder / "recovery.txt").unlink(missing_ok=True)
        room.give(room.folder / "passphrase.txt")
        begun = time.monotonic()
        ran = room.run(command, seconds=COMMAND_SECONDS)
        told = ran.text.strip()
        if ran.code == 0:
            return Tried(what, (told.splitlines() or [""])[-1][:60], number, time.monotonic() - begun)
    raise TrialFailed(f"{what}: not after {TRIES} times. {told[-2000:]}")


def _ended(room: WineRoom, what: str, command: Words, code: int) -> Tried:
    begun = time.monotonic()
    ran: Ran = room.run(command, seconds=INSTALL_SECONDS)
    if ran.code != code:
        raise TrialFailed(f"{what}: ended with {ran.code} and not {code}. {ran.text[-2000:]}")
    return Tried(what, f"exit code {code}", 1, time.monotonic() - begun)


def _window(room: WineRoom, command: Words, display: str, picture: Path) -> Tried:
    colours = 0
    for number in range(1, TRIES + 1):
        begun = time.monotonic()
        process = room.start([*command, "--painted"], more={"DISPLAY": display})
        painted = _says_painted(process)
        seconds = time.monotonic() - begun
        time.sleep(2)  # the window manager of Wine shows a window a moment after it was painted
        shown = ImageGrab.grab(xdisplay=display)
        room.shut_down()
        process.kill()
        process.wait()
        colours = len(shown.getcolors(SCREEN[0] * SCREEN[1]) or [])
        if painted and colours >= FEWEST_COLOURS:
            _keep(shown, picture)
            return Tried(f"the login page is painted ({picture.stem[-2:]})", f"{colours} colours", number, seconds)
    raise TrialFailed(f"No login page after {TRIES} times; the last picture has {colours} colours.")


def _keep(shown: Image.Image, picture: Path) -> None:
    picture.parent.mkdir(parents=True, exist_ok=True)
    shown.save(picture)


def _says_painted(process: subprocess.Popen[bytes]) -> bool:
    """Whether the program says, within the time, that its login page stands."""
    heard = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            if line.strip() == b"painted":
                heard.set()

    threading.Thread(target=listen, daemon=True).start()
    return heard.wait(PAINT_SECONDS)


@contextmanager
def _screen(room: WineRoom) -> Iterator[str]:
    """A virtual screen that the user of *room* may draw on; gives its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        name = server.stdout.readline().strip() if server.stdout else ""
        yield f":{name}"
    finally:
        room.shut_down()
        server.terminate()
        server.wait()


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise TrialFailed(otherwise)


def _wait(holds: Callable[[], bool], otherwise: str) -> None:
    """An uninstaller goes on as a copy of itself after it has ended."""
    end = time.monotonic() + COMMAND_SECONDS
    while not holds():
        _require(time.monotonic() < end, otherwise)
        time.sleep(1)
