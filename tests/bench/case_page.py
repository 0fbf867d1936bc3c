"""A case of five years opens, part by part, against its bare queries, decrypting the same fields and an empty page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from PySide6.QtWidgets import QTableView, QWidget
from sqlalchemy import event

from tests.bench.five_years import FiveYears, five_years
from tests.bench.report import Finding, duration
from tests.bench.timing import race
from tests.bench.windows import Frame, application, wait_for_paint
from tlbb_desktop.forms.ui_case import Ui_CaseForm
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.screen import CasesScreen
from tlbb_desktop.widgets.destinations import OpenCase

ROUNDS: Final = 15


@dataclass(slots=True)
class Reading:
    """What it takes to read a part: each query and each sealed field once, however often the page asks.

    Args:
        queries: statements with their values in them.
        fields: arguments of the cipher.
    """

    queries: dict[str, None] = field(default_factory=dict)
    fields: dict[tuple[Any, ...], None] = field(default_factory=dict)


def measure(folder: Path) -> Iterator[Finding]:
    """From the wish to see the case to the painted part, in a window that is open already."""
    application()
    ours = five_years(folder)
    frame, tasks = Frame(), TaskRunner()
    page = CasesScreen(ours.desk, tasks, ChangeSignal())
    for part in page.case_pane.section_names:
        yield _part(frame, page, ours, part)
    tasks.close()
    ours.desk.close()


def _part(frame: Frame, page: CasesScreen, ours: FiveYears, part: str) -> Finding:
    opened = _opened(frame, page, ours, part)
    first = opened()
    reading = Reading()
    with _recorded(ours, reading):
        opened()
    with ours.desk.office.store.read() as connection:
        driver = connection.connection.dbapi_connection
        read = _reader(driver, ours, reading)
        found = race(ROUNDS, opened, _bare(frame, read, page.case_pane.section_names), read)
    return Finding(
        f"case of five years opens: {part}",
        found.median(),
        f"its {len(reading.queries)} bare queries, decrypting its {len(reading.fields)} sealed fields"
        " + first paint of the page without a case",
        found.median(1),
        found.ratio(),
        most_ratio=3,
        most_seconds=0.15,
        remarks=(
            f"the first time, when the part is built, {duration(first)}",
            f"without the empty page the baseline is {duration(found.median(2))}, the ratio {found.ratio(0, 2):.2f}",
        ),
    )


def _opened(frame: Frame, page: CasesScreen, ours: FiveYears, part: str) -> Callable[[], float]:
    def opened() -> float:
        started = perf_counter()
        frame.put(page)
        page.open(OpenCase(ours.case_id, part))
        wait_for_paint(page.case_pane.section)
        taken = perf_counter() - started
        assert page.case_pane.section_name == part
        frame.clear()
        return taken

    return opened


def _reader(driver: Any, ours: FiveYears, reading: Reading) -> Callable[[], float]:
    cipher = ours.desk.office.cipher

    def read() -> float:
        started = perf_counter()
        for query in reading.queries:
            driver.execute(query).fetchall()
        for sealed in reading.fields:
            cipher.decrypt(*sealed)
        return perf_counter() - started

    return read


def _bare(frame: Frame, read: Callable[[], float], parts: Sequence[str]) -> Callable[[], float]:
    def bare() -> float:
        started = perf_counter()
        read()
        empty = _empty_page(parts)
        frame.put(empty)
        wait_for_paint(empty)
        taken = perf_counter() - started
        frame.clear()
        frame.drop(empty)
        return taken

    return bare


def _empty_page(parts: Sequence[str]) -> QWidget:
    """The page without a case: its head, the list of its parts, and an empty table in the place of the part."""
    page, form = QWidget(), Ui_CaseForm()
    form.setupUi(page)
    form.sectionList.addItems(parts)
    form.stack.addWidget(QTableView())
    return page


@contextmanager
def _recorded(ours: FiveYears, into: Reading) -> Iterator[None]:
    """Note every query and every field that is opened."""
    engine, cipher = ours.desk.office.store.engine, ours.desk.office.cipher
    opens = cipher.decrypt

    def query(statement: str) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            into.queries[statement] = None

    def decrypt(*sealed: Any) -> bytes | None:
        into.fields[sealed] = None
        return opens(*sealed)

    def begin(driver: Any, *_rest: Any) -> None:
        driver.set_trace_callback(query)

    def end(driver: Any, *_rest: Any) -> None:
        driver.set_trace_callback(None)

    event.listen(engine, "checkout", begin)
    event.listen(engine, "checkin", end)
    cipher.decrypt = decrypt  # type: ignore[method-assign]
    try:
        yield
    finally:
        del cipher.decrypt
        event.remove(engine, "checkout", begin)
        event.remove(engine, "checkin", end)
