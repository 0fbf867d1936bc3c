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
