"""The words about an absence list that is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.domain.attendance_import import AttendanceTaken, RefusedCell
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_text, digits, month_in_words
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.screens.sheets.import_presenter import ListPreview

NAMES_SHOWN = 5


def _who(cell: RefusedCell) -> str:
    return cell.name or cell.code


def _day(cell: RefusedCell) -> str:
    return day_text(cell.day) if cell.day else ""


def _why(cell: RefusedCell) -> str:
    return explain(cell.why)


REFUSED_COLUMNS: tuple[tuple[str, Callable[[RefusedCell], str]], ...] = (
    (N_("Name"), _who),
    (N_("Day"), _day),
    (N_("Why"), _why),
)


def heading_words(preview: ListPreview | None, taken: AttendanceTaken | None) -> str:
    """The question, or how it was answered."""
    if preview is None:
        return _("Reading the list")
    if taken is not None:
        return _marks_taken(taken)
    if not preview.plan.wishes:
        return _("This list brings no new mark")
    return _("Take the list of {month} into {code}?").format(
        month=month_in_words(preview.plan.month.first), code=preview.class_code
    )


def preview_words(preview: ListPreview | None, taken: AttendanceTaken | None) -> str:
    """What will happen, one thing a line; afterwards how it is taken back."""
    if preview is None:
        return ""
    if taken is not None:
        return _("In the register, Ctrl+Z takes the whole list back.")
    lines = (_marks_to_take(preview), _sessions_to_hold(preview), _unchanged(preview), _missing(preview))
    return "\n".join(filter(None, lines))


def refused_words(refused: Sequence[RefusedCell], taken: AttendanceTaken | None) -> str:
    """How many cells are left out, over the table that names them."""
    if not refused:
        return ""
    words = (
        _n("{n} cell is left out:", "{n} cells are left out:", len(refused))
        if taken is None
        else _n("{n} cell was left out:", "{n} cells were left out:", len(refused))
    )
    return words.format(n=digits(len(refused)))


def taken_words(taken: AttendanceTaken) -> str:
    """What was done, for the status line."""
    left = len(taken.refused)
    words = _n("{n} cell was left out.", "{n} cells were left out.", left).format(n=digits(left)) if left else ""
    return " ".join(filter(None, (_marks_taken(taken), words)))


def _marks_taken(taken: AttendanceTaken) -> str:
    count = len(taken.marked.cells)
    return _n("{n} mark taken.", "{n} marks taken.", count).format(n=digits(count))


def _marks_to_take(preview: ListPreview) -> str:
    count = len(preview.plan.wishes)
    if not count:
        return ""
    marks = " · ".join(
        f"{_(MARK_NAMES[code])} {digits(preview.marks[code])}" for code in MarkCode if preview.marks.get(code)
    )
    return _n("{n} mark will be taken: {marks}", "{n} marks will be taken: {marks}", count).format(
        n=digits(count), marks=marks
    )


def _sessions_to_hold(preview: ListPreview) -> str:
    count = preview.to_be_held
    words = _n("{n} planned session becomes held.", "{n} planned sessions become held.", count)
    return words.format(n=digits(count)) if count else ""


def _unchanged(preview: ListPreview) -> str:
    count = preview.plan.unchanged
    words = _n(
        "{n} cell is in the register already and stays.", "{n} cells are in the register already and stay.", count
    )
    return words.format(n=digits(count)) if count else ""


def _missing(preview: ListPreview) -> str:
    missing = preview.plan.missing
    if not missing:
        return ""
    names = [name or code for code, name in missing[:NAMES_SHOWN]]
    if len(missing) > NAMES_SHOWN:
        names.append(f"… + {digits(len(missing) - NAMES_SHOWN)}")
    return _("Not on the list, so left as they are: {names}").format(names=", ".join(names))
