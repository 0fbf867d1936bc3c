"""What the reports page shows and does, without widgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from tlbb_desktop.domain.classes import Course
from tlbb_desktop.domain.evidence_indicators import report_keys
from tlbb_desktop.domain.exchange import CurrentUntil
from tlbb_desktop.domain.indicators import Figure
from tlbb_desktop.domain.issued_reports import Issued
from tlbb_desktop.domain.outcome_reports import Change, OutcomeFilter, OutcomeReport
from tlbb_desktop.domain.people import Prison, Sex
from tlbb_desktop.domain.recidivism import RecidivismQuestion, RecidivismTable
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

WINDOWS: Final = ((6, 12), (6,), (12,), (3, 6, 12, 24))
#: So many years of release are offered, this one included.
YEARS: Final = 12
_LAST_MONTH, _LAST_DAY = 12, 31
#: The keys of the indicators of each card; re-offending has a card of its own, with its windows.
GROUPS: Final = (
    ("work", ("employment-3", "employment-6", "employment-12", "learning-6", "trade-6")),
    ("contact", ("first-contact", "coverage-3", "coverage-6", "promise-6")),
    ("ready", ("ready", "family-contact")),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked.

    Args:
        as_of: day up to which everything is looked at.
        months: the windows.
        completers: whether only completers; never mixed with all.
        level: evidence that an event needs.
        prison_id, trade, sex: of whom; None = everybody.
        year: of the first release, or None.
    """

    as_of: date
    months: tuple[int, ...] = WINDOWS[0]
    completers: bool = False
    level: EvidenceLevel = EvidenceLevel.ARREST
    prison_id: int | None = None
    trade: str | None = None
    sex: Sex | None = None
    year: int | None = None

    @property
    def first(self) -> date | None:
        """First day of release of the cohort."""
        return None if self.year is None else date(self.year, 1, 1)

    @property
    def last(self) -> date | None:
        """Its last day."""
        return None if self.year is None else date(self.year, _LAST_MONTH, _LAST_DAY)

    def people(self) -> OutcomeFilter:
        """Whose outcomes are counted."""
        return OutcomeFilter(self.prison_id, self.trade, self.sex, self.first, self.last)

    def keys(self) -> tuple[str, ...]:
        """The indicators of the report: re-offending as it is asked, completers apart, and all the others."""
        return report_keys(self.months, self.level, (True,) if self.completers else (False, True))

    def question(self) -> RecidivismQuestion:
        """What is asked about re-offending."""
        return RecidivismQuestion(self.as_of, self.months, self.completers, self.level, self.first, self.last)


class ReportsPresenter:
    """Figures as of a day.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.wish = Wish(self.today)
        self.table: RecidivismTable | None = None
        self.report: OutcomeReport | None = None
        self.issued_as = ""
        self.issued: tuple[Issued, ...] = ()
        self.sites: tuple[CurrentUntil, ...] = ()

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    def ask(self, **changed: Any) -> None:
        """Ask otherwise: fields of :class:`Wish`. Raises what the services raise, and then shows what was shown."""
        before, self.wish = self.wish, replace(self.wish, **changed)
        try:
            self.load()
        except Exception:
            self.wish = before
            raise

    def load(self) -> None:
        """Count."""
        table = self._desk.outcomes.recidivism(self.wish.question(), self.wish.people())
        self.report = self._desk.outcome_reports.report(self.wish.as_of, self.wish.people(), self.wish.keys())
        self.table, self.issued_as = table, ""
        self.sites = self._desk.exchange.current_until()
        self.issued = self._desk.outcome_reports.issued() if self.may_issue() else ()

    def figures(self, group: str) -> tuple[Figure, ...]:
        """The figures of a card."""
        keys = dict(GROUPS)[group]
        return tuple(each for each in self.report.figures if each.indicator.key in keys) if self.report else ()

    def people(self, rows: Iterable[int]) -> dict[int, str]:
        """Code by row, in order of code."""
        return {person.id: person.code for person in self._desk.outcomes.people(rows)}

    def may_issue(self) -> bool:
        """Whether the reader may keep a report as issued."""
        return self._desk.office.may(Action.OUTCOME_ISSUE)

    def may_open_people(self) -> bool:
        """Whether the reader may open a person's record."""
        return self._desk.office.may(Action.PEOPLE_READ)

    def issue(self, reason: str, corrects: str = "") -> str:
        """Keep the figures that are shown; returns the number."""
        if self.report is None:
            return ""
        number = self._desk.outcome_reports.issue(self.report, reason, corrects)
        self.issued_as = number
        self.issued = self._desk.outcome_reports.issued()
        return number

    def changes(self, number: str) -> tuple[Change, ...]:
        """Who stands elsewhere today than when it was issued."""
        return self._desk.outcome_reports.changes(number)

    def prisons(self) -> tuple[Prison, ...]:
        """Those where the programme works."""
        return self._desk.prisons.prisons(active_only=True)

    def trades(self) -> tuple[Course, ...]:
        """The courses."""
        return self._desk.classes.courses()

    def years(self) -> tuple[int, ...]:
        """Years of release, the newest first."""
        return tuple(range(self.today.year, self.today.year - YEARS, -1))

    def paper(self, language: str, number: str = "") -> bytes:
        """What is shown as a PDF, or the report that was issued as *number*, as it was then."""
        reports = self._desk.outcome_reports
        if number:
            return reports.issued_paper(number, language).pdf
        assert self.report is not None  # noqa: S101 - a paper is shown of what was counted
        return reports.paper(self.report, language).pdf

    def save_paper(self, language: str, path: Path, number: str = "") -> None:
        """Write it to *path*; an older file is replaced as a whole."""
        from tlbb_desktop.services.whole_file import require_place, write_whole

        require_place(path)
        write_whole(path, self.paper(language, number))
