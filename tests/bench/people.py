"""The list of 50,000 people: opened, and searched at every key, against the bare statement that finds the ids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtWidgets import QApplication, QTableView

from tests.bench.homes import filled_home
from tests.bench.report import Finding, duration
from tests.bench.timing import Race, race, seconds_of
from tests.bench.windows import Frame, application, wait_for_paint
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonKind, PersonRecord, PersonStatus
from tlbb_desktop.khmer import search_key
from tlbb_desktop.screens.people.list_page import PeopleListPage
from tlbb_desktop.screens.people.presenter import PeoplePresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.people_batch import PeopleBatch
from tlbb_desktop.wiring import Desk

PEOPLE = 50_000
KHMER_KEYS = ("ស", "សុ", "សុខ", "ដ", "ដា", "ដារ", "ច", "ចា", "ចាន់")
LATIN_KEYS = ("s", "so", "sok", "d", "da", "dar", "c", "ch", "chan")
_ALL = "SELECT id FROM person ORDER BY sort_key, id"
_FOUND = "SELECT id FROM person WHERE instr(search_text, ?) > 0 ORDER BY sort_key, id"


def measure(folder: Path) -> Iterator[Finding]:
    """The list as the window shows it, each time until its first page is painted."""
    application()
    desk = filled_home("people", folder, _fill)
    frame = Frame()
    page = PeopleListPage(PeoplePresenter(desk))
    table = page.findChild(QTableView)
    assert table is not None
    with desk.office.store.read() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None

        def opened() -> float:
            started = perf_counter()
            page.refresh()
            frame.put(page)
            wait_for_paint(table.viewport())
            taken = perf_counter() - started
            frame.clear()
            return taken

        found = race(9, opened, lambda: seconds_of(lambda: driver.execute(_ALL).fetchall()))
        yield Finding(
            f"people list of {PEOPLE:,} opens",
            found.median(),
            "bare SQLCipher query of the ids in the order of names",
            found.median(1),
            found.ratio(),
            most_seconds=0.4,
            remarks=(f"{page.model.rowCount():,} rows",),
        )
        frame.put(page)
        for script, keys in (("Khmer", KHMER_KEYS), ("Latin", LATIN_KEYS)):
            yield _keystroke(script, keys, page, table, driver)
    desk.close()


def _keystroke(script: str, keys: tuple[str, ...], page: PeopleListPage, table: QTableView, driver: object) -> Finding:
    typed = {side: cycle(keys) for side in ("ours", "bare")}
    whole: list[float] = []

    def answered() -> float:
        page._form.findEdit.setText(next(typed["ours"]))
        started = perf_counter()
        page._search_now()
        wait_for_paint(table.viewport())
        taken = perf_counter() - started
        while not page.model.is_complete:
            QApplication.processEvents()
        whole.append(perf_counter() - started)
        return taken

    def bare() -> float:
        text = search_key(next(typed["bare"]))
        return seconds_of(lambda: driver.execute(_FOUND, (text,)).fetchall())  # type: ignore[attr-defined]

    found = race(len(keys) * 3, answered, bare)
    return Finding(
        f"people list answers a key in {script}",
        found.median(),
        "bare SQLCipher query of the ids that hold the text",
        found.median(1),
        found.ratio(),
        most_seconds=0.03,
        remarks=(
            f"slowest of {len(keys)} searches: {duration(_slowest(found, len(keys)))}",
            f"rows beyond the first page and the count follow, in all after {duration(median(whole))}",
        ),
    )


def _slowest(found: Race, searches: int) -> float:
    """The best round of the search that takes longest."""
    ours = found.seconds[0]
    return max(min(ours[start::searches]) for start in range(searches))


def _fill(desk: Desk) -> None:
    prison = desk.prisons.own()
    assert prison is not None
    stays = (CustodyStay(prison.id, desk.office.clock.today()),)
    records = [
        PersonRecord(
            id=None,
            code=f"SR-{number:05d}",
            names=names,
            sex=sex,
            kind=PersonKind.PARTICIPANT,
            status=PersonStatus.IN_TRAINING,
            stays=stays,
            identity=Identity(),
        )
        for number, (names, sex) in enumerate(invent_names(PEOPLE))
    ]
    with desk.office.act(Action.PEOPLE_IMPORT, prison.id) as act:
        PeopleBatch(act, desk.office.cipher, prison.code).add(records)
