"""A process that begins a programme on a server, and is killed at a step of it."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from tests.haste import haste
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services import founding
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import NewProgramme, create_programme


def die(*_anything: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(step: str) -> None:
    """Let this process end at *step*, as a power cut ends it."""
    if step == "before the commit":
        event.listen(Engine, "commit", die)
    elif step == "after the commit":
        founding._move_in = die
    else:
        assert step == "between the files"
        move, moved = founding.move, []

        def move_one(*files: Path) -> None:
            if moved:
                die()
            moved.append(files)
            move(*files)

        founding.move = move_one


def main() -> None:
    job = json.loads(sys.stdin.readline())
    home = Home(Path(job["home"]))
    die_at(job["step"])
    with haste():
        if job["backup"]:
            words = {"username": job["manager"], "passphrase": job["passphrase"]}
            restore(Path(job["backup"]), home, server=job["server"], **words)
        else:
            create_programme(home, NewProgramme("SR", job["manager"], job["passphrase"]), FLOOR, server=job["server"])


if __name__ == "__main__":
    main()
