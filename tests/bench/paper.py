"""A month's XLSX of 40 learners × 31 sessions, against XlsxWriter making the same calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
from tests.documents.sheets import learner, sheet_of
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.documents.attendance_xlsx import month_workbook
from tlbb_desktop.domain.attendance import Mark, MarkCode, SessionRow, SessionState
from tlbb_desktop.domain.register import MonthSheet

Call = tuple[str, tuple[Any, ...], dict[str, Any]]
_CODES = (*[MarkCode.PRESENT] * 16, MarkCode.ABSENT, MarkCode.EXCUSED, MarkCode.LATE, MarkCode.INSTITUTION)


def measure(_folder: Path) -> Iterator[Finding]:
    """The workbook of one class-month, from the sheet's data to the bytes of the file."""
    sheet = _full_sheet()
    book = _Recorded.of(sheet)
    found = race(15, lambda: seconds_of(lambda: month_workbook(sheet, "km")), lambda: seconds_of(book.play))
    yield Finding(
        "a month's XLSX",
        found.median(),
        f"XlsxWriter alone: the same {len(book.calls)} calls on one page, {len(book.formats)} formats",
        found.median(1),
        found.ratio(),
        most_ratio=1.5,
        remarks=(f"{len(month_workbook(sheet, 'km'))} bytes, bare {len(book.play())}",),
    )


class _Recorded:
    """Every call that reaches XlsxWriter while our workbook is made."""

    def __init__(self) -> None:
        self.formats: list[dict[str, Any]] = []
        self.calls: list[Call] = []
        self._numbers: dict[int, int] = {}

    @classmethod
    def of(cls, sheet: MonthSheet) -> _Recorded:
        """The calls that make the paper of *sheet*."""
        recorded = cls()

        class Book(xlsxwriter.Workbook):  # type: ignore[misc]
            def add_format(self, properties: dict[str, Any] | None = None) -> Format:
                made = super().add_format(properties)
                if properties and "xf_index" not in properties:  # the workbook makes its first ones by itself
                    recorded._numbers[id(made)] = len(recorded.formats)
                    recorded.formats.append(properties)
                return made

            def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
                return _Page(super().add_worksheet(name, worksheet_class), recorded._note)

        with patch("xlsxwriter.Workbook", Book):
            month_workbook(sheet, "km")
        return recorded

    def _note(self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        plain = tuple(_Number(self._numbers[id(each)]) if isinstance(each, Format) else each for each in arguments)
        self.calls.append((name, plain, named))

    def play(self) -> bytes:
        """Make the calls again with nothing around them."""
        stream = BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        formats = [book.add_format(properties) for properties in self.formats]
        page: Worksheet = book.add_worksheet()
        for name, arguments, named in self.calls:
            real = [formats[each] if isinstance(each, _Number) else each for each in arguments]
            getattr(page, name)(*real, **named)
        book.close()
        return stream.getvalue()


class _Number(int):
    """The number of a format."""


class _Page:
    """A worksheet that tells which of its methods are called."""

    def __init__(self, page: Worksheet, note: Callable[[str, tuple[Any, ...], dict[str, Any]], None]) -> None:
        self._page, self._note = page, note

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._page, name)

        def noted(*arguments: Any, **named: Any) -> Any:
            self._note(name, arguments, named)
            return method(*arguments, **named)

        return noted


def _full_sheet() -> MonthSheet:
    learners = tuple(learner(number, names=names, sex=sex) for number, (names, sex) in enumerate(invent_names(40), 1))
    sessions = tuple(
        SessionRow(day * 100 + hour, 7, date(2026, 11, day), time(hour), time(hour + 3), SessionState.HELD)
        for day in range(1, 31)
        for hour in ((8, 14) if day == 30 else (8,))
    )
    marks = {}
    for session in sessions:
        for who in learners:
            code = _CODES[(session.id * 7 + who.person_id * 3) % len(_CODES)]
            reason = 1 if code in {MarkCode.EXCUSED, MarkCode.INSTITUTION} else None
            minutes = 15 if code is MarkCode.LATE else 0
            marks[session.id, who.person_id] = Mark(session.id, who.person_id, code, reason, minutes)
    return sheet_of(learners, sessions, marks)
