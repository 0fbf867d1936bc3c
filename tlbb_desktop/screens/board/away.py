"""Who was away from the class on a day, by its register: then nothing was shown at the bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


def read_away(desk: Desk, class_id: int, prison_id: int, day: date) -> Mapping[int, MarkCode]:
    """Whoever was away on *day*; nobody is known where the reader may not see the register."""
    if not desk.office.may(Action.SHEET_READ, prison_id):
        return {}
    return desk.attendance.away(class_id, day)


def left_out_words(people: Iterable[tuple[str, MarkCode]]) -> str:
    """Who is left out and why, such as *Left out: Sok Dara (Absent)*; nothing for nobody.

    Args:
        people: (name, mark).
    """
    named = ", ".join(f"{name} ({_(MARK_NAMES[code])})" for name, code in people)
    return labelled(_("Left out"), named) if named else ""
