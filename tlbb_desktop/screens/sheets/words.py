"""The words of the month's sheets."""

from __future__ import annotations

from collections.abc import Sequence

from tlbb_desktop.domain.class_papers import BOTH, ClassPaper
from tlbb_desktop.domain.register import MonthSheet, SheetState
from tlbb_desktop.domain.sheet_rules import SheetLine
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import TRAILING, Column
from tlbb_desktop.widgets.paper_preview import PREVIEW_KEYS

LANGUAGE_NAMES = {catalog.KHMER: "ខ្មែរ", catalog.SOURCE_LANGUAGE: "English"}
PAPER_NAMES = {
    ClassPaper.ABSENCE_LIST: N_("Absence list"),
    ClassPaper.BLANK_REGISTER: N_("Blank register"),
    ClassPaper.ROLL: N_("Nickname roll"),
}
SIDE_BY_SIDE = {BOTH: "ខ្មែរ + English"}
SHEET_KEYS = (
    ("Enter", N_("Go to Export")),
    ("Ctrl+P", N_("Print this sheet")),
    *PREVIEW_KEYS,
    ("Alt+← →", N_("Earlier or later month")),
)


def state_words(state: SheetState, number: int) -> str:
    """Such as ``Issued no. 1``."""
    if state is SheetState.OPEN:
        return _p("state of a sheet", "Open")
    words = _p("state of a sheet", "Issued no. {number}")
    if state is SheetState.SIGNED:
        words = _p("state of a sheet", "Signed no. {number}")
    return words.format(number=digits(number))


def line_state(line: SheetLine) -> str:
    """State of a line; a mark changed after the issue shows."""
    words = state_words(line.state, line.number)
    return " · ".join((words, _p("state of a sheet", "changed"))) if line.changed else words


def line_sign(line: SheetLine) -> tuple[str, IconRole]:
    """Icon of a line; its words stand beside it."""
    if line.changed:
        return "triangle-alert", "warning"
    if line.state is not SheetState.OPEN:
        return "badge-check", "success"
    return ("circle-check", "success") if line.complete else ("hourglass", "muted")


def marked_words(line: SheetLine) -> str:
    """Sessions marked of those of the whole month."""
    return digits(f"{line.marked}/{line.sessions + line.to_come}")


def class_words(line: SheetLine) -> str:
    """Course and code."""
    course = line.course_km if language() == catalog.KHMER else line.course_en
    return f"{line.class_code} · {course}"


LINE_COLUMNS: tuple[Column[SheetLine], ...] = (
    Column("class", N_("Class"), lambda line: line.class_code),
    Column("marked", Np_("sessions of a sheet", "Marked"), marked_words, TRAILING),
    Column("state", N_("Sheet"), line_state),
)
STATE_COLUMN = 2


def badge_words(sheet: MonthSheet) -> str:
    """State of the sheet that is shown, with the signature."""
    words = state_words(sheet.state, sheet.number)
    if sheet.signed_on is not None:
        return f"{words} · {day_text(sheet.signed_on)} · {sheet.signed_by}"
    return " · ".join((words, _p("state of a sheet", "draft"))) if sheet.draft else words


def badge_role(sheet: MonthSheet) -> str:
    """Tone of that badge."""
    if sheet.state is not SheetState.OPEN:
        return "badge-success"
    return "badge-warning" if sheet.draft else "badge-info"


def saved_words(name: str, missing: Sequence[str]) -> str:
    """That a file was saved, and which characters stand on the paper as boxes."""
    words = _("Saved: {name}").format(name=name)
    if not missing:
        return words
    lacking = _("no font has: {characters}").format(characters=", ".join(missing))
    return f"{words} · {lacking}"


def hours_words(minutes: int) -> str:
    """Hours lost to the prison."""
    return _("Hours lost to the prison: {hours}").format(hours=digits(f"{minutes / 60:.1f}".removesuffix(".0")))
