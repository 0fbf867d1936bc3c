"""The job of a process that works in a home whose disk fails now and then, and says what was done and what refused.

Its lines are those of ``working_process``; an act that was refused is one more line, with the kind of the error and the
sentence that a person reads. Anything else that is raised ends the process.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.faults import record
from tests.faults.own_process import TRIES, in_haste, tell
from tests.faults.working_process import Worker, unlock_keys
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.catalog import KHMER, activate
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import HomeState, home_state
from tlbb_desktop.wiring import Desk


def attempt(worker: Worker, name: str, act: Callable[[], object], *, here: bool = True) -> bool:
    """Do an act; tell that it was acknowledged, or why not. The keyring is whole either way.

    Args:
        worker: whose home it is.
        name: of the act.
        act: raises where it is refused.
        here: whether it changes this home.
    """
    try:
        act()
    except TlbbError as error:
        tell(refused=name, why=type(error).__name__, sentence=explain(error))
        KeyringFile(worker.home.path).load()
        return False
    if here:
        worker.acknowledged(name)
    else:
        tell(elsewhere=name)
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


def take_list(desk: Desk, number: int) -> None:
    """An import of some people who are not on the list yet."""
    lines = (f"N-{number}-{each}\tសុខ\tដារ៉ា\tM" for each in range(8))
    table = desk.people_import.open_text("\n".join(("code\tfamily name\tgiven name\tsex", *lines)))
    desk.people_import.take(desk.people_import.preview(desk.people_import.propose(table), date(2026, 10, 1)))


def bring_back(home: Home, number: int) -> None:
    """A restore of the newest backup, as on a new laptop; it is there whole or not at all."""
    newest = max(home.backups.glob("*.tlbb"), key=lambda path: path.stat().st_mtime_ns)
    new = Home(home.path.with_name(f"brought back {number}"))
    try:
        restore(newest, new, username=MANAGER, passphrase=PASSPHRASE)
    except TlbbError:
        assert home_state(new) is HomeState.EMPTY
        raise
    finally:
        shutil.rmtree(new.path, ignore_errors=True)


def renew_keys(worker: Worker, desk: Desk, number: int) -> None:
    """Somebody comes and goes; where the record cannot be moved under the new keys now, it is later."""
    desk.staff.add(record.colleague(f"passer{number}", Role.TRAINER))
    worker.acknowledged("staff")
    try:
        desk.staff.deactivate(f"passer{number}")
    finally:
        worker.cipher = FieldCipher(unlock_keys(desk))


def hand_over(worker: Worker, desk: Desk, class_id: int, number: int) -> None:
    """An import, a certificate, a restore, new keys."""
    people = [each.person_id for each in desk.classes.enrolments(class_id)][number::30]
    attempt(worker, "import", lambda: take_list(desk, number))
    attempt(worker, "certificate", lambda: desk.certificates.issue_at_once(class_id, people, despite="a test"))
    attempt(worker, "restore", lambda: bring_back(worker.home, number), here=False)
    attempt(worker, "new keys", lambda: renew_keys(worker, desk, number))


def work_while_failing(home: Path, rounds: int) -> None:
    """Log in, however often it takes, and do a little of everything."""
    in_haste()
    activate(KHMER)
    worker = Worker(Home(home))
    opened: list[Desk] = []
    for _ in range(TRIES):
        if attempt(worker, "login", lambda: opened.append(worker.sit_down())):
            break
    desk = opened[-1]
    class_id = desk.classes.class_named("SR-MOTO")
    for number in range(rounds):
        work_a_little(worker, desk, class_id, number)
        hand_over(worker, desk, class_id, number)
    tell(ended=True)
