"""Jobs of processes that found a programme in an empty home, or bring one back, and work in it, to be recorded.

Its output is one line of JSON for each step: before a commit what the record will say then, and after each act that
the program acknowledged, with the keyring as it lies on the disk and the backup that was made.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, event

from tests.faults import casework, record
from tests.faults.own_process import in_haste, tell
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.data.backup import read_content
from tlbb_desktop.data.schema import HEAD, schema_revision
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.backup_contents import keyring_inside
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import NewProgramme, create_programme, unlock
from tlbb_desktop.wiring import Desk, open_desk


class Worker:
    """Somebody who works in *home* and says what was acknowledged."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.cipher: FieldCipher | None = None
        self.desk: Desk | None = None
        event.listen(Engine, "commit", self._tell_commit)

    def _tell_commit(self, connection: Connection) -> None:
        file = Path(connection.exec_driver_sql("PRAGMA database_list").all()[0][2])
        if file.is_relative_to(self.home.path) and schema_revision(connection) == HEAD:
            tell(says=record.digest(record.contents(connection, self.cipher)))

    def acknowledged(self, act: str, **more: Any) -> None:
        """To be called when an act has returned."""
        keyring = KeyringFile(self.home.path).load()
        tell(done=act, generation=keyring.generation, mac=keyring.mac.hex(), **more)

    def sit_down(self) -> Desk:
        """Log in."""
        unlocked = unlock(self.home, MANAGER, PASSPHRASE)
        self.cipher = FieldCipher(unlocked.record_keys)
        return open_desk(self.home, unlocked, record.CLOCK)

    def found(self) -> None:
        """The first run."""
        created = create_programme(self.home, NewProgramme("SR", MANAGER, PASSPHRASE, "សុខា", "km"), FLOOR)
        created.unlocked.store.close()
        self.acknowledged("founded")

    def back_up(self, desk: Desk) -> None:
        """Make a backup in the home's own folder."""
        info = desk.backups.create()
        self.acknowledged("backup", backup=[info.path.name, info.digest])

    def fill(self, desk: Desk) -> int:
        """An import, people by the form, a class."""
        record.import_people(desk)
        self.acknowledged("import")
        for number in range(3):
            person_id = record.enrol_by_form(desk, number)
            self.acknowledged("person")
            record.change_by_form(desk, person_id, f"n{number}")
            self.acknowledged("person changed")
        class_id = record.open_class(desk)
        self.acknowledged("class")
        return class_id

    def mark(self, desk: Desk, class_id: int, first: int) -> None:
        """Thirty keys in the register."""
        for number, cell in enumerate(record.register_cells(desk, class_id), first):
            record.mark(desk, class_id, cell, number)
            self.acknowledged("mark")

    def change_keys(self, desk: Desk) -> None:
        """Two colleagues come, one of them leaves: the record moves under new keys."""
        desk.staff.add(record.colleague(record.COLLEAGUE, Role.TRAINER))
        self.acknowledged("staff")
        desk.staff.add(record.colleague("vanna", Role.SOCIAL_WORKER))
        self.acknowledged("staff")
        assert desk.staff.deactivate("vanna")
        self.cipher = FieldCipher(unlock_keys(desk))
        self.acknowledged("new keys")
        desk.staff.renew_recovery()
        self.acknowledged("recovery")

    def restore(self, backup: Path) -> None:
        """Bring a programme back from a backup, as on a new laptop."""
        with TemporaryDirectory() as folder:
            content = read_content(backup)
            self.cipher = FieldCipher(keyring_inside(backup, content, Path(folder)).unlock(MANAGER, PASSPHRASE))
        restore(backup, self.home, username=MANAGER, passphrase=PASSPHRASE)
        self.acknowledged("restored")


def unlock_keys(desk: Desk) -> Any:
    """The keys that the desk works with now."""
    return desk.staff._holder.record_keys


def day_of_work(home: Path) -> None:
    """Found a programme and work in it."""
    in_haste()
    worker = Worker(Home(home))
    worker.found()
    desk = worker.sit_down()
    worker.acknowledged("login")
    class_id = worker.fill(desk)
    worker.mark(desk, class_id, 0)
    worker.back_up(desk)
    desk.close()
    desk = worker.sit_down()
    worker.acknowledged("login")
    worker.change_keys(desk)
    worker.mark(desk, class_id, 1)
    desk.drafts.save("person", {"note": "half typed"}, "counselling")
    worker.acknowledged("draft")
    record.finish_month(desk, class_id)
    worker.acknowledged("sheet")
    assert all(line.sound for line in desk.integrity.check())
    worker.acknowledged("check")
    worker.back_up(desk)
    desk.close()


def days_of_casework(home: Path, backup: Path) -> None:
    """Bring back what an older program backed up, then cases, plans, a release and certificates."""
    in_haste()
    worker = Worker(Home(home))
    worker.restore(backup)
    desk = worker.sit_down()
    worker.acknowledged("login")
    for act in casework.days_of_casework(desk):
        worker.acknowledged(act)
    worker.back_up(desk)
    desk.close()
