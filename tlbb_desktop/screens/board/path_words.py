"""The words of a learner's path and of how a class stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tlbb_desktop.domain.assessment import CellState
from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.curricula import MINUTES_OF_AN_HOUR, Basis, Unit
from tlbb_desktop.domain.forecast import Outlook, Verdict
from tlbb_desktop.domain.progress import STAGE_NAMES, BoardLearner, ClassProgress, LearnerPath, Stage
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_in_words, day_text, digits, month_in_words, time_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import TRAILING, Column
from tlbb_desktop.screens.board.columns import (
    LEAVES,
    hours_text,
    leaves_words,
    name_words,
    percent_words,
    unit_title,
    verdict_words,
)
from tlbb_desktop.widgets.path_chart import ChartPoint

STAGE_SIGNS: Mapping[Stage, tuple[str, IconRole]] = {
    Stage.COMPETENT: ("circle-check", "success"),
    Stage.NOT_YET: ("refresh-cw", "warning"),
    Stage.LEARNING: ("hourglass", "info"),
    Stage.TO_COME: ("minus", "muted"),
}
VERDICT_BADGES = {
    Verdict.DONE: "badge-success",
    Verdict.ON_TRACK: "badge-info",
    Verdict.MAKE_UPS: "badge-warning",
    Verdict.CANNOT: "badge-danger",
    Verdict.LEFT: "badge-muted",
}
VERDICT_ICONS: Mapping[Verdict, tuple[str, IconRole]] = {
    Verdict.DONE: ("badge-check", "success"),
    Verdict.ON_TRACK: ("circle-check", "info"),
    Verdict.MAKE_UPS: ("clock", "warning"),
    Verdict.CANNOT: ("triangle-alert", "danger"),
    Verdict.LEFT: ("door-open", "muted"),
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit on a learner's path."""

    unit: Unit
    stage: Stage
    minutes: int
    state: CellState | None
    basis: Basis


def unit_lines(path: LearnerPath) -> dict[int, UnitLine]:
    """The units of the course as the learner has walked them."""
    row = path.row
    return {
        unit.id or 0: UnitLine(
            unit,
            row.stage(unit.id or 0),
            row.minutes.get(unit.id or 0, 0),
            row.states.get(unit.id or 0),
            path.board.basis,
        )
        for unit in path.board.units
    }


def chart_points(path: LearnerPath) -> list[ChartPoint]:
    """The months of a path for the chart."""
    return [
        ChartPoint(digits(f"{each.month.number:02d}/{each.month.year % 100:02d}"), each.percent, each.competent)
        for each in path.months
    ]


def hours_against_plan(line: UnitLine) -> str:
    """Such as ``12/24``."""
    return digits(f"{line.minutes // MINUTES_OF_AN_HOUR}/{line.unit.hours}")


UNIT_COLUMNS: tuple[Column[UnitLine], ...] = (
    Column("code", N_("Unit"), lambda line: line.unit.code),
    Column("title", Np_("of a unit", "Title"), lambda line: unit_title(line.unit)),
    Column("hours", Np_("hours of training, short", "Hours"), hours_against_plan, TRAILING),
    Column("stage", Np_("of an attempt", "Result"), lambda line: _(STAGE_NAMES[line.basis][line.stage])),
    Column("day", N_("Day"), lambda line: day_text(line.state.day) if line.state else ""),
)
TITLE_COLUMN = 1


def unit_sign(line: UnitLine) -> tuple[str, IconRole]:
    """Icon of a unit; its words stand beside it."""
    return STAGE_SIGNS[line.stage]


def path_facts(path: LearnerPath) -> str:
    """Units, hours against plan, attendance, month of release and last day, in one line."""
    board, row, outlook = path.board, path.row, path.outlook
    goal = board.curriculum.hours if board.curriculum else 0
    parts = [
        _("{done} of {all} units").format(done=digits(len(board.competent_units(row))), all=digits(len(board.units))),
        _("{hours} of {goal} hours").format(hours=hours_text(row.credited), goal=digits(goal)),
        _("attendance {percent} percent").format(percent=percent_words(row.totals.percent)),
    ]
    if row.release_month is not None:
        parts.append(_("leaves in {month}").format(month=month_in_words(row.release_month.first)))
    if outlook.deadline is not None:
        parts.append(_("last day that counts: {day}").format(day=day_text(outlook.deadline)))
    return " · ".join(parts)


def shortage_words(outlook: Outlook, units: Mapping[int, Unit]) -> str:
    """What a learner will lack even when everything to come is attended."""
    parts = []
    if outlook.units_late:
        codes = ", ".join(units[unit].code for unit in outlook.units_late if unit in units)
        parts.append(_("not taught in time: {codes}").format(codes=codes))
    if outlook.hours_short:
        hours = -(-outlook.hours_short // MINUTES_OF_AN_HOUR)
        parts.append(_n("{n} hour short", "{n} hours short", hours).format(n=digits(hours)))
    if outlook.attendance_short:
        parts.append(_("attendance at best {percent} percent").format(percent=percent_words(outlook.best_percent)))
    return joined_remarks(parts)


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A learner in the list of how the class stands."""

    row: BoardLearner
    outlook: Outlook
    units: Mapping[int, Unit]


def standing_lines(found: ClassProgress) -> dict[int, StandingLine]:
    """The learners on the list, those in trouble first."""
    units = {unit.id or 0: unit for unit in found.board.units}
    worst_first = {Verdict.CANNOT: 0, Verdict.MAKE_UPS: 1, Verdict.ON_TRACK: 2, Verdict.DONE: 3}
    lines = [
        StandingLine(row, outlook, units)
        for row in found.board.learners
        if row.on_list and (outlook := found.forecast.by_person.get(row.person_id)) is not None
    ]
    lines.sort(key=lambda line: worst_first.get(line.outlook.verdict, 4))
    return {line.row.person_id: line for line in lines}


STANDING_COLUMNS: tuple[Column[StandingLine], ...] = (
    Column("name", N_("Name"), lambda line: name_words(line.row)),
    Column("leaves", LEAVES, lambda line: leaves_words(line.row)),
    Column("verdict", Np_("how a learner stands, short", "Finish"), lambda line: verdict_words(line.outlook)),
    Column("short", Np_("of a learner", "What is missing"), lambda line: shortage_words(line.outlook, line.units)),
)
MISSING_COLUMN = 3


def missing_words(line: StandingLine) -> str:
    """Everything that a learner will lack, with the last day that counts; nothing for somebody on track."""
    missing = shortage_words(line.outlook, line.units)
    if not missing or line.outlook.deadline is None:
        return missing
    said = _("last day that counts: {day}").format(day=day_text(line.outlook.deadline))
    return labelled(name_words(line.row), joined_remarks((missing, said)))


def standing_sign(line: StandingLine) -> tuple[str, IconRole]:
    """Icon of a learner; the words stand beside it."""
    return VERDICT_ICONS[line.outlook.verdict]


@dataclass(frozen=True, slots=True)
class MakeUpLine:
    """A session that is worth making up, and for how many learners."""

    session: SessionRow
    learners: int


def make_up_lines(found: ClassProgress) -> dict[int, MakeUpLine]:
    """The sessions of the smallest set, in order of day."""
    outlooks = found.forecast.outlooks
    lines = [
        MakeUpLine(found.sessions[session], sum(session in each.make_ups for each in outlooks))
        for session in found.forecast.make_ups
        if session in found.sessions
    ]
    return {line.session.id: line for line in sorted(lines, key=lambda line: (line.session.day, line.session.starts))}


MAKE_UP_COLUMNS: tuple[Column[MakeUpLine], ...] = (
    Column("day", N_("Missed session"), lambda line: day_in_words(line.session.day)),
    Column("time", N_("Time"), lambda line: f"{time_text(line.session.starts)}–{time_text(line.session.ends)}"),
    Column("learners", N_("Learners"), lambda line: digits(line.learners), TRAILING),
)


def make_up_words(found: ClassProgress) -> str:
    """How many sessions repair it, and whether fewer cannot."""
    count = len(found.forecast.make_ups)
    if not count:
        return _("No make-up session is needed.")
    words = _n(
        "{n} make-up session repairs everybody who can still be repaired.",
        "{n} make-up sessions repair everybody who can still be repaired.",
        count,
    ).format(n=digits(count))
    proof = _("Fewer cannot.") if found.forecast.proven else _("Fewer were not found.")
    return f"{words} {proof}"
