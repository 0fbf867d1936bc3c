"""Who was away from the class on a day, by its register: then nothing was shown at the bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode, SessionState
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Register
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

AWAY = (MarkCode.ABSENT, MarkCode.EXCUSED, MarkCode.INSTITUTION)


def away_on(register: Register, day: date) -> dict[int, MarkCode]:
    """The mark of each person who is marked away in every marked session of *day*, by the row of the person."""
    held = [each.id for each in register.sessions if each.day == day and each.state is not SessionState.CANCELLED]
    found: dict[int, MarkCode] = {}
    for learner in register.learners:
        marks = [register.marks.get((session, learner.person_id)) for session in held]
        codes = [mark.code for mark in marks if mark is not None]
        if codes and all(code in AWAY for code in codes):
            found[learner.person_id] = codes[0]
    return found


def read_away(desk: Desk, class_id: int, prison_id: int, day: date) -> Mapping[int, MarkCode]:
    """Whoever was away on *day*; nobody is known where the reader may not see the register."""
    if not desk.office.may(Action.SHEET_READ, prison_id):
        return {}
    return away_on(desk.attendance.register(class_id, Month.of(day)), day)


def left_out_words(people: Iterable[tuple[str, MarkCode]]) -> str:
    """Who is left out and why, such as *Left out: Sok Dara (Absent)*; nothing for nobody.

    Args:
        people: (name, mark).
    """
    named = ", ".join(f"{name} ({_(MARK_NAMES[code])})" for name, code in people)
    return labelled(_("Left out"), named) if named else ""
