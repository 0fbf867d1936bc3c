"""What the sheets page shows and does, without widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tlbb_desktop.domain.class_papers import ClassPaper, PaperWish
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.register import MonthSheet, SheetDifference, SheetState
from tlbb_desktop.domain.sheet_rules import SheetLine, days_to_come
from tlbb_desktop.domain.today import SHEET_DAYS_AFTER
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

FOLDER_SETTING = "sheet_folder"
LANGUAGE_SETTING = "sheet_language"
FORMAT_SETTING = "sheet_format"
XLSX, PDF, CSV = "xlsx", "pdf", "csv"


class SheetsPresenter:
    """A prison's month: a line per class, and the sheet of one of them.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.month = self._likely_month()
        self.prison_id: int | None = None
        self.lines: dict[int, SheetLine] = {}
        self.sheet: MonthSheet | None = None
        self.paper = ClassPaper.ABSENCE_LIST
        self._live: MonthSheet | None = None
        self.missing: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    @property
    def class_id(self) -> int | None:
        """The class whose sheet is shown."""
        return self.sheet.register.group.id if self.sheet else None

    def prisons(self) -> tuple[Prison, ...]:
        """The sites whose sheets the reader may see."""
        limit = self._desk.office.prison_limit(Action.SHEET_READ)
        return tuple(each for each in self._desk.prisons.prisons(active_only=True) if limit is None or each.id in limit)

    def load(self, month: Month | None = None, prison_id: int | None = None, class_id: int | None = None) -> None:
        """Read the lines of a month.

        Args:
            month: None = as it was.
            prison_id: None = as it was; the home's own at first.
            class_id: a class whose prison is to be shown.
        """
        self.month = month or self.month
        if class_id is not None:
            prison_id = self._desk.classes.row(class_id).prison_id
        self.prison_id = prison_id or self.prison_id or self._first_prison()
        lines = self._desk.sheets.overview(self.month, self.prison_id) if self.prison_id else ()
        self.lines = {line.class_id: line for line in lines}
        if self.class_id not in self.lines:
            self.sheet = self._live = None

    def show(self, class_id: int) -> MonthSheet:
        """Read the sheet of a class."""
        self.sheet = self._desk.sheets.sheet(class_id, self.month)
        self._live = self._desk.sheets.live(class_id, self.month) if self.changed else None
        return self.sheet

    @property
    def changed(self) -> bool:
        """Whether marks or sessions of the sheet that is shown changed after it was issued."""
        line = self.lines.get(self.class_id or 0)
        return line is not None and line.changed

    def may(self, action: Action) -> bool:
        """Whether the reader may do *action* at the prison that is shown."""
        return self._desk.office.may(action, self.prison_id)

    @property
    def to_issue(self) -> bool:
        """Whether there is something to issue."""
        return self.sheet is not None and (self.sheet.number == 0 or self.changed)

    def may_issue(self) -> bool:
        """Whether there is something to issue, and the reader may."""
        return self.to_issue and self.may(Action.SHEET_ISSUE)

    def may_sign(self) -> bool:
        """Whether an issued sheet waits for its signature, and the reader may note it."""
        return self.sheet is not None and self.may(Action.SHEET_SIGN) and self.sheet.state is SheetState.ISSUED

    def hours_lost(self) -> int | None:
        """Minutes lost to the prison in the month, or None for a reader who may not know."""
        if self.prison_id is None or not self.may(Action.HOURS_LOST_READ):
            return None
        return self._desk.sheets.hours_lost(self.prison_id, self.month)

    def next_number(self) -> int:
        """The number that the next issue gets."""
        return (self.sheet.number if self.sheet else 0) + 1

    def differences(self) -> tuple[SheetDifference, ...]:
        """What would be corrected by the next issue, or what the issued correction changed."""
        if self._live is not None:
            return self._live.differences
        return self.sheet.differences if self.sheet else ()

    def unmarked_days(self) -> tuple[date, ...]:
        """Days on which marks are missing."""
        newest = self._live or self.sheet
        return newest.unmarked_days if newest else ()

    def days_to_come(self) -> tuple[date, ...]:
        """Days with a session that is still to come."""
        newest = self._live or self.sheet
        return days_to_come(newest.register, self.today) if newest else ()

    def session_on(self, day: date) -> int | None:
        """A session of the shown class on *day*, best one with a missing mark."""
        newest = self._live or self.sheet
        if newest is None:
            return None
        register = newest.register
        of_day = [session for session in register.sessions if session.day == day]
        for session in of_day:
            roster = (learner for learner in register.learners if learner.enrolled_on(day))
            if any((session.id, learner.person_id) not in register.marks for learner in roster):
                return session.id
        return of_day[0].id if of_day else None

    def issue(self) -> MonthSheet:
        """Freeze the figures under the next number."""
        return self._desk.sheets.issue(self._shown(), self.month)

    def sign(self, on: date, by: str, scan: bytes | None) -> MonthSheet:
        """Note the prison's signature."""
        return self._desk.sheets.sign(self._shown(), self.month, on, by, scan)

    def paper_language(self, otherwise: str) -> str:
        """The language in which this reader exports."""
        return str(self._desk.settings.mine(LANGUAGE_SETTING, otherwise))

    def keep_paper_language(self, language: str) -> None:
        """Remember the language."""
        self._desk.settings.put_mine(LANGUAGE_SETTING, language)

    def paper_format(self) -> str:
        """The format in which this reader exports."""
        return str(self._desk.settings.mine(FORMAT_SETTING, XLSX))

    def keep_paper_format(self, fmt: str) -> None:
        """Remember the format."""
        self._desk.settings.put_mine(FORMAT_SETTING, fmt)

    def folder(self, otherwise: Path) -> Path:
        """Where this reader's files go; *otherwise* when there is no such folder now, as with a stick pulled out."""
        kept = self._desk.settings.mine(FOLDER_SETTING)
        return Path(kept) if kept and Path(kept).is_dir() else otherwise

    def keep_folder(self, folder: Path) -> None:
        """Remember where files go."""
        self._desk.settings.put_mine(FOLDER_SETTING, str(folder))

    @property
    def shows_sheet(self) -> bool:
        """Whether the paper in sight is the absence list, which is numbered, issued and signed."""
        return self.paper is ClassPaper.ABSENCE_LIST

    def roll_day(self) -> date:
        """The day whose list the roll shows: today, or the day with a session of the month that is nearest to it."""
        assert self.sheet is not None  # noqa: S101 - as in _shown
        days = [session.day for session in self.sheet.register.sessions] or [self.month.first, self.month.last]
        return min(max(self.today, min(days)), max(days))

    def wish(self, language: str) -> PaperWish:
        """The paper in sight, in *language*."""
        day = self.roll_day() if self.paper is ClassPaper.ROLL else self.month.first
        return PaperWish(self.paper, self._shown(), day, language)

    def paper_name(self, language: str) -> str:
        """The name that the paper in sight has as a file, without its ending."""
        return Path(self._desk.class_papers.file_name(self.wish(language))).stem

    def paper_services(
        self, language: str
    ) -> tuple[Callable[[], bytes], Callable[[int, int], object], Callable[[Path], object]]:
        """What makes the paper in sight as a PDF, what records (pages, copies) that are printed, and what saves it."""
        papers, wish = self._desk.class_papers, self.wish(language)
        return (
            lambda: papers.paper(wish).pdf,
            lambda pages, copies: papers.note_print(wish, pages, copies),
            lambda place: papers.save(wish, place),
        )

    def exporter(self, fmt: str, language: str, folder: Path) -> Callable[[], Path]:
        """The work of writing the paper in sight, to be done in the background; only the sheet has other formats."""
        class_id, month, sheets = self._shown(), self.month, self._desk.sheets
        self.missing = ()
        if fmt == PDF or not self.shows_sheet:
            return self._paper_exporter(self.wish(language), folder)

        def write() -> Path:
            path = folder / sheets.file_name(class_id, month, fmt=fmt, language=language)
            return sheets.export(class_id, month, fmt=fmt, language=language, path=path)

        return write

    def _paper_exporter(self, wish: PaperWish, folder: Path) -> Callable[[], Path]:
        papers = self._desk.class_papers

        def write() -> Path:
            path = folder / papers.file_name(wish)
            self.missing = tuple(each.code_point for each in papers.save(wish, path).missing)
            return path

        return write

    def whole_exporter(self, fmt: str, language: str, folder: Path) -> Callable[[Callable[[int, int], None]], Path]:
        """The work of writing the prison's month; it is told a place to report to."""
        prison_id, month, sheets = self.prison_id or 0, self.month, self._desk.sheets
        papers = self._desk.class_papers
        self.missing = ()

        def write(progress: Callable[[int, int], None]) -> Path:
            if fmt == PDF:
                path = folder / papers.prison_file_name(prison_id, month, language)
                finished = papers.save_prison_month(prison_id, month, language, path, progress)
                self.missing = tuple(each.code_point for each in finished.missing)
                return path
            path = folder / sheets.prison_file_name(prison_id, month, language=language)
            return sheets.export_prison_month(prison_id, month, language=language, path=path, progress=progress)

        return write

    def _likely_month(self) -> Month:
        """Last month in the first days of a month, because its sheets are handed out now; else this month."""
        month = Month.of(self.today)
        return month.shift(-1) if self.today.day <= SHEET_DAYS_AFTER else month

    def _first_prison(self) -> int | None:
        prisons = self.prisons()
        own = self._desk.prisons.own()
        if own is not None and any(each.id == own.id for each in prisons):
            return own.id
        return prisons[0].id if prisons else None

    def _shown(self) -> int:
        assert self.class_id is not None  # noqa: S101 - the buttons are off while no sheet is shown
        return self.class_id
