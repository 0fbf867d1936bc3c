"""The words and looks of the register's columns and cells."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tlbb_desktop.domain.attendance import MARK_NAMES, UNMARKED_NAME, Mark, MarkCode, Reason, SessionState
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import WEEKDAYS_SHORT, day_in_words, digits, time_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.screens.register.day_columns import DayColumn
from tlbb_desktop.screens.register.presenter import RegisterPresenter
from tlbb_desktop.widgets.cell_looks import CellLook, Sign
from tlbb_desktop.widgets.day_header import DayTitle

LEFT_COLUMNS = (
    Np_("number on a list", "No."),
    N_("Name"),
    N_("Sex"),
    N_("Last five"),
)
NAME_COLUMN = 1
DOTS_COLUMN = 3
RIGHT_COLUMNS = (
    Np_("total of marks, short", "A"),
    Np_("total of marks, short", "E"),
    N_("Percent"),
)
SHORT_MARKS = {
    MarkCode.PRESENT: "",
    MarkCode.ABSENT: Np_("mark in the register, short", "A"),
    MarkCode.EXCUSED: Np_("mark in the register, short", "E"),
    MarkCode.LATE: Np_("mark in the register, short", "L {minutes}"),
    MarkCode.LEFT_EARLY: Np_("mark in the register, short", "O {minutes}"),
    MarkCode.INSTITUTION: "",
}
SIGNS: dict[MarkCode, Sign] = {MarkCode.PRESENT: "tick", MarkCode.INSTITUTION: "diamond"}


def cell_look(presenter: RegisterPresenter, row: int, column: int) -> CellLook:
    """How a cell of the register is painted; letters and shapes stand beside every colour."""
    day = presenter.columns[column]
    if day.session is None:
        return CellLook("quiet", "hatch")
    if not presenter.on_roster(row, column):
        return CellLook("quiet")
    mark = presenter.mark_at(row, column)
    if day.session.state is SessionState.CANCELLED:
        return CellLook("quiet", "cross", corner=mark is not None)
    if mark is None:
        waits = day.day <= presenter.today and not day.session.is_for_some
        return CellLook("unmarked", text="?", loud=True) if waits else CellLook("", "dot")
    text = _(SHORT_MARKS[mark.code]).format(minutes=digits(mark.minutes)) if SHORT_MARKS[mark.code] else ""
    return _mark_look(mark.code, text, noted=bool(mark.note))


@lru_cache(maxsize=512)
def _mark_look(code: MarkCode, text: str, *, noted: bool) -> CellLook:
    """A month has a thousand marks but few that look different."""
    return CellLook(code.value, SIGNS.get(code, ""), text, corner=noted)


def day_title(column: DayColumn, today: date, *, twice: bool) -> DayTitle:
    """Head of a day's column; where a day has two sessions, the time tells them apart."""
    lower = digits(column.day.day)
    if twice and column.session is not None:
        lower = f"{lower} · {time_text(column.session.starts)}"
    quiet = column.session is None or column.session.state is SessionState.CANCELLED
    return DayTitle(_(WEEKDAYS_SHORT[column.day.weekday()]), lower, column.day == today, quiet)


def reason_words(reason: Reason | None) -> str:
    """A reason in the reader's language; reasons are data, so they carry both."""
    if reason is None:
        return ""
    return reason.name_km if language() == "km" else reason.name_en


def mark_words(mark: Mark | None, reasons: dict[int, Reason]) -> str:
    """A mark in words, such as ``Late, 15 minutes`` or ``Excused, sick``."""
    if mark is None:
        return _(UNMARKED_NAME)
    words = _(MARK_NAMES[mark.code])
    if mark.minutes:
        words = _("{mark}, {minutes} minutes").format(mark=words, minutes=digits(mark.minutes))
    if mark.reason_id is not None:
        words = f"{words}, {reason_words(reasons.get(mark.reason_id))}"
    elif mark.code in (MarkCode.EXCUSED, MarkCode.INSTITUTION):
        words = ", ".join((words, _p("excuse", "reason not given")))
    return f"{words} — {mark.note}" if mark.note else words


def cell_words(presenter: RegisterPresenter, row: int, column: int) -> str:
    """A cell as it is read aloud: person, day, what it says."""
    day = presenter.columns[column]
    name = presenter.learners[row].names.shown
    when = day_in_words(day.day)
    if day.holiday is not None:
        return ", ".join((name, when, _("holiday"), day.holiday[0 if language() == "km" else 1]))
    if not presenter.on_roster(row, column):
        return ", ".join((name, when, _("not in the class on this day")))
    words = mark_words(presenter.mark_at(row, column), presenter.reasons)
    if day.session is not None and day.session.state is SessionState.CANCELLED:
        reason = presenter.reasons.get(day.session.reason_id) if day.session.reason_id is not None else None
        return ", ".join((name, when, _p("session", "cancelled"), reason_words(reason)))
    return f"{name}, {when}, {words}"


def percent_words(percent: float | None) -> str:
    """A percent with one decimal where it has one, or a dash when nothing was due yet."""
    return "–" if percent is None else digits(f"{percent:.1f}".removesuffix(".0"))
