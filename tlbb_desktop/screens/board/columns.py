"""The words and looks of the board's columns and cells."""

from __future__ import annotations

from tlbb_desktop.domain.assessment import EntryKind
from tlbb_desktop.domain.curricula import MINUTES_OF_AN_HOUR, Basis, Unit
from tlbb_desktop.domain.forecast import Outlook, Verdict
from tlbb_desktop.domain.progress import STAGE_NAMES, BoardLearner, Stage
from tlbb_desktop.i18n.catalog import _, _n, language
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.screens.board.choices import is_ready
from tlbb_desktop.screens.board.presenter import BoardPresenter
from tlbb_desktop.widgets.cell_looks import CellLook
from tlbb_desktop.widgets.day_header import DayTitle

LEAVES = Np_("month in which a learner leaves prison, short", "Leaves")
LEFT_COLUMNS = (Np_("number on a list", "No."), N_("Name"), LEAVES)
NAME_COLUMN = 1
RIGHT_COLUMNS = (
    Np_("number of units reached, short", "Units"),
    Np_("hours of training, short", "Hours"),
    N_("Percent"),
    Np_("how a learner stands, short", "Finish"),
)
VERDICT_SIGNS = {
    Verdict.DONE: CellLook("present", "tick"),
    Verdict.ON_TRACK: CellLook("", "dot"),
    Verdict.CANNOT: CellLook("absent", text="▲"),
    Verdict.LEFT: CellLook("quiet", text="–"),
}
REACHED, REACHED_BEFORE = CellLook("present", "tick"), CellLook("present", "tick", corner=True)
TO_COME = CellLook("", "dot")
BROUGHT = (EntryKind.PRIOR, EntryKind.BROUGHT)


def unit_title(unit: Unit) -> str:
    """A unit's title in the reader's language, or in the other one where it has none."""
    first, second = (unit.name_km, unit.name_en) if language() == "km" else (unit.name_en, unit.name_km)
    return first or second


def unit_words(unit: Unit) -> str:
    """Code and title."""
    return f"{unit.code} · {unit_title(unit)}"


def unit_head(presenter: BoardPresenter, column: int) -> DayTitle:
    """Head of a unit's column: its hours over its code; the unit that the class is at is marked."""
    unit = presenter.units[column]
    is_now = presenter.board is not None and presenter.board.unit_today == unit.id
    return DayTitle(_("{hours} h").format(hours=digits(unit.hours)), unit.code, is_now)


def cell_look(presenter: BoardPresenter, row: int, column: int) -> CellLook:
    """How a cell is painted; a shape or a number stands beside every colour."""
    learner, unit = presenter.rows[row], presenter.units[column]
    state = learner.states.get(unit.id or 0)
    if state is not None and state.differs:
        return CellLook("present" if state.competent else "late", text="≠", loud=True)
    if state is not None and state.competent:
        return REACHED_BEFORE if state.kind in BROUGHT else REACHED
    if state is not None:
        return CellLook("late", "ring", digits(state.attempts) if state.attempts > 1 else "")
    if learner.stage(unit.id or 0) is Stage.LEARNING:
        ready = is_ready(learner, unit.id or 0, unit.minutes)
        return CellLook("excused", text=digits(presenter.hours(row, column)), loud=ready)
    return TO_COME


def cell_words(presenter: BoardPresenter, row: int, column: int) -> str:
    """A cell as it is read aloud: person, unit, how far, hours."""
    learner, unit = presenter.rows[row], presenter.units[column]
    state = learner.states.get(unit.id or 0)
    names = STAGE_NAMES[presenter.board.basis if presenter.board is not None else Basis.COMPETENCE]
    parts = [learner.learner.names.shown, unit_words(unit), _(names[presenter.stage(row, column)])]
    if state is not None:
        parts.append(day_text(state.day))
        parts.append(_n("{n} attempt", "{n} attempts", state.attempts).format(n=digits(state.attempts)))
        parts += second_words(presenter, row, column)
    elif is_ready(learner, unit.id or 0, unit.minutes):
        parts.append(_("hours reached, not assessed"))
    parts.append(hours_of(presenter.hours(row, column), unit.hours))
    return ", ".join(parts)


def second_words(presenter: BoardPresenter, row: int, column: int) -> list[str]:
    """What there is to say about a second assessor of a cell."""
    learner, unit_id = presenter.rows[row], presenter.units[column].id or 0
    state = learner.states.get(unit_id)
    if state is not None and state.second is not None:
        return [_("the second assessor differs") if state.differs else _("the second assessor agrees")]
    wanted = presenter.board is not None and presenter.board.wants_second(learner, unit_id)
    return [_("to be checked by a second assessor")] if wanted else []


def verdict_look(outlook: Outlook | None) -> CellLook:
    """How a learner stands, as a sign; nothing while that is being worked out."""
    if outlook is None:
        return CellLook()
    if outlook.verdict is Verdict.MAKE_UPS:
        return CellLook("late", text=f"+{digits(len(outlook.make_ups))}")
    return VERDICT_SIGNS[outlook.verdict]


def verdict_words(outlook: Outlook | None) -> str:
    """How a learner stands, in words."""
    if outlook is None:
        return ""
    words = _(outlook.name)
    if outlook.verdict is Verdict.MAKE_UPS:
        count = len(outlook.make_ups)
        sessions = _n("{n} session", "{n} sessions", count).format(n=digits(count))
        return f"{words} ({sessions})"
    return words


def hours_of(hours: int, goal: int) -> str:
    """Such as ``12 of 24 hours``."""
    return _("{hours} of {goal} hours").format(hours=digits(hours), goal=digits(goal))


def hours_text(minutes: int) -> str:
    """Full hours."""
    return digits(minutes // MINUTES_OF_AN_HOUR)


def percent_words(percent: float | None) -> str:
    """A percent with one decimal where it has one, or a dash when nothing was due yet."""
    return "–" if percent is None else digits(f"{percent:.1f}".removesuffix(".0"))


def leaves_words(row: BoardLearner) -> str:
    """Month of release as ``01/27``, or nothing."""
    month = row.release_month
    return digits(f"{month.first.month:02d}/{month.first.year % 100:02d}") if month is not None else ""


def name_words(row: BoardLearner) -> str:
    """Name and nickname."""
    names = row.learner.names
    return f"{names.shown} ({names.nickname})" if names.nickname else names.shown
