"""The register of 40 learners × 31 sessions, opened and painted, against the bare marks and an empty grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

from tests.bench.report import Finding, duration
from tests.bench.school import LEARNERS, MONTH, School, school
from tests.bench.timing import race
from tests.bench.windows import Frame, application, wait_for_paint
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.register.screen import RegisterScreen
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.month_grid import CELL_WIDTH, CellView

SIZES = (1_000_000, 100_000, 10_000)
SESSIONS = 31
MARKS_OF_THE_MONTH = """
    SELECT m.session_id, m.person_id, m.code, m.reason_id, m.minutes, m.note, m.marked_at, m.marked_by
    FROM class_session AS s CROSS JOIN mark AS m ON m.session_id = s.id
    WHERE s.class_id = ? AND s.day BETWEEN ? AND ?
"""


def measure(folder: Path) -> Iterator[Finding]:
    """From the wish to see a class-month to the last painted cell, in a window that is open already."""
    application()
    frame = Frame()
    tasks, changes = TaskRunner(), ChangeSignal()
    schools = [school(folder, size) for size in SIZES]
    pages = [RegisterScreen(each.desk, tasks, changes) for each in schools]
    opened = [_opened(frame, page, each) for page, each in zip(pages, schools, strict=True)]
    with schools[0].desk.office.store.read() as connection:
        bare = _bare(frame, schools[0], connection.connection.dbapi_connection)
        found = race(15, opened[0], bare, *opened[1:])
    slope = ", ".join(
        f"{size:,} marks {duration(found.median(place))}" for size, place in zip(SIZES, (0, 2, 3), strict=True)
    )
    yield Finding(
        f"register {LEARNERS} × {SESSIONS} opens, 10⁶ marks inside",
        found.median(),
        "bare SQLCipher read of the month's marks + first paint of an empty QTableView of that size",
        found.median(1),
        found.ratio(),
        most_ratio=2,
        remarks=(
            slope,
            f"a hundred times the marks: {found.ratio(0, 3):.2f} × the time",
        ),
    )
    tasks.close()
    for each in schools:
        each.desk.close()


def grid_of(page: RegisterScreen) -> CellView:
    """The days of the register."""
    found = page.findChild(CellView)
    assert isinstance(found, CellView)
    return found


def _opened(frame: Frame, page: RegisterScreen, each: School) -> Callable[[], float]:
    wish = OpenRegister(each.class_id, MONTH)
    cells = grid_of(page).viewport()

    def opened() -> float:
        started = perf_counter()
        frame.put(page)
        page.open(wish)
        wait_for_paint(cells)
        taken = perf_counter() - started
        assert page._presenter.register is not None
        assert len(page._presenter.register.marks) == LEARNERS * SESSIONS
        frame.clear()
        return taken

    return opened


def _bare(frame: Frame, each: School, driver: Any) -> Callable[[], float]:
    month = (each.class_id, MONTH.first.isoformat(), MONTH.last.isoformat())

    def bare() -> float:
        started = perf_counter()
        assert len(driver.execute(MARKS_OF_THE_MONTH, month).fetchall()) == LEARNERS * SESSIONS
        view = QTableView()
        view.setModel(QStandardItemModel(LEARNERS, SESSIONS, view))
        view.horizontalHeader().setDefaultSectionSize(CELL_WIDTH)
        frame.put(view)
        wait_for_paint(view.viewport())
        taken = perf_counter() - started
        frame.clear()
        frame.drop(view)
        return taken

    return bare
