"""Reports of outcomes: counted at any day, kept as they were issued, and held against what is known later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, select

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import from_milliseconds, to_milliseconds
from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.domain.change_causes import Entered, EnteredKind, movers_of
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.evidence_indicators import indicator_with_key
from tlbb_desktop.domain.indicators import INDICATORS, MEASURES, Figure, Indicator, count
from tlbb_desktop.domain.issued_reports import Issued, IssuedFigure, IssuedReportForm
from tlbb_desktop.domain.outcome_reports import EVERYBODY, LISTS, Change, OutcomeFilter, OutcomeReport
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_issuing import is_demonstration
from tlbb_desktop.services.certificate_signing import issuer, word_setting
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.outcome_facts import FactReader, person_facts
from tlbb_desktop.services.outcome_reading import OutcomeMemory, collector_at_rest
from tlbb_desktop.services.outcome_wishes import chosen, filter_read, filter_written, whose
from tlbb_desktop.services.sealed_forms import ISSUED_REPORT

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper

KIND: Final = "outcomes"
_BETWEEN: Final = " | "


class OutcomeReportService:
    """Reports over the registry of indicators.

    Args:
        office: who asks, and on which record.
        memory: what was opened for other figures.
    """

    def __init__(self, office: Office, memory: OutcomeMemory) -> None:
        self._office, self._memory = office, memory

    def report(self, as_of: date, wish: OutcomeFilter = EVERYBODY, keys: Iterable[str] | None = None) -> OutcomeReport:
        """Count indicators as they are on *as_of*; reading them is written to the audit.

        Args:
            as_of: day up to which everything is looked at.
            wish: whose outcomes.
            keys: of the indicators; all of the registry when None.

        Raises:
            Refused: the day has not come yet.
            NotFound: there is no such indicator.
        """
        if as_of > self._office.clock.today():
            raise Refused(N_("The day {day} has not come yet."), place="as_of", day=as_of)
        return self._counted(as_of, wish, [_indicator(key) for key in keys] if keys is not None else INDICATORS)

    def _counted(self, as_of: date, wish: OutcomeFilter, wanted: Iterable[Indicator]) -> OutcomeReport:
        prisons, cipher = self._office.prison_limit(Action.OUTCOME_READ), self._office.cipher
        with collector_at_rest(), self._office.act(Action.OUTCOME_READ, enters=False) as act:
            reader = FactReader(act.connection, cipher, prisons, act.actor.staff_id, self._memory)
            facts, where = person_facts(reader, as_of, wish)
            act.record("protected_read", "outcome:report", f"people:{len(facts)}")
            counted = chosen(act.connection, facts, where, wish)
            figures = tuple(count(each, counted, as_of) for each in wanted)
            people = queries.people_of(act.connection, {each.person_id for each in counted})
            return OutcomeReport(
                as_of,
                wish,
                figures,
                {row: person.code for row, person in people.items()},
                PlanText(*issuer(act)),
                is_demonstration(act),
            )

    def issue(self, report: OutcomeReport, reason: str = "", corrects: str = "") -> str:
        """Keep a report as it is printed, with definitions and the people by code; returns its number.

        Args:
            report: from :meth:`report`.
            reason: why it is issued, or ``""``.
            corrects: number of the report that it takes the place of, or ``""``.

        Raises:
            NotFound: there is no report with the number *corrects*.
        """
        form = IssuedReportForm(
            KIND,
            {each.indicator.key: f"{each.indicator.among}{_BETWEEN}{each.indicator.counts}" for each in report.figures},
            filter_written(report.wish),
            tuple(_issued(report, each) for each in report.figures),
            reason.strip(),
        )
        with self._office.act(Action.OUTCOME_ISSUE) as act:
            earlier = self._row(act.connection, corrects).id if corrects else None
            row = models.IssuedReport(kind=KIND, number=_next_number(act), as_of=report.as_of, corrects_id=earlier)
            ISSUED_REPORT.add(act, self._office.cipher, row, form)
            act.record("outcome_issued", f"report:{row.id}", row.number)
            act.changed("issued_report", row.id)
            return row.number

    def paper(self, report: OutcomeReport, language: str, issued_as: str = "") -> FinishedPaper:
        """The report as it is printed; handing it out is written to the audit.

        Args:
            report: from :meth:`report`.
            language: ``km``, ``en`` or ``both``.
            issued_as: its number once it was issued, or ``""``.

        Raises:
            NotFound: there is no report with the number *issued_as*.
        """
        from tlbb_desktop.documents.outcome_report import outcome_report_paper
        from tlbb_desktop.documents.plan_pdf import plan_pdf
        from tlbb_desktop.documents.typesetting import PaperLanguage

        with self._office.act(Action.OUTCOME_ISSUE if issued_as else Action.OUTCOME_READ, enters=False) as act:
            what = f"report:{issued_as}" if issued_as else f"as_of:{report.as_of}"
            act.record("outcome_printed", what, f"{language} figures:{len(report.figures)}")
            issued = self._opened(self._row(act.connection, issued_as)) if issued_as else None
            document = outcome_report_paper(report, whose(act, report.wish), issued)
        return plan_pdf(document, PaperLanguage(language))

    def issued_paper(self, number: str, language: str) -> FinishedPaper:
        """A report as it was issued, printed again. Arguments and errors as for :meth:`paper`."""
        return self.paper(self.as_issued(number), language, number)

    def issued(self) -> tuple[Issued, ...]:
        """Every report that was issued, the newest first."""
        with self._office.read(Action.OUTCOME_ISSUE) as connection:
            return tuple(map(self._opened, queries.issued_reports(connection)))

    def as_issued(self, number: str) -> OutcomeReport:
        """A report with the figures that it was issued with, to be printed again; nothing is counted anew.

        Its people are numbered for the paper: who bears which code today is of no account.

        Raises:
            NotFound: there is no report with this number.
        """
        with self._office.act(Action.OUTCOME_ISSUE, enters=False) as act:
            issued = self._opened(self._row(act.connection, number))
            act.record("protected_read", f"report:{issued.number}", "as issued")
            wish = filter_read(issued.form.filters)
            rows = {code: row for row, code in enumerate(sorted(_codes(issued.form)), 1)}
            figures = tuple(_figure_read(issued.form, each, rows) for each in issued.form.figures)
            codes = {row: code for code, row in rows.items()}
            return OutcomeReport(issued.as_of, wish, figures, codes, PlanText(*issuer(act)), is_demonstration(act))

    def changes(self, number: str) -> tuple[Change, ...]:
        """Who stands elsewhere today than when a report was issued, for the same day, people and definitions.

        A figure whose measure the program no longer has is left out.

        Raises:
            NotFound: there is no report with this number.
        """
        with self._office.read(Action.OUTCOME_ISSUE) as connection:
            issued = self._opened(self._row(connection, number))
        then_wanted = [_as_defined(issued.form, each) for each in issued.form.figures]
        wanted = [each for each in then_wanted if each.among in MEASURES and each.counts in MEASURES]
        report = self._counted(issued.as_of, filter_read(issued.form.filters), wanted)
        then = {each.key: _places(each.people) for each in issued.form.figures}
        found: list[Change] = []
        for figure in report.figures:
            key = figure.indicator.key
            now = _places({name: report.people(figure, name) for name in LISTS})
            found += [
                Change(key, code, then[key].get(code, ""), now.get(code, ""))
                for code in sorted(then[key].keys() | now.keys())
                if then[key].get(code) != now.get(code)
            ]
        return self._explained(found, issued)

    def _explained(self, changes: Iterable[Change], issued: Issued) -> tuple[Change, ...]:
        """The changes with what was entered about each person since the report was issued."""
        found = list(changes)
        with self._office.store.read() as connection:
            rows = queries.person_ids_of_codes(connection, {each.code for each in found})
            entered: dict[int, list[Entered]] = {}
            for row in queries.entered_since(connection, rows.values(), to_milliseconds(issued.issued_at)):
                told = Entered(EnteredKind(row.kind), from_milliseconds(row.at).date())
                entered.setdefault(row.person_id, []).append(told)
        return tuple(
            replace(
                each,
                entered=tuple(
                    told for told in entered.get(rows.get(each.code, 0), ()) if told.kind in movers_of(each.key)
                ),
            )
            for each in found
        )

    # ----------------------------------------------------------------------------------------------------------------

    def _row(self, connection: Connection, number: str) -> Row[Any]:
        for row in queries.issued_reports(connection):
            if row.number == number.strip():
                return row
        raise NotFound(N_("There is no report with the number {number}."), number=number)

    def _opened(self, row: Row[Any]) -> Issued:
        form = ISSUED_REPORT.open(self._office.cipher, row)
        as_of, issued_at = date.fromisoformat(row.as_of), from_milliseconds(row.created_at)
        return Issued(row.id, row.kind, row.number, as_of, issued_at, row.by, form, row.corrects)


def _indicator(key: str) -> Indicator:
    found = indicator_with_key(key)
    if found is None:
        raise NotFound(N_("There is no indicator {key}."), key=key)
    return found


def _issued(report: OutcomeReport, figure: Figure) -> IssuedFigure:
    values = {name: str(len(getattr(figure, name))) for name in LISTS} | {"n": str(figure.n)}
    indicator, people = figure.indicator, {name: report.people(figure, name) for name in LISTS}
    return IssuedFigure(indicator.key, values, people, indicator.title, indicator.sentence, indicator.months)


def _codes(form: IssuedReportForm) -> set[str]:
    return {code for each in form.figures for codes in each.people.values() for code in codes}


def _as_defined(form: IssuedReportForm, stored: IssuedFigure) -> Indicator:
    """The indicator as it was defined when the report was issued, whatever the registry says today."""
    among, _between, counts = form.definitions.get(stored.key, "").partition(_BETWEEN)
    return Indicator(stored.key, stored.title, stored.sentence, among, counts, stored.months)


def _figure_read(form: IssuedReportForm, stored: IssuedFigure, rows: Mapping[str, int]) -> Figure:
    lists = (tuple(rows[code] for code in stored.people.get(name, ())) for name in LISTS)
    return Figure(_as_defined(form, stored), *lists)


def _places(people: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Code -> list."""
    return {code: name for name, codes in people.items() for code in codes}


def _next_number(act: Act) -> str:
    """The laptop's letter, the year, and a running number: ``A-26-R001``."""
    start = f"{word_setting(act, 'series')}-{act.today:%y}-R"
    wanted = select(models.IssuedReport.number).where(models.IssuedReport.number.startswith(start))
    numbers = [int(number.removeprefix(start)) for number in act.session.scalars(wanted)]
    return f"{start}{max(numbers, default=0) + 1:03}"
