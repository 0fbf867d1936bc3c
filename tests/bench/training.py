"""The progress board of 40 × 16, an attempt on the disk, the forecast of a class; against bare reads and commits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

from tests.bench.report import Finding, duration
from tests.bench.school import FIRST_DAY, LAST_DAY, LEARNERS, SESSIONS, School, school
from tests.bench.timing import race, seconds_of
from tests.bench.windows import Frame, application, wait_for_paint
from tlbb_desktop.data.queries.training import ENTRIES_OF_CLASS
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.curricula import CertificateRule
from tlbb_desktop.domain.forecast import ClassForecast, Verdict, forecast
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.board.screen import BoardScreen
from tlbb_desktop.services.class_curricula import ClassCurricula
from tlbb_desktop.services.class_forecast import class_plan
from tlbb_desktop.services.progress_reading import read_class
from tlbb_desktop.widgets.destinations import OpenBoard

UNITS: Final = 16
ASSESSED: Final = 12
ROUNDS: Final = 30
MARKS: Final = """
    SELECT m.session_id, m.person_id, m.code, m.minutes, m.reason_id
    FROM class_session AS s CROSS JOIN mark AS m ON m.session_id = s.id WHERE s.class_id = ?
"""
BARE_COMMIT: Final = "UPDATE mark SET minutes = ? WHERE session_id = ? AND person_id = ?"


def measure(folder: Path) -> Iterator[Finding]:
    """A class of forty with its 10,000 marks and 480 attempts; the bare commits go to a programme of their own."""
    application()
    ours, other = (school(folder / name, 10_000) for name in ("training", "bare"))
    _train(ours)
    yield from _board(ours)
    yield from _attempt(ours, other)
    yield from _forecast(ours)
    for each in (ours, other):
        each.desk.close()


def _board(ours: School) -> Iterator[Finding]:
    frame, tasks = Frame(), TaskRunner()
    course = ours.desk.classes.group(ours.class_id).course_id
    page = BoardScreen(ours.desk, tasks, ChangeSignal())
    cells = page._form.grid.cells

    def board() -> float:
        started = perf_counter()
        frame.put(page)
        page.open(OpenBoard(ours.class_id))
        wait_for_paint(cells.viewport())
        taken = perf_counter() - started
        model = cells.model()
        assert model.rowCount() == LEARNERS
        assert model.columnCount() > UNITS
        frame.clear()
        return taken

    def service() -> float:
        return seconds_of(lambda: ours.desk.progress.board(ours.class_id))

    def bare() -> float:
        with ours.desk.office.store.read() as connection:
            driver: Any = connection.connection.dbapi_connection
            started = perf_counter()
            assert len(driver.execute(MARKS, (ours.class_id,)).fetchall()) == LEARNERS * SESSIONS
            assert len(driver.execute(ENTRIES_OF_CLASS, (ours.class_id, course)).fetchall()) == LEARNERS * ASSESSED
            taken = perf_counter() - started
        started = perf_counter()
        view = QTableView()
        view.setModel(QStandardItemModel(LEARNERS, UNITS, view))
        frame.put(view)
        wait_for_paint(view.viewport())
        taken += perf_counter() - started
        frame.clear()
        frame.drop(view)
        return taken

    found = race(ROUNDS, board, bare, service)
    yield Finding(
        f"progress board {LEARNERS} × {UNITS} opens, 10⁴ marks",
        found.median(),
        "bare SQLCipher read of marks and attempts + first paint of an empty QTableView of that size",
        found.median(1),
        found.ratio(),
        most_ratio=2,
        remarks=(f"reading alone {duration(found.median(2))}",),
    )
    tasks.close()


def _attempt(ours: School, other: School) -> Iterator[Finding]:
    board = ours.desk.progress.board(ours.class_id)
    person, unit = board.learners[0].person_id, board.units[-1].id or 0
    outcomes = cycle((Outcome.NOT_YET, Outcome.COMPETENT))
    minutes = cycle((1, 2, 3))
    with other.desk.office.store.read() as connection:
        cell = connection.exec_driver_sql("SELECT session_id, person_id FROM mark LIMIT 1").one()
    raw = other.desk.office.store.engine.raw_connection()
    driver: Any = raw.dbapi_connection

    def attempt() -> float:
        wish = SetAttempt(person, unit, LAST_DAY, next(outcomes))
        return seconds_of(lambda: ours.desk.assessment.assess(ours.class_id, [wish]))

    def commit() -> float:
        values = (next(minutes), *cell)
        return seconds_of(lambda: driver.execute(BARE_COMMIT, values))

    found = race(2 * ROUNDS, attempt, commit)
    yield Finding(
        "attempt on the disk, with its audit",
        found.median(),
        "bare one-row SQLCipher commit (WAL, FULL)",
        found.median(1),
        found.ratio(),
        most_ratio=6,
        most_seconds=0.016,
    )
    raw.close()


def _forecast(ours: School) -> Iterator[Finding]:
    with ours.desk.office.store.read() as connection:
        reading = read_class(connection, ours.class_id, LAST_DAY, ClassCurricula())

    #: So strict that most of the class is short and the search for make-ups has something to do.
    rule = CertificateRule(all_units=False, attendance_percent=97)

    def stood() -> ClassForecast:
        return forecast(replace(class_plan(reading), rule=rule))

    def ours_only() -> float:
        return seconds_of(stood)

    def board() -> float:
        return seconds_of(lambda: ours.desk.progress.board(ours.class_id))

    found = race(ROUNDS, ours_only, board)
    made = stood()
    told = ", ".join(f"{made.count(verdict)} {verdict}" for verdict in Verdict)
    yield Finding(
        f"forecast of a class of {LEARNERS}",
        found.median(),
        "the board that it is computed from, read",
        found.median(1),
        found.ratio(),
        most_seconds=0.05,
        remarks=(f"{told}; {len(made.make_ups)} sessions to make up",),
    )


def _train(ours: School) -> None:
    """Sixteen units, one after the other; at the end of each of the first twelve a whole class is assessed."""
    desk, class_id = ours.desk, ours.class_id
    curriculum = desk.curricula.of_class(class_id)
    assert curriculum is not None
    people = [each.person_id for each in desk.classes.enrolments(class_id)]
    spell = timedelta(days=(LAST_DAY - FIRST_DAY).days // UNITS)
    for place, unit in enumerate(curriculum.units):
        desk.teaching.set_unit(class_id, unit.id or 0, FIRST_DAY + place * spell)
        if place < ASSESSED:
            day = FIRST_DAY + (place + 1) * spell
            desk.assessment.assess(
                class_id,
                [
                    SetAttempt(
                        person, unit.id or 0, day, Outcome.COMPETENT if (person + place) % 7 else Outcome.NOT_YET
                    )
                    for person in people
                ],
            )
