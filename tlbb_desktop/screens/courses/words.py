"""The words of the courses page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tlbb_desktop.domain.classes import Course
from tlbb_desktop.domain.curricula import (
    BASIS_NAMES,
    CourseFollower,
    Criterion,
    Curriculum,
    CurriculumProblem,
    Unit,
)
from tlbb_desktop.domain.curriculum_changes import ASPECT_NAMES, CHANGE_NAMES, Aspect, Change, UnitChange
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n, _p, language
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import TRAILING, Column
from tlbb_desktop.screens.courses.editor import Changes, CourseEditor, UnitLine
from tlbb_desktop.screens.courses.presenter import CourseLine

MOST_LINES: Final = 8
BETWEEN: Final = "   ·   "
COURSE_KEYS: Final = (
    ("Enter", N_("Open the course or the unit")),
    ("N", N_("Add a unit")),
    ("Alt+↑ Alt+↓", N_("Move the unit up or down")),
    ("Delete", N_("Remove the unit")),
    ("O", N_("Leave the unit out at the chosen prison, or teach it again")),
    ("Ctrl+S", N_("Keep the unit; save the curriculum")),
    ("/", N_("Find a course")),
)
_CHANGE_SIGNS: Final[dict[Change, tuple[str, IconRole]]] = {
    Change.ADDED: ("plus", "success"),
    Change.REMOVED: ("minus", "danger"),
    Change.CHANGED: ("pencil", "accent"),
}


def in_reader(khmer: str, english: str) -> str:
    """The wording of data that carries both languages."""
    first, second = (khmer, english) if language() == catalog.KHMER else (english, khmer)
    return first or second


def course_words(course: Course) -> str:
    """The title of a course."""
    return in_reader(course.name_km, course.name_en)


def unit_title(unit: Unit) -> str:
    """The title of a unit."""
    return in_reader(unit.name_km, unit.name_en)


def unit_words(unit: Unit) -> str:
    """Code and title of a unit."""
    return f"{unit.code} · {unit_title(unit)}"


def prison_words(prison: Prison) -> str:
    """A site with its code."""
    return f"{prison.code} · {in_reader(prison.name_km, prison.name_en)}"


def units_words(count: int) -> str:
    """Such as ``16 units``."""
    return _n("{n} unit", "{n} units", count).format(n=digits(count))


def hours_words(count: int) -> str:
    """Such as ``650 hours``."""
    return _n("{n} hour", "{n} hours", count).format(n=digits(count))


def version_words(number: int | None) -> str:
    """A version by its number; without units where there is none."""
    return _("Version {number}").format(number=digits(number)) if number else _("Without units")


def version_choice_words(version: Curriculum, newest: int) -> str:
    """A version in a box: whether it is the newest, whether a sample."""
    parts = [version_words(version.number)]
    if version.number == newest:
        parts.append(_p("a version", "newest"))
    if version.sample:
        parts.append(_p("a curriculum", "Sample"))
    return " · ".join(parts)


def _stored_words(line: CourseLine) -> str:
    newest = line.newest
    if newest is None:
        return _p("a curriculum", "None yet")
    words = digits(newest.number)
    return " · ".join((words, _p("a curriculum", "Sample"))) if newest.sample else words


def course_sign(line: CourseLine) -> tuple[str, IconRole]:
    """Icon of a course: none yet, a sample, one's own."""
    if line.newest is None:
        return ("minus", "muted")
    return ("triangle-alert", "warning") if line.newest.sample else ("circle-check", "success")


COURSE_COLUMNS: Final[tuple[Column[CourseLine], ...]] = (
    Column("code", N_("Course"), lambda line: line.course.code),
    Column("title", N_("Title"), lambda line: course_words(line.course)),
    Column("version", N_("Version"), _stored_words),
    Column("units", N_("Units"), lambda line: digits(len(line.newest.units)) if line.newest else "", TRAILING),
    Column("hours", N_("Hours"), lambda line: digits(line.newest.hours) if line.newest else "", TRAILING),
    Column("running", N_("Running classes"), lambda line: digits(line.running), TRAILING),
)
TITLE_COLUMN: Final = 1


def criteria_words(unit: Unit) -> str:
    """How many criteria a unit has, and how many of them are critical."""
    count, critical = len(unit.criteria), len(unit.critical)
    if not count:
        return _("judged as a whole")
    return _("{n}, critical {critical}").format(n=digits(count), critical=digits(critical))


def off_words(line: UnitLine) -> str:
    """Why a prison leaves a unit out."""
    return "" if line.off is None else labelled(_p("a unit", "Left out"), line.off)


def unit_sign(line: UnitLine) -> tuple[str, IconRole] | None:
    """Icon of a unit that is left out."""
    return None if line.off is None else ("ban", "warning")


UNIT_COLUMNS: Final[tuple[Column[UnitLine], ...]] = (
    Column("code", Np_("of a unit", "Code"), lambda line: line.unit.code),
    Column("title", N_("Title"), lambda line: unit_title(line.unit)),
    Column("hours", N_("Hours"), lambda line: digits(line.unit.hours), TRAILING),
    Column("criteria", N_("Criteria"), lambda line: criteria_words(line.unit)),
    Column("off", N_("At the prison"), off_words),
)
OFF_COLUMN: Final = 4

CLASS_COLUMNS: Final[tuple[Column[CourseFollower], ...]] = (
    Column("class", N_("Class"), lambda each: each.code),
    Column("until", Np_("a day", "Until"), lambda each: day_text(each.ends_on)),
    Column("version", N_("Version"), lambda each: digits(each.number) if each.number else "–", TRAILING),
)

CRITERION_COLUMNS: Final[tuple[Column[Criterion], ...]] = (
    Column("number", Np_("of a criterion", "No."), lambda each: digits(each.number), TRAILING),
    Column("words", N_("Criterion"), lambda each: in_reader(each.name_km, each.name_en) or "…"),
    Column("critical", N_("Critical"), lambda each: _p("criterion", "critical") if each.critical else ""),
)


def criterion_sign(criterion: Criterion) -> tuple[str, IconRole] | None:
    """Icon of a critical criterion."""
    return ("diamond", "warning") if criterion.critical else None


def rule_words(curriculum: Curriculum) -> str:
    """What the certificate asks for."""
    rule = curriculum.rule
    parts = [
        _("all units") if rule.all_units else "",
        _("attendance {percent} %").format(percent=digits(rule.attendance_percent)),
        _("{percent} % of the hours").format(percent=digits(rule.hours_percent)) if rule.hours_percent else "",
    ]
    return labelled(_("Certificate"), ", ".join(filter(None, parts)))


def about_words(editor: CourseEditor) -> str:
    """What is said of the version that is shown."""
    shown = editor.shown
    parts = [units_words(len(shown.units)), hours_words(shown.hours), _(BASIS_NAMES[shown.basis]), rule_words(shown)]
    if shown.source:
        parts.append(labelled(_("Source"), shown.source))
    return BETWEEN.join(parts)


def taught_words(editor: CourseEditor) -> str:
    """What is taught at the chosen prison, with its hours recomputed."""
    prison, whole, taught = editor.prison, editor.shown, editor.taught
    if prison is None:
        return ""
    said = _("{prison}: {units} of {all_units} units, {hours} of {all_hours} hours are taught.")
    return said.format(
        prison=prison_words(prison),
        units=digits(len(taught.units)),
        all_units=digits(len(whole.units)),
        hours=digits(taught.hours),
        all_hours=digits(whole.hours),
    )


def change_sign(change: UnitChange) -> tuple[str, IconRole]:
    """Icon of a change."""
    return _CHANGE_SIGNS[change.change]


def aspects_words(change: UnitChange) -> str:
    """What is different about a unit."""
    return ", ".join(_aspect_words(aspect, change) for aspect in change.aspects)


def _aspect_words(aspect: Aspect, change: UnitChange) -> str:
    name = _(ASPECT_NAMES[aspect])
    if aspect is Aspect.HOURS and change.before is not None:
        return f"{name} {digits(change.before.hours)} → {digits(change.unit.hours)}"
    if aspect is Aspect.CRITERIA and change.before is not None:
        before, after = len(change.before.criteria), len(change.unit.criteria)
        return name if before == after else f"{name} {digits(before)} → {digits(after)}"
    return name


CHANGE_COLUMNS: Final[tuple[Column[UnitChange], ...]] = (
    Column("change", N_("Change"), lambda each: _(CHANGE_NAMES[each.change])),
    Column("unit", N_("Unit"), lambda each: unit_words(each.unit)),
    Column("aspects", N_("What is different"), aspects_words),
)


def changes_words(changes: Changes) -> str:
    """Units and hours before and after, and what else is different."""
    before, after = changes.before, changes.after
    lines = [f"{units_words(len(after.units))}, {hours_words(after.hours)}"]
    if before is not None and (len(before.units), before.hours) != (len(after.units), after.hours):
        lines[0] = f"{units_words(len(before.units))}, {hours_words(before.hours)}  →  {lines[0]}"
    if before is not None and changes.about:
        lines.append(_("What is said of the course changes: {words}").format(words=rule_words(after)))
    if before is not None and before.sample:
        lines.append(_("It is labelled a sample no longer: it is yours."))
    elif not changes.units and not changes.about:
        lines.append(_("Nothing changes."))
    return "\n".join(lines)


def problem_words(problems: Sequence[CurriculumProblem]) -> str:
    """What is wrong, a line each."""
    lines = [explain(each) for each in problems[:MOST_LINES]]
    more = len(problems) - len(lines)
    if more > 0:
        lines.append(_n("and {n} more", "and {n} more", more).format(n=digits(more)))
    return "\n".join(lines)
