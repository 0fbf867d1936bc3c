"""A key in the register: mark, history and audit on the disk, the cell repainted; against a bare commit and repaint."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from tests.bench.register import SESSIONS, grid_of
from tests.bench.report import Finding, duration
from tests.bench.school import LEARNERS, MONTH, school
from tests.bench.timing import race, seconds_of
from tests.bench.windows import Frame, application, wait_for_paint, watch
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.qt.at_rest import REST_MILLISECONDS
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.register.grid_model import LEFT
from tlbb_desktop.screens.register.screen import RegisterScreen
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.month_grid import CELL_WIDTH

ROUNDS = 50
BARE_COMMIT = (
    "INSERT INTO mark (session_id, person_id, code, minutes, note, version, marked_at) VALUES (?, ?, ?, 0, '', 1, 0)"
    " ON CONFLICT (session_id, person_id) DO UPDATE SET code = excluded.code"
)


def measure(folder: Path) -> Iterator[Finding]:
    """Real key events in the page, a million marks inside; the bare commits go to a programme of their own."""
    application()
    ours, other = school(folder / "key", 1_000_000), school(folder / "key", 10_000)
    frame, tasks, changes = Frame(), TaskRunner(), ChangeSignal()
    page = RegisterScreen(ours.desk, tasks, changes)
    frame.put(page)
    page.open(OpenRegister(ours.class_id, MONTH))
    cells = grid_of(page)
    wait_for_paint(cells.viewport())
    register = ours.desk.attendance.register(ours.class_id, MONTH)
    session, person = register.sessions[-1].id, register.learners[0].person_id
    keys = cycle((Qt.Key.Key_A, Qt.Key.Key_P))
    codes = cycle((MarkCode.LEFT_EARLY, MarkCode.PRESENT))

    def key() -> float:
        page._form.grid.go(3, LEFT + 10)
        wait_for_paint(cells.viewport())
        painted = watch(cells.viewport())
        started = perf_counter()
        QTest.keyClick(cells, next(keys))
        painted.wait()
        taken = perf_counter() - started
        QTest.qWait(2 * REST_MILLISECONDS)  # what follows at rest shall not fall into the next contestant's time
        return taken

    def service() -> float:
        wish = SetMark(session, person, next(codes))
        return seconds_of(lambda: ours.desk.attendance.mark(ours.class_id, [wish]))

    bare_frame = Frame()
    view = QTableView()
    model = QStandardItemModel(LEARNERS, SESSIONS, view)
    view.setModel(model)
    view.horizontalHeader().setDefaultSectionSize(CELL_WIDTH)
    bare_frame.put(view)
    wait_for_paint(view.viewport())
    words = cycle(("absent", "present", "late"))  # SQLite does not write what is there already
    with other.desk.office.store.read() as connection:
        row = connection.exec_driver_sql("SELECT session_id, person_id FROM mark LIMIT 1").one()
    raw = other.desk.office.store.engine.raw_connection()
    driver: Any = raw.dbapi_connection

    def bare() -> float:
        word, painted = next(words), watch(view.viewport())
        started = perf_counter()
        driver.execute(BARE_COMMIT, (*row, word))
        model.setData(model.index(3, 10), word)
        painted.wait()
        return perf_counter() - started

    def commit() -> float:
        return seconds_of(lambda: driver.execute(BARE_COMMIT, (*row, next(words))))

    found = race(ROUNDS, key, bare, service, commit)
    yield Finding(
        "key → committed and repainted",
        found.median(),
        "bare one-row SQLCipher commit (WAL, FULL) + repaint of one cell of a QTableView",
        found.median(1),
        found.ratio(),
        most_ratio=3,
        most_seconds=0.016,
        remarks=(f"the service alone {duration(found.median(2))}, the bare commit alone {duration(found.median(3))}",),
    )
    raw.close()
    tasks.close()
    for each in (ours, other):
        each.desk.close()
