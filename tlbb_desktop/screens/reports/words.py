"""The words of the reports page."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.change_causes import ENTERED_SENTENCES
from tlbb_desktop.domain.evidence_indicators import indicator_with_key, level_of
from tlbb_desktop.domain.exact_interval import Interval
from tlbb_desktop.domain.indicators import Figure
from tlbb_desktop.domain.issued_reports import Issued
from tlbb_desktop.domain.outcome_reports import Change
from tlbb_desktop.domain.outcome_words import LEVEL_NAMES
from tlbb_desktop.domain.recidivism import FAULT_NAMES, LEAST_FOR_PERCENT, FaultyEvent, RecidivismTable, WindowFigure
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.widgets.figure_row import FigureCell

BETWEEN: Final = " · "
REPORT_KEYS: Final = (
    ("Enter", N_("Open the people behind a number")),
    ("Ctrl+P", N_("The report as it will be printed")),
    ("Esc", N_("Close the list of people")),
)
GROUP_NAMES: Final = {
    "work": Np_("figures", "Work and school"),
    "contact": Np_("figures", "Contact after the release"),
    "ready": Np_("figures", "Readiness and family"),
}
LIST_NAMES: Final = {
    "events": Np_("outcome report", "Yes"),
    "others": Np_("outcome report", "No"),
    "unknown": Np_("outcome report", "Not known"),
    "": Np_("outcome report", "not counted"),
}


def months_words(months: tuple[int, ...]) -> str:
    """Such as ``6, 12 months``."""
    numbers = digits(", ".join(map(str, months)))
    return _n("{n} month", "{n} months", months[-1]).format(n=numbers)


def level_words(level: EvidenceLevel) -> str:
    """A level as the least that counts."""
    if level is EvidenceLevel.IMPRISONMENT:
        return _(LEVEL_NAMES[level])
    return _p("evidence of a re-offence", "{name} or more").format(name=_(LEVEL_NAMES[level]))


def cohort_words(*, completers: bool) -> str:
    """Whom the figures are about."""
    return _("completers only") if completers else _("all who were released")


def percent(share: float | None) -> str:
    """A share; a dash under ten people."""
    return "–" if share is None else digits(f"{100 * share:.1f} %")


def interval_words(interval: Interval | None) -> str:
    """Both ends of an interval."""
    return "–" if interval is None else digits(f"{100 * interval.low:.1f}–{100 * interval.high:.1f} %")


def _count(head: str, people: tuple[int, ...]) -> FigureCell:
    return FigureCell(_(head), digits(len(people)), people)


def window_title(window: WindowFigure) -> str:
    """Such as ``Within 6 months``."""
    return _n("Within {n} month", "Within {n} months", window.months).format(n=digits(window.months))


def window_sentence(window: WindowFigure) -> str:
    """The one sentence above the figures."""
    return _(
        "Of {n} released at least {months} months ago, {events} came into conflict with the law within {months} months;"
        " of {unknown} nothing is known."
    ).format(
        n=digits(window.n),
        months=digits(window.months),
        events=digits(len(window.events)),
        unknown=digits(len(window.unknown)),
    )


def window_cells(window: WindowFigure) -> tuple[FigureCell, ...]:
    """Counts, the three shares, the exact interval."""
    everybody = (*window.events, *window.free, *window.unknown)
    return (
        _count(Np_("outcome report", "People"), everybody),
        _count(Np_("outcome report", "Yes"), window.events),
        _count(Np_("outcome report", "No"), window.free),
        _count(Np_("outcome report", "Not known"), window.unknown),
        FigureCell(_p("outcome report", "Of all"), percent(window.rate_recorded)),
        FigureCell(_p("outcome report", "95 % interval"), interval_words(window.interval)),
        FigureCell(_p("outcome report", "Of those known"), percent(window.rate_known)),
        FigureCell(_p("outcome report", "Worst case"), percent(window.rate_worst)),
        _count(Np_("outcome report", "Window not over"), window.immature),
        _count(Np_("outcome report", "Died"), window.died),
    )


def few_words(n: int, rate: float | None) -> str:
    """Why no percentage stands there."""
    return _p("outcome report", "Fewer than ten people: no percentage is given.") if rate is None and n else ""


def figure_sentence(figure: Figure) -> str:
    """The one sentence above an indicator."""
    return _(figure.indicator.sentence).format(
        n=digits(figure.n),
        events=digits(len(figure.events)),
        unknown=digits(len(figure.unknown)),
        months=digits(figure.indicator.months),
    )


def figure_cells(figure: Figure) -> tuple[FigureCell, ...]:
    """Counts, the two shares, the exact interval."""
    return (
        _count(Np_("outcome report", "People"), (*figure.events, *figure.others, *figure.unknown)),
        _count(Np_("outcome report", "Yes"), figure.events),
        _count(Np_("outcome report", "No"), figure.others),
        _count(Np_("outcome report", "Not known"), figure.unknown),
        FigureCell(_p("outcome report", "Of all"), percent(figure.rate)),
        FigureCell(_p("outcome report", "95 % interval"), interval_words(figure.interval)),
        FigureCell(_p("outcome report", "Of those known"), percent(figure.rate_known)),
    )


def ever_words(table: RecidivismTable) -> str:
    """How many had an event at any time, and for how long people were seen."""
    ever = table.ever
    said = _("At any time: {events} of {n}.").format(events=digits(len(ever.events)), n=digits(len(ever.released)))
    if ever.median_months is None:
        return said
    seen = _("Half of them were seen for {months} months or longer.")
    return f"{said} {seen.format(months=digits(f'{ever.median_months:.1f}'))}"


def curve_words(table: RecidivismTable) -> str:
    """What the curve says at the end of each window."""
    parts = []
    for months in table.question.months:
        step = table.estimate(months)
        if step is None or step.interval is None or table.curve.observed < LEAST_FOR_PERCENT:
            continue
        share = _("{share}, 95 % interval {low} to {high}").format(
            share=percent(1 - step.free), low=percent(1 - step.interval.high), high=percent(1 - step.interval.low)
        )
        parts.append(labelled(_n("{n} month", "{n} months", months).format(n=digits(months)), share))
    return BETWEEN.join(parts)


def fault_words(fault: FaultyEvent, code: str) -> str:
    """An event that is not counted, to be mended."""
    return labelled(f"{code}{BETWEEN}{day_text(fault.day)}", _(FAULT_NAMES[fault.fault]))


def issued_words(report: Issued) -> str:
    """A report that was issued, and as of which day."""
    return _("{number}, as of {day}").format(number=report.number, day=day_text(report.as_of))


def issued_caption(report: Issued) -> str:
    """When, by whom, why, and what it corrects."""
    parts = [day_text(report.issued_at.date()), report.by, report.form.reason]
    if report.corrects:
        parts.append(_("corrects {number}").format(number=report.corrects))
    return BETWEEN.join(part for part in parts if part)


def indicator_words(key: str) -> str:
    """The title of an indicator."""
    indicator, level = indicator_with_key(key), level_of(key)
    if indicator is None:
        return key
    return _(indicator.title).format(
        months=digits(indicator.months), level=digits(level.value), evidence=_(LEVEL_NAMES[level])
    )


def why_words(change: Change) -> str:
    """What must have happened in between, and what was entered since then that can be it."""
    entered = (_(ENTERED_SENTENCES[each.kind]).format(day=day_text(each.on)) for each in change.entered)
    said = "; ".join(entered)
    return f"↳ {_(change.why)}" + (f" ({said})" if said else "")


def change_words(change: Change) -> str:
    """Who stands elsewhere, and in which figure."""
    return labelled(
        f"{change.code}{BETWEEN}{indicator_words(change.key)}",
        f"{_(LIST_NAMES[change.was])} → {_(LIST_NAMES[change.now])}",
    )
