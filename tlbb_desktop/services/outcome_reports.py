"""Reports of outcomes: counted at any day, kept as they were issued, and held against what is known later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, select

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.indicators import BY_KEY, INDICATORS, Figure, Indicator, PersonFacts, count
from tlbb_desktop.domain.issued_reports import Issued, IssuedFigure, IssuedReportForm
from tlbb_desktop.domain.outcome_reports import EVERYBODY, LISTS, Change, OutcomeFilter, OutcomeReport
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_issuing import is_demonstration
from tlbb_desktop.services.certificate_signing import issuer, word_setting
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.outcome_facts import person_facts
from tlbb_desktop.services.outcome_reading import collector_at_rest
from tlbb_desktop.services.sealed_forms import ISSUED_REPORT

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper

KIND: Final = "outcomes"


class OutcomeReportService:
    """Reports over the registry of indicators.

    Args:
        office: who asks, and on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

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
        wanted = [_indicator(key) for key in keys] if keys is not None else INDICATORS
        prisons = self._office.prison_limit(Action.OUTCOME_READ)
        with collector_at_rest(), self._office.act(Action.OUTCOME_READ, enters=False) as act:
            facts, where = person_facts(act.connection, self._office.cipher, prisons, act.actor.staff_id, as_of)
            act.record("protected_read", "outcome:report", f"people:{len(facts)}")
            chosen = _chosen(act.connection, facts, where, wish)
            figures = tuple(count(each, chosen, as_of) for each in wanted)
            people = queries.people_of(act.connection, {each.person_id for each in chosen})
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
            {each.indicator.key: f"{each.indicator.among} | {each.indicator.counts}" for each in report.figures},
            _filters(report.wish),
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
        """
        from tlbb_desktop.documents.outcome_report import outcome_report_paper
        from tlbb_desktop.documents.plan_pdf import plan_pdf
        from tlbb_desktop.documents.typesetting import PaperLanguage

        with self._office.act(Action.OUTCOME_READ, enters=False) as act:
            what = f"report:{issued_as}" if issued_as else f"as_of:{report.as_of}"
            act.record("outcome_printed", what, f"{language} figures:{len(report.figures)}")
        return plan_pdf(outcome_report_paper(report, issued_as), PaperLanguage(language))

    def issued(self) -> tuple[Issued, ...]:
        """Every report that was issued, the newest first."""
        with self._office.read(Action.OUTCOME_ISSUE) as connection:
            return tuple(map(self._opened, queries.issued_reports(connection)))

    def changes(self, number: str) -> tuple[Change, ...]:
        """Who stands elsewhere today than when a report was issued, for the same day, people and definitions.

        Raises:
            NotFound: there is no report with this number.
        """
        with self._office.read(Action.OUTCOME_ISSUE) as connection:
            issued = self._opened(self._row(connection, number))
        keys = [each.key for each in issued.form.figures if each.key in BY_KEY]
        report = self.report(issued.as_of, _filter_read(issued.form.filters), keys)
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
        return tuple(found)

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
    found = BY_KEY.get(key)
    if found is None:
        raise NotFound(N_("There is no indicator {key}."), key=key)
    return found


def _chosen(
    connection: Connection, facts: Iterable[PersonFacts], where: Mapping[int, int | None], wish: OutcomeFilter
) -> list[PersonFacts]:
    if wish == EVERYBODY:
        return list(facts)
    people = queries.people_of(connection, where)
    return [
        each
        for each in facts
        if wish.sex in (None, people[each.person_id].sex)
        and (wish.trade is None or wish.trade in people[each.person_id].trades)
        and wish.prison_id in (None, where[each.person_id])
        and _in_cohort(each, wish)
    ]


def _in_cohort(facts: PersonFacts, wish: OutcomeFilter) -> bool:
    if facts.released_on is None:
        return wish.first is None and wish.last is None
    return (wish.first or date.min) <= facts.released_on <= (wish.last or date.max)


def _filters(wish: OutcomeFilter) -> dict[str, str]:
    said = {
        "prison": "" if wish.prison_id is None else str(wish.prison_id),
        "trade": wish.trade or "",
        "sex": wish.sex.value if wish.sex else "",
        "first": wish.first.isoformat() if wish.first else "",
        "last": wish.last.isoformat() if wish.last else "",
    }
    return {name: value for name, value in said.items() if value}


def _filter_read(stored: Mapping[str, str]) -> OutcomeFilter:
    return OutcomeFilter(
        int(stored["prison"]) if "prison" in stored else None,
        stored.get("trade"),
        Sex(stored["sex"]) if "sex" in stored else None,
        date.fromisoformat(stored["first"]) if "first" in stored else None,
        date.fromisoformat(stored["last"]) if "last" in stored else None,
    )


def _issued(report: OutcomeReport, figure: Figure) -> IssuedFigure:
    values = {name: str(len(getattr(figure, name))) for name in LISTS} | {"n": str(figure.n)}
    return IssuedFigure(figure.indicator.key, values, {name: report.people(figure, name) for name in LISTS})


def _places(people: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Code -> list."""
    return {code: name for name, codes in people.items() for code in codes}


def _next_number(act: Act) -> str:
    """The laptop's letter, the year, and a running number: ``A-26-R001``."""
    start = f"{word_setting(act, 'series')}-{act.today:%y}-R"
    wanted = select(models.IssuedReport.number).where(models.IssuedReport.number.startswith(start))
    numbers = [int(number.removeprefix(start)) for number in act.session.scalars(wanted)]
    return f"{start}{max(numbers, default=0) + 1:03}"
