"""Damages copies of a filled home, opens and reads them with the program, and tells what came of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from tests.faults import record
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import StorageDamaged, TlbbError
from tlbb_desktop.domain.people import PeopleFilter
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.entering import enter, open_store
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk, open_desk

PAGE = 4096
UNREAD = 16
"""SQLCipher reads the salt here when none is given; the program gives one, so these bytes mean nothing."""


class Damage(StrEnum):
    """What happened to the files."""

    FLIPPED = "flipped bits"
    OVERWRITTEN = "a page overwritten"
    TRUNCATED = "truncated"
    SWAPPED = "two pages swapped"
    ZEROED = "a page of zeros"
    ZEROED_HEADER = "header of zeros"
    OLD_PAGES = "old pages copied back"
    OLD_FILE = "an old file copied back"
    WAL_GONE = "the write-ahead log gone"
    WAL_GARBAGE = "garbage in the write-ahead log"
    WAL_OF_ANOTHER = "an older write-ahead log"


@dataclass(frozen=True)
class Image:
    """The two files of a record at one moment."""

    database: bytes
    wal: bytes


@dataclass(frozen=True)
class Filled:
    """A filled home and what it looked like before.

    Args:
        path: of the home, closed.
        closed: its files.
        working: its files while it was open, with a part of the record in the write-ahead log.
        earlier: its files at moments before, each closed.
        committed: digests of what the record said after each commit.
    """

    path: Path
    closed: Image
    working: Image
    earlier: tuple[Image, ...]
    committed: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What the program made of a damaged copy.

    Args:
        damage: which one it was.
        number: of the copy.
        refused: whether it did not open.
        wrong: questions that were answered, and not as the undamaged record answers them.
        unsound: the checks that did not pass; empty when `check` found nothing, or was not reached.
        committed: of a whole older file, whether it says exactly what the record said after some commit.
        same: of all others, whether everything was answered as the record stands.
    """

    damage: Damage
    number: int
    refused: bool = False
    wrong: tuple[str, ...] = ()
    unsound: tuple[str, ...] = ()
    committed: bool = False
    same: bool = False


Answers = dict[str, Any]


def image_of(home: Home) -> Image:
    """The files as they lie there now."""
    wal = home.database.with_name("programme.db-wal")
    return Image(home.database.read_bytes(), wal.read_bytes() if wal.exists() else b"")


def fill(home: Home) -> Filled:
    """Fill a ready programme, some of it at a time."""
    earlier: list[Image] = []
    committed: set[str] = set()
    keys = _keys(home)
    cipher = FieldCipher(keys)

    def note(connection: Connection) -> None:
        committed.add(record.digest(record.contents(connection, cipher)))

    def at_work(work: Callable[[Desk], Any]) -> Any:
        desk = open_desk(home, _entered(home, keys), record.CLOCK)
        done = work(desk)
        desk.close()
        earlier.append(image_of(home))
        return done

    event.listen(Engine, "commit", note)
    at_work(record.import_people)
    person = at_work(lambda desk: record.enrol_by_form(desk, 0))
    class_id = at_work(record.open_class)
    at_work(lambda desk: [record.mark(desk, class_id, cell, 0) for cell in record.register_cells(desk, class_id)])
    at_work(lambda desk: record.change_by_form(desk, person, "changed"))
    desk = open_desk(home, _entered(home, keys), record.CLOCK)
    for number, cell in enumerate(record.register_cells(desk, class_id)):
        record.mark(desk, class_id, cell, number)
    record.change_by_form(desk, person, "changed again")
    record.finish_month(desk, class_id)
    working = image_of(home)
    desk.close()
    event.remove(Engine, "commit", note)
    return Filled(home.path, image_of(home), working, tuple(earlier), frozenset(committed))


def _keys(home: Home) -> UnlockedKeys:
    return KeyringFile(home.path).load().unlock(MANAGER, PASSPHRASE)


def _entered(home: Home, keys: UnlockedKeys) -> Any:
    return enter(home, KeyringFile(home.path).load(), keys, SystemClock(), "login")


def damaged(filled: Filled, damage: Damage, chance: random.Random) -> Image:
    """The files after *damage*."""
    image = filled.working if damage in _OF_WORKING else filled.closed
    return _DAMAGES[damage](image, filled, chance)


def _flipped(image: Image, _filled: Filled, chance: random.Random) -> Image:
    content = bytearray(image.database)
    for _ in range(chance.choice((1, 1, 3, 20))):
        content[chance.randrange(UNREAD, len(content))] ^= 1 << chance.randrange(8)
    return Image(bytes(content), image.wal)


def _with_page(image: Image, page: int, content: bytes) -> Image:
    start = page * PAGE
    return Image(image.database[:start] + content + image.database[start + PAGE :], image.wal)


def _page(image: Image, page: int) -> bytes:
    return image.database[page * PAGE : (page + 1) * PAGE]


def _some_page(image: Image, chance: random.Random) -> int:
    return chance.randrange(len(image.database) // PAGE)


def _overwritten(image: Image, _filled: Filled, chance: random.Random) -> Image:
    return _with_page(image, _some_page(image, chance), chance.randbytes(PAGE))


def _zeroed(image: Image, _filled: Filled, chance: random.Random) -> Image:
    return _with_page(image, _some_page(image, chance), bytes(PAGE))


def _zeroed_header(image: Image, _filled: Filled, chance: random.Random) -> Image:
    length = chance.choice((100, 512, PAGE))
    return Image(bytes(length) + image.database[length:], image.wal)


def _truncated(image: Image, _filled: Filled, chance: random.Random) -> Image:
    return Image(image.database[: chance.randrange(len(image.database))], image.wal)


def _swapped(image: Image, _filled: Filled, chance: random.Random) -> Image:
    one, other = chance.sample(range(len(image.database) // PAGE), 2)
    return _with_page(_with_page(image, one, _page(image, other)), other, _page(image, one))


def _old_pages(image: Image, filled: Filled, chance: random.Random) -> Image:
    """One or a few pages as they were, among those that have changed."""
    old = chance.choice(filled.earlier)
    common = min(len(old.database), len(image.database)) // PAGE
    changed = [page for page in range(common) if _page(old, page) != _page(image, page)]
    for page in chance.sample(changed, min(len(changed), chance.choice((1, 1, 2, 5)))):
        image = _with_page(image, page, _page(old, page))
    return image


def _old_file(_image: Image, filled: Filled, chance: random.Random) -> Image:
    return chance.choice(filled.earlier)


def _wal_gone(image: Image, _filled: Filled, _chance: random.Random) -> Image:
    return Image(image.database, b"")


def _wal_garbage(image: Image, _filled: Filled, chance: random.Random) -> Image:
    start = chance.randrange(len(image.wal))
    rest = chance.choice((b"", chance.randbytes(len(image.wal) - start)))
    return Image(image.database, image.wal[:start] + rest)


def _wal_of_another(image: Image, filled: Filled, chance: random.Random) -> Image:
    return Image(filled.closed.database, image.wal[: chance.randrange(1, len(image.wal))])


_DAMAGES: dict[Damage, Callable[[Image, Filled, random.Random], Image]] = {
    Damage.FLIPPED: _flipped,
    Damage.OVERWRITTEN: _overwritten,
    Damage.TRUNCATED: _truncated,
    Damage.SWAPPED: _swapped,
    Damage.ZEROED: _zeroed,
    Damage.ZEROED_HEADER: _zeroed_header,
    Damage.OLD_PAGES: _old_pages,
    Damage.OLD_FILE: _old_file,
    Damage.WAL_GONE: _wal_gone,
    Damage.WAL_GARBAGE: _wal_garbage,
    Damage.WAL_OF_ANOTHER: _wal_of_another,
}
#: Files of an earlier moment: nothing in them is wrong but the date.
WHOLE_BUT_OLD = (Damage.OLD_FILE, Damage.WAL_GONE, Damage.WAL_GARBAGE)
_OF_WORKING = {Damage.WAL_GONE, Damage.WAL_GARBAGE, Damage.WAL_OF_ANOTHER}


def _questions(desk: Desk) -> dict[str, Callable[[], Any]]:
    """What pages, papers and commands ask of the record."""
    people, names = desk.people.ids(PeopleFilter()), desk.classes.names()
    asked: dict[str, Callable[[], Any]] = {
        "people": lambda: desk.people.rows(people),
        "search": lambda: desk.people.quick_find("sok"),
        "staff": desk.staff.list,
        "prisons": desk.prisons.prisons,
        "courses": desk.classes.courses,
        "classes": lambda: desk.classes.classes(prison_id=desk.prisons.own().id),
        "last mark": desk.attendance.last_mark,
        "own prison": desk.prisons.own,
    }
    for person in sorted(people)[-3:]:
        asked[f"person {person}"] = lambda person=person: desk.people.record(person)
    for name in names:
        asked |= {
            f"register {name.code}": lambda name=name: desk.attendance.register(name.id, record.OCTOBER),
            f"tallies {name.code}": lambda name=name: desk.attendance.summary(name.id, record.OCTOBER),
            f"enrolled {name.code}": lambda name=name: desk.classes.enrolments(name.id),
            f"sheet {name.code}": lambda name=name: desk.sheets.sheet(name.id, record.OCTOBER),
        }
    return asked


def answers(desk: Desk) -> Answers:
    """What the program shows of a record; a question that it refuses in a sentence is left out."""
    found: Answers = {}
    with suppress(TlbbError):
        for name, ask in _questions(desk).items():
            with suppress(TlbbError):
                found[name] = ask()
    return found


class Surgery:
    """Opens damaged copies of one filled home.

    Args:
        filled: the home.
        theatre: where copies are laid out.
    """

    def __init__(self, filled: Filled, theatre: Path) -> None:
        self._filled, self._home = filled, Home(theatre / "damaged")
        self._keys = _keys(Home(filled.path))
        self._truth = self._answers_of(filled.closed)

    def lay_out(self, image: Image) -> Home:
        """The home with other files of the record."""
        shutil.rmtree(self._home.path, ignore_errors=True)
        self._home.make_folders()
        for keyring in self._filled.path.glob("keyring.*.json"):
            shutil.copy(keyring, self._home.path)
        self._home.database.write_bytes(image.database)
        if image.wal:
            self._home.database.with_name("programme.db-wal").write_bytes(image.wal)
        return self._home

    def damaged_copy(self, damage: Damage, number: int, seed: int) -> Home:
        """Lay out a copy that is the same for the same *seed*."""
        return self.lay_out(damaged(self._filled, damage, random.Random(f"{seed} {damage} {number}")))

    def operate(self, damage: Damage, number: int, seed: int) -> Outcome:
        """Damage a copy and read it."""
        home = self.damaged_copy(damage, number, seed)
        committed = damage in WHOLE_BUT_OLD and self._is_as_committed(home)
        try:
            desk = open_desk(home, _entered(home, self._keys), record.CLOCK)
        except StorageDamaged:
            return Outcome(damage, number, refused=True)
        try:
            seen = {} if damage in WHOLE_BUT_OLD else answers(desk)
            unsound = tuple(line.check for line in desk.integrity.check() if not line.sound)
        finally:
            desk.close()
        wrong = tuple(name for name in seen if name not in self._truth or seen[name] != self._truth[name])
        return Outcome(damage, number, wrong=wrong, unsound=unsound, committed=committed, same=seen == self._truth)

    def _is_as_committed(self, home: Home) -> bool:
        try:
            store, fitting = open_store(home, self._keys)
        except StorageDamaged:
            return False
        try:
            with store.read() as connection:
                said = record.digest(record.contents(connection, FieldCipher(fitting)))
        except StorageDamaged:
            return False
        finally:
            store.close()
        return said in self._filled.committed

    def _answers_of(self, image: Image) -> Answers:
        home = self.lay_out(image)
        desk = open_desk(home, _entered(home, self._keys), record.CLOCK)
        seen = answers(desk)
        desk.close()
        return seen


@cache
def surgery(filled: Filled, theatre: Path) -> Surgery:
    """One for a process; the undamaged answers are found once."""
    return Surgery(filled, theatre)


def outcomes(filled: Filled, theatre: Path, damage: Damage, copies: int, seed: int) -> list[Outcome]:
    """What came of *copies* damaged copies."""
    return [surgery(filled, theatre).operate(damage, number, seed) for number in range(copies)]
