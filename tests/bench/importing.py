"""10,000 people out of an XLSX file, against executemany of the rows that this leaves in the record."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter

from tests.bench.homes import PASSPHRASE, USER, new_home
from tests.bench.report import Finding, duration
from tests.bench.timing import race, seconds_of
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.people_import import ImportTable
from tlbb_desktop.khmer import to_khmer_digits
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.entering import Unlocked, enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

PEOPLE = 10_000
AS_OF = date(2026, 10, 1)
HEADINGS = ("ល.រ", "អត្តលេខ", "គោត្តនាម និងនាម", "ឈ្មោះឡាតាំង", "ភេទ", "ថ្ងៃខែឆ្នាំកំណើត", "ខេត្ត")
PROVINCES = ("សៀមរាប", "ខេត្តបាត់ដំបង", "បន្ទាយមានជ័យ", "រាជធានីភ្នំពេញ")
TABLES = ("person", "person_identity", "person_contact", "custody_stay")
Rows = dict[str, list[tuple[Any, ...]]]


def measure(folder: Path) -> Iterator[Finding]:
    """Every round begins with an empty programme; all ends with a commit to the disk."""
    path = folder / "people.xlsx"
    _write_list(path)
    empty = new_home(folder / "empty")
    empty.close()
    keys = unlock(empty.home, USER, PASSPHRASE)
    keys.store.close()
    homes = _Homes(empty.home, keys, folder)

    desk = homes.fresh()
    table = desk.people_import.open_file(path)
    taken = _take_in(desk, table)
    assert taken == PEOPLE, f"only {taken} were taken in"
    rows = _rows(desk)
    desk.close()

    reading: list[float] = []

    def ours() -> float:
        desk = homes.fresh()
        reading.append(seconds_of(lambda: desk.people_import.open_file(path)))
        taking = seconds_of(lambda: _take_in(desk, table))
        desk.close()
        return reading[-1] + taking

    def bare() -> float:
        desk = homes.fresh()
        seconds = seconds_of(lambda: _insert(desk, rows))
        desk.close()
        return seconds

    found = race(3, ours, bare)
    without_file = (found.median() - median(reading)) / found.median(1)
    yield Finding(
        f"importing {PEOPLE:,} people",
        found.median(),
        f"executemany of the same {sum(map(len, rows.values())):,} rows through SQLCipher, one transaction",
        found.median(1),
        found.ratio(),
        most_ratio=3,
        remarks=(
            "ours: read the XLSX, find headings, normalise, check, look for doubles, keys, seal, write, audit, commit",
            f"reading the file takes {duration(median(reading))}; without it the ratio is {without_file:.2f}",
        ),
    )


class _Homes:
    """Copies of an empty programme; opening one again makes no keys anew."""

    def __init__(self, empty: Home, opened: Unlocked, folder: Path) -> None:
        self._empty, self._keys, self._folder = empty, opened.keys, folder

    def fresh(self) -> Desk:
        """The manager's desk over another copy, in the place of the one before."""
        home = Home(self._folder / "import")
        shutil.rmtree(home.path, ignore_errors=True)
        shutil.copytree(self._empty.path, home.path)
        return open_desk(home, enter(home, KeyringFile(home.path).load(), self._keys, SystemClock(), "login"))


def _take_in(desk: Desk, table: ImportTable) -> int:
    lines = desk.people_import.preview(desk.people_import.propose(table), AS_OF)
    return len(desk.people_import.take(lines).added)


def _rows(desk: Desk) -> Rows:
    with desk.office.store.read() as connection:
        return {table: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")] for table in TABLES}


def _insert(desk: Desk, rows: Rows) -> None:
    with desk.office.store.write() as session:
        connection = session.connection().connection.dbapi_connection
        assert connection is not None
        for table, listed in rows.items():
            if listed:
                places = ", ".join("?" * len(listed[0]))
                connection.cursor().executemany(f"INSERT INTO {table} VALUES ({places})", listed)


def _write_list(path: Path) -> None:
    """A list as offices keep it: Khmer headings, Khmer digits, birth dates written in several ways."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, HEADINGS)
    for number, (names, sex) in enumerate(invent_names(PEOPLE), 1):
        born = date(2007, 1, 1) + timedelta(days=number % 1400)
        cells = (
            to_khmer_digits(str(number)),
            f"SR-26-{number:05d}",
            names.khmer.replace(" ", "\u200b") if number % 3 == 0 else names.khmer,
            names.latin,
            "ស្រី" if sex == "F" else "ប្រុស",
            _written(born, number),
            PROVINCES[number % len(PROVINCES)],
        )
        page.write_row(number, 0, cells)
    book.close()


def _written(born: date, number: int) -> str:
    ways = (
        born.strftime("%d/%m/%Y"),
        to_khmer_digits(born.strftime("%d-%m-%Y")),
        f"{born:%Y-%m-%d}",
        to_khmer_digits(str(born.year)),
        to_khmer_digits(f"{AS_OF.year - born.year}") + " ឆ្នាំ",
    )
    return ways[number % len(ways)]
