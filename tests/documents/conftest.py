from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.documents.sheets import all_present, learner, marked, session, sheet_of
from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.register import MonthSheet


@pytest.fixture
def full_sheet() -> MonthSheet:
    """Thirty-four learners, every kind of mark, a cancelled session, a holiday, an afternoon lesson, a guest."""
    learners = (
        *(learner(number) for number in range(1, 33)),
        learner(33, enrolled=((date(2026, 11, 12), None),)),
        learner(34, guest=True, code="?-1"),
    )
    held = (2, 3, 4, 5, 10, 12, 16, 17, 18, 19, 26, 30)
    sessions = tuple(
        sorted(
            (
                *(session(day, day) for day in held),
                session(11, 11, SessionState.CANCELLED, reason_id=3),
                session(116, 16, starts=time(14), ends=time(16)),
            ),
            key=lambda each: (each.day, each.starts),
        )
    )
    marks = all_present(learners, sessions)
    marked(marks, 2, 1, MarkCode.ABSENT)
    marked(marks, 3, 1, MarkCode.ABSENT)
    marked(marks, 4, 1, MarkCode.EXCUSED, reason_id=1)
    marked(marks, 16, 2, MarkCode.INSTITUTION, reason_id=2)
    marked(marks, 17, 2, MarkCode.INSTITUTION, reason_id=2)
    marked(marks, 2, 3, MarkCode.LATE, minutes=15)
    marked(marks, 3, 3, MarkCode.LATE, minutes=15)
    marked(marks, 5, 4, MarkCode.LEFT_EARLY, minutes=20)
    marked(marks, 116, 5, MarkCode.ABSENT)
    return sheet_of(learners, sessions, marks)


@pytest.fixture
def draft_sheet(full_sheet: MonthSheet) -> MonthSheet:
    """The same class, not yet marked to the end."""
    register = full_sheet.register
    marks = {key: mark for key, mark in register.marks.items() if key[0] not in (12, 30) or key[1] > 3}
    sessions = tuple(replace(each, state=SessionState.PLANNED) if each.id == 30 else each for each in register.sessions)
    marks = {key: mark for key, mark in marks.items() if key[0] != 30}
    return sheet_of(register.learners, sessions, marks, made_on=date(2026, 11, 20), demonstration=True)
