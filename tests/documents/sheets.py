from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from tlbb_desktop.domain.attendance import Mark, MarkCode, SessionRow, SessionState
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.domain.register import Learner, MonthSheet, Register, SheetState
from tlbb_desktop.domain.sheet_rules import days_to_come, sheet_rows, unmarked_days

NOVEMBER = Month(2026, 11)
FAMILIES = ("គឹម", "ស៊ិន", "ចាន់", "ខៀវ", "ញ៉ែម", "ឡុង")
GIVEN = ("វណ្ណា", "ពិសិដ្ឋ", "រិទ្ធី", "ចាន់ថា", "បុប្ផា")
REASONS = {
    1: ("ឈឺ", "Sick"),
    2: ("តុលាការ", "Court"),
    3: ("ពន្ធនាគារបិទ", "Prison closed"),
}
REASON_CODES = {1: "sick", 2: "court", 3: "lockdown"}


def learner(number: int, **changed: object) -> Learner:
    names = Names(FAMILIES[number % 6], GIVEN[number % 5], f"KIM{number}", "VANNA", "តូច")
    sex = Sex.FEMALE if number % 5 == 4 else Sex.MALE
    plain = Learner(number, f"SR-26-{number:04d}", names, sex, False, ((date(2026, 9, 1), None),))
    return replace(plain, **changed)


def session(number: int, day: int, state: SessionState = SessionState.HELD, **changed: object) -> SessionRow:
    plain = SessionRow(number, 7, date(2026, 11, day), time(8), time(11), state)
    return replace(plain, **changed)


def sheet_of(
    learners: tuple[Learner, ...],
    sessions: tuple[SessionRow, ...],
    marks: dict[tuple[int, int], Mark],
    made_on: date = date(2026, 11, 30),
    **changed: object,
) -> MonthSheet:
    group = ClassRow(
        7, "SR-MOTO-26", "moto", "ការជួសជុលម៉ូតូ", "Motorbike repair", 1, "SR", "សុខ ដារ៉ា",
        date(2026, 9, 1), date(2027, 2, 28), len(learners), 0,
    )  # fmt: skip
    holidays = {date(2026, 11, 9): ("បុណ្យឯករាជ្យជាតិ", "Independence Day")}
    register = Register(group, NOVEMBER, learners, sessions, marks, holidays)
    unmarked = unmarked_days(register, made_on)
    plain = MonthSheet(
        register=register,
        rows=sheet_rows(register),
        state=SheetState.OPEN,
        number=0,
        corrects=0,
        differences=(),
        draft=bool(unmarked or days_to_come(register, made_on)),
        unmarked_days=unmarked,
        code="",
        reasons=REASONS,
        prison_names=("ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Prison"),
        trainer="សុខ ដារ៉ា",
        demonstration=False,
        made_on=made_on,
        reason_codes=REASON_CODES,
    )
    return replace(plain, **changed)


def all_present(learners: tuple[Learner, ...], sessions: tuple[SessionRow, ...]) -> dict[tuple[int, int], Mark]:
    return {
        (each.id, who.person_id): Mark(each.id, who.person_id, MarkCode.PRESENT)
        for each in sessions
        for who in learners
        if each.state is SessionState.HELD and who.enrolled_on(each.day)
    }


def marked(marks: dict[tuple[int, int], Mark], session_id: int, person_id: int, code: MarkCode, **more: object) -> None:
    marks[session_id, person_id] = Mark(session_id, person_id, code, **more)


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


def draft_sheet() -> MonthSheet:
    """The same class, not yet marked to the end."""
    register = full_sheet().register
    marks = {key: mark for key, mark in register.marks.items() if key[0] not in (12, 30) or key[1] > 3}
    sessions = tuple(replace(each, state=SessionState.PLANNED) if each.id == 30 else each for each in register.sessions)
    marks = {key: mark for key, mark in marks.items() if key[0] != 30}
    return sheet_of(register.learners, sessions, marks, made_on=date(2026, 11, 20), demonstration=True)
