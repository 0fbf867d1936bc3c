"""Commands about outcomes: recidivism, the report of indicators, what changed since one was issued."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.papers import tell_missing
from tlbb_desktop.domain.change_causes import ENTERED_SENTENCES
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.domain.evidence_indicators import report_keys
from tlbb_desktop.domain.indicators import Figure
from tlbb_desktop.domain.outcome_reports import LISTS, Change, OutcomeFilter, OutcomeReport
from tlbb_desktop.domain.outcome_words import LEVEL_NAMES
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.recidivism import DEFAULT_LEVEL, FAULT_NAMES, RecidivismQuestion, RecidivismTable, WindowFigure
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.services.whole_file import require_place, write_whole

_LEVELS = [level.value for level in EvidenceLevel if level is not EvidenceLevel.ACQUITTED]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``outcome``."""
    acts = commands.add_parser("outcome", help="outcomes").add_subparsers(required=True, metavar="ACT")
    asked = acts.add_parser("recidivism", help="who came into conflict with the law again after release")
    asked.add_argument("--as-of", metavar="DATE", help="day up to which everything is looked at; today without it")
    asked.add_argument("--months", default="6,12", metavar="M,M", help="lengths of the windows in months")
    asked.add_argument("--completers", action="store_true", help="only releases after a completed course")
    asked.add_argument(
        "--level",
        type=int,
        choices=_LEVELS,
        default=EvidenceLevel.ARREST.value,
        help="evidence that an event needs: 1 report, 2 arrest, 3 charge, 4 conviction, 5 imprisonment",
    )
    asked.add_argument("--json", action="store_true")
    asked.set_defaults(run=_recidivism)
    report = acts.add_parser("report", help="every indicator as of a day")
    report.add_argument("--as-of", metavar="DATE", help="today without it")
    report.add_argument("--months", metavar="M,M", help="windows of re-offending; those of the registry without it")
    report.add_argument("--level", type=int, choices=_LEVELS, help="evidence that an event needs; 2 without it")
    report.add_argument("--prison", metavar="CODE", help="only people who left this prison, or are in it")
    report.add_argument("--trade", metavar="CODE", help="only people who were in a course")
    report.add_argument("--sex", choices=[sex.value for sex in Sex])
    report.add_argument("--from", dest="first", metavar="DATE", help="first day of release of the cohort")
    report.add_argument("--to", dest="last", metavar="DATE", help="its last day")
    report.add_argument("--issue", metavar="REASON", help="keep the figures as they are printed, under a number")
    report.add_argument("--out", type=Path, metavar="FILE", help="as PDF")
    report.add_argument("--lang", dest="paper_language", choices=PAPER_LANGUAGES, help="language of the paper")
    report.add_argument("--json", action="store_true")
    report.set_defaults(run=_report)
    again = acts.add_parser("print", help="a report with the figures that it was issued with, as PDF")
    again.add_argument("number", metavar="NUMBER")
    again.add_argument("--out", required=True, type=Path, metavar="FILE")
    again.add_argument("--lang", dest="paper_language", choices=PAPER_LANGUAGES, help="language of the paper")
    again.set_defaults(run=_print_again)
    changes = acts.add_parser("changes", help="who stands elsewhere since a report was issued")
    changes.add_argument("number", metavar="NUMBER")
    changes.add_argument("--json", action="store_true")
    changes.set_defaults(run=_changes)


def _recidivism(session: CommandSession, options: argparse.Namespace) -> int:
    months = _months(options.months)
    as_of = parse_day(options.as_of) if options.as_of else None
    desk = session.desk()
    question = RecidivismQuestion(
        as_of or desk.office.clock.today(), months, options.completers, EvidenceLevel(options.level)
    )
    table = desk.outcomes.recidivism(question)
    if options.json:
        session.print_json([_fields(window) for window in table.windows])
    else:
        for line in _sentences(table):
            session.say(line)
    _tell_faults(session, table)
    return 0


def _report(session: CommandSession, options: argparse.Namespace) -> int:
    if options.out:
        require_place(options.out)
    first, last = (parse_day(text) if text else None for text in (options.first, options.last))
    desk = session.desk()
    as_of = parse_day(options.as_of) if options.as_of else desk.office.clock.today()
    prison_id = desk.prisons.prison_with_code(options.prison).id if options.prison else None
    sex = Sex(options.sex) if options.sex else None
    wish = OutcomeFilter(prison_id, options.trade, sex, first, last)
    report = desk.outcome_reports.report(as_of, wish, _keys(options))
    number = desk.outcome_reports.issue(report, options.issue) if options.issue is not None else ""
    if options.json:
        session.print_json({"number": number or None, "figures": [_figure(report, each) for each in report.figures]})
    else:
        for each in report.figures:
            session.say(_sentence(each))
        if number:
            session.say(_("Issued as {number}.").format(number=number))
    if options.out:
        _write(session, report, number, options)
    return 0


def _write(session: CommandSession, report: OutcomeReport, number: str, options: argparse.Namespace) -> None:
    language = options.paper_language or session.language
    paper = session.desk().outcome_reports.paper(report, language, number)
    write_whole(options.out, paper.pdf)
    tell_missing(session, paper)


def _keys(options: argparse.Namespace) -> tuple[str, ...] | None:
    """The indicators that were asked for: the registry's unless windows or evidence say otherwise."""
    if options.months is None and options.level is None:
        return None
    level, months = EvidenceLevel(options.level or DEFAULT_LEVEL), _months(options.months or "6,12")
    return report_keys(months, level, (False, True))


def _print_again(session: CommandSession, options: argparse.Namespace) -> int:
    require_place(options.out)
    language = options.paper_language or session.language
    paper = session.desk().outcome_reports.issued_paper(options.number, language)
    write_whole(options.out, paper.pdf)
    tell_missing(session, paper)
    session.say(str(options.out))
    return 0


def _figure(report: OutcomeReport, figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.indicator.key,
        "months": figure.indicator.months or None,
        "n": figure.n,
        "events": len(figure.events),
        "known": figure.known,
        "unknown": len(figure.unknown),
        "rate": figure.rate,
        "rate_known": figure.rate_known,
        "interval": list(figure.interval) if figure.interval else None,
        "people": {name: report.people(figure, name) for name in LISTS},
    }


def _sentence(figure: Figure) -> str:
    counts = {"n": figure.n, "events": len(figure.events), "unknown": len(figure.unknown)}
    return _(figure.indicator.sentence).format(**counts, months=figure.indicator.months)


def _changes(session: CommandSession, options: argparse.Namespace) -> int:
    changes = session.desk().outcome_reports.changes(options.number)
    if options.json:
        session.print_json(
            [
                {
                    "key": each.key,
                    "code": each.code,
                    "was": each.was,
                    "now": each.now,
                    "why": _(each.why),
                    "entered": [{"what": str(told.kind), "on": told.on.isoformat()} for told in each.entered],
                }
                for each in changes
            ]
        )
    else:
        for each in changes:
            session.say(f"{each.key}\t{each.code}\t{each.was or '–'} → {each.now or '–'}\t" + _why(each))
    return 0


def _why(change: Change) -> str:
    entered = "; ".join(_(ENTERED_SENTENCES[each.kind]).format(day=day_text(each.on)) for each in change.entered)
    return _(change.why) + (f" ({entered})" if entered else "")


def _months(text: str) -> tuple[int, ...]:
    try:
        months = tuple(int(each) for each in to_ascii_digits(text).split(","))
    except ValueError:
        months = ()
    if not months or min(months) < 1 or max(months) > 600:
        raise UsageError(N_("Months are written like 6,12."))
    return months


def _fields(window: WindowFigure) -> dict[str, Any]:
    return {
        "months": window.months,
        "n": window.n,
        "events": len(window.events),
        "known": window.known,
        "unknown": len(window.unknown),
        "rate_recorded": window.rate_recorded,
        "rate_known": window.rate_known,
        "rate_worst": window.rate_worst,
        "interval": list(window.interval) if window.interval else None,
    }


def _sentences(table: RecidivismTable) -> list[str]:
    question = table.question
    said = [
        _("As of {day}, {cohort}, evidence from level {level} ({name}):").format(
            day=day_text(question.as_of),
            cohort=_("completers only") if question.completers else _("all who were released"),
            level=question.level.value,
            name=_(LEVEL_NAMES[question.level]),
        )
    ]
    for window in table.windows:
        said += [_counted(window), *_rates(table, window)]
    return said


def _counted(window: WindowFigure) -> str:
    return _(
        "Of {n} released at least {months} months ago, {events} came into conflict with the law within {months} months;"
        " of {unknown} nothing is known."
    ).format(n=window.n, months=window.months, events=len(window.events), unknown=len(window.unknown))


def _rates(table: RecidivismTable, window: WindowFigure) -> list[str]:
    if window.interval is None:
        return [_("Fewer than ten people: no percentage is given.")]
    said = [
        _("As recorded {share}, 95 % interval {low} to {high}; worst case {worst}.").format(
            share=_percent(window.rate_recorded),
            low=_percent(window.interval.low),
            high=_percent(window.interval.high),
            worst=_percent(window.rate_worst),
        )
    ]
    if window.rate_known is not None:
        said.append(
            _("Of the {known} whose outcome is known: {share}.").format(
                known=window.known, share=_percent(window.rate_known)
            )
        )
    step = table.estimate(window.months)
    if step is not None and step.interval is not None:
        said.append(
            _("Kaplan-Meier: {share}, 95 % interval {low} to {high}.").format(
                share=_percent(1 - step.free),
                low=_percent(1 - step.interval.high),
                high=_percent(1 - step.interval.low),
            )
        )
    return said


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def _tell_faults(session: CommandSession, table: RecidivismTable) -> None:
    people = session.desk().outcomes.people(fault.person_id for fault in table.faults)
    codes = {person.id: person.code for person in people}
    for fault in table.faults:
        session.warn(f"{codes[fault.person_id]}\t{day_text(fault.day)}\t{_(FAULT_NAMES[fault.fault])}")
