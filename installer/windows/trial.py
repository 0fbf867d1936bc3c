"""Tries the bundle under Wine: that it starts, founds, copies and paints. ``setup_trial.py`` tries setup.exe.

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
from windows.wine import WineRoom

TRIES = 3
COMMAND_SECONDS = 180
PAINT_SECONDS = 120
INSTALL_SECONDS = 600
SCREEN = (1366, 768)
#: A painted page has text and pictures; an empty window or a message has a handful of colours.
FEWEST_COLOURS = 200
WORDS_OF_TRIAL = "river bamboo lantern harbour moon"

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
        succeeds(room, "the version is told", [command, "--version"]),
        succeeds(room, "a programme is founded", [command, "--home", home, *founding(room)], lambda: empty(home)),
        succeeds(room, "its record passes every check", [command, *whoever, "check"]),
        succeeds(room, "it is copied without a passphrase", [command, "--home", home, "backup", "copy"]),
    ]
    with screen(room) as display:
        windows: dict[str, Words] = {each: [window, "--home", home, "--lang", each] for each in ("km", "en")}
        tried += [_window(room, windows[each], display, pictures / f"login-{each}.png") for each in windows]
    return tried


def founding(room: WineRoom) -> Words:
    """The command that makes a programme, without the home."""
    recovery = room.folder / "recovery.txt"
    recovery.unlink(missing_ok=True)
    files: Words = ["--passphrase-file", room.folder / "passphrase.txt", "--recovery-file", recovery]
    return ["init", "--prison", "SR", "--manager", "sokha", *files]


def empty(home: Path) -> None:
    """Nothing of a try that hung halfway."""
    shutil.rmtree(home, ignore_errors=True)


def succeeds(room: WineRoom, what: str, command: Words, before: Callable[[], None] = lambda: None) -> Tried:
    """Run *command* until it ends with 0; *before* makes ready for each try."""
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


def ended(room: WineRoom, what: str, command: Words, code: int) -> Tried:
    """Run *command*, which must end with *code*; one that hangs is ended, as by a power cut, and begun again."""
    for number in range(1, TRIES + 1):
        begun = time.monotonic()
        ran = room.run(command, seconds=INSTALL_SECONDS)
        if ran.code == code:
            return Tried(what, f"exit code {code}", number, time.monotonic() - begun)
        if ran.code is not None:
            raise TrialFailed(f"{what}: ended with {ran.code} and not {code}. {ran.text[-2000:]}")
    raise TrialFailed(f"{what}: did not end, {TRIES} times.")


def _window(room: WineRoom, command: Words, display: str, picture: Path) -> Tried:
    colours = 0
    for number in range(1, TRIES + 1):
        begun = time.monotonic()
        process = room.start([*command, "--painted"], more={"DISPLAY": display})
        painted = says_painted(process)
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


def says_painted(process: subprocess.Popen[bytes]) -> bool:
    """Whether the program says, within the time, that its login page stands."""
    heard = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            if line.strip() == b"painted":
                heard.set()

    threading.Thread(target=listen, daemon=True).start()
    return heard.wait(PAINT_SECONDS)


@contextmanager
def screen(room: WineRoom) -> Iterator[str]:
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


def require(holds: bool, otherwise: str) -> None:
    """Raise TrialFailed with *otherwise* where it does not hold."""
    if not holds:
        raise TrialFailed(otherwise)


def wait(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait until it *holds*, or raise TrialFailed; an uninstaller goes on as a copy of itself after it has ended."""
    end = time.monotonic() + COMMAND_SECONDS
    while not holds():
        require(time.monotonic() < end, otherwise)
        time.sleep(0.1)
