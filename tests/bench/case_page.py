"""A case of five years, part by part: what its page reads, and until it is painted.

The reading is measured against the bare queries and decrypting the same fields; the painted page, against these and the
first paint of the page without a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import partial
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
from tlbb_desktop.wiring import Desk

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


@dataclass(slots=True)
class Asked:
    """What a page asks of the services.

    Args:
        calls: each with its arguments in it, in their order.
    """

    calls: list[Callable[[], Any]] = field(default_factory=list)


class Overheard:
    """A service whose calls are noted.

    Args:
        service: that answers.
        asked: where they are noted.
    """

    def __init__(self, service: Any, asked: Asked) -> None:
        self._service, self._asked = service, asked

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._service, name)
        if not callable(found):
            return found

        def call(*arguments: Any, **options: Any) -> Any:
            self._asked.calls.append(partial(found, *arguments, **options))
            return found(*arguments, **options)

        return call


def measure(folder: Path) -> Iterator[Finding]:
    """From the wish to see the case to the painted part, in a window that is open already."""
    application()
    ours = five_years(folder)
    frame, tasks, asked = Frame(), TaskRunner(), Asked()
    page = CasesScreen(_overheard(ours.desk, asked), tasks, ChangeSignal())
    for part in page.case_pane.section_names:
        yield from _part(frame, page, ours, asked, part)
    tasks.close()
    ours.desk.close()


def _overheard(desk: Desk, asked: Asked) -> Desk:
    """The desk as the page gets it."""
    services = {each.name: getattr(desk, each.name) for each in fields(desk) if each.name not in {"home", "office"}}
    return replace(desk, **{name: Overheard(service, asked) for name, service in services.items()})


def _part(frame: Frame, page: CasesScreen, ours: FiveYears, asked: Asked, part: str) -> Iterator[Finding]:
    opened = _opened(frame, page, ours, part)
    first = opened()
    reading = Reading()
    asked.calls.clear()
    with _recorded(ours, reading):
        opened()
    calls, bare = (
        list(asked.calls),
        f"its {len(reading.queries)} bare queries, decrypting its {len(reading.fields)} sealed fields",
    )
    with ours.desk.office.store.read() as connection:
        read = _reader(connection.connection.dbapi_connection, ours, reading)
        found = race(ROUNDS, _services(ours, calls), read)
        yield Finding(
            f"case of five years is read: {part}",
            found.median(),
            bare,
            found.median(1),
            found.ratio(),
            most_ratio=3,
            remarks=("as the page asks the services: permissions, audit of the reading, objects",),
        )
        found = race(ROUNDS, opened, _bare(frame, read, page.case_pane.section_names))
    yield Finding(
        f"case of five years is painted: {part}",
        found.median(),
        f"{bare} + first paint of the page without a case",
        found.median(1),
        found.ratio(),
        most_ratio=3,
        most_seconds=0.15,
        remarks=(f"the first time, when the part is built, {duration(first)}",),
    )


def _services(ours: FiveYears, calls: Sequence[Callable[[], Any]]) -> Callable[[], float]:
    def asked() -> float:
        started = perf_counter()
        with ours.desk.office.view():
            for call in calls:
                call()
        return perf_counter() - started

    return asked


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
