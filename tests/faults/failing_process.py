"""The job of a process that works in a home whose disk fails now and then, and says what was done and what refused.

Its lines are those of ``working_process``; an act that was refused is one more line, with the kind of the error.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults import record
from tests.faults.own_process import TRIES, in_haste, tell
from tests.faults.working_process import Worker
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk


def attempt(worker: Worker, name: str, act: Callable[[], object]) -> bool:
    """Do an act; tell that it was acknowledged, or why not. The keyring is whole either way."""
    try:
        act()
    except (TlbbError, OSError) as error:
        tell(refused=name, why=type(error).__name__)
        KeyringFile(worker.home.path).load()
        return False
    worker.acknowledged(name)
    return True


def back_up(worker: Worker, desk: Desk) -> None:
    """Make a backup beside the older ones."""
    info = desk.backups.create()
    worker.acknowledged("backup", backup=[info.path.name, info.digest])


def work_a_little(worker: Worker, desk: Desk, class_id: int, number: int) -> None:
    """Five marks, a form, a change of the keyring, a draft, a backup."""
    for cell in record.register_cells(desk, class_id)[:5]:
        attempt(worker, "mark", lambda cell=cell: record.mark(desk, class_id, cell, number + cell[1]))
    attempt(worker, "person", lambda: record.change_by_form(desk, 1, f"n{number}"))
    attempt(worker, "keyring", lambda: desk.staff.rename("sokha", f"Name {number}"))
    attempt(worker, "draft", lambda: desk.drafts.save("person", {"note": number}))
    attempt(worker, "backup", lambda: back_up(worker, desk))


def work_while_failing(home: Path, rounds: int) -> None:
    """Log in, however often it takes, and do a little of everything."""
    in_haste()
    worker = Worker(Home(home))
    opened: list[Desk] = []
    for _ in range(TRIES):
        if attempt(worker, "login", lambda: opened.append(worker.sit_down())):
            break
    desk = opened[-1]
    class_id = desk.classes.class_named("SR-MOTO")
    for number in range(rounds):
        work_a_little(worker, desk, class_id, number)
    tell(ended=True)
