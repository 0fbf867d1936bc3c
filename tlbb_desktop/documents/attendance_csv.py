"""The marks of a class-month for machines: one row per mark, UTF-8 with a byte order mark so that Excel reads Khmer."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from tlbb_desktop.documents.cell_text import guarded_text
from tlbb_desktop.domain.attendance import Mark, SessionRow
from tlbb_desktop.domain.register import Learner, MonthSheet

COLUMNS: Final = (
    "class_code",
    "course_code",
    "prison_code",
    "month",
    "sheet_number",
    "session_id",
    "day",
    "starts",
    "ends",
    "session_state",
    "session_minutes",
    "person_id",
    "person_code",
    "family_km",
    "given_km",
    "family_latin",
    "given_latin",
    "sex",
    "guest",
    "mark",
    "reason_code",
    "mark_minutes",
    "marked_at",
)


def attendance_csv(sheet: MonthSheet) -> bytes:
    """Every mark of *sheet* in order of session and roster; times are planned or, where known, real ones.

    ``mark`` is one of present, late, left, excused, absent, institution; ``mark_minutes``: late or gone early.
    Text that a spreadsheet could run as a formula has an apostrophe in front.
    """
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(sheet))
    return written.getvalue().encode("utf-8-sig")


def _rows(sheet: MonthSheet) -> Iterator[list[object]]:
    group = sheet.register.group
    about_class = [
        guarded_text(group.code),
        guarded_text(group.course_code),
        guarded_text(group.prison),
        str(sheet.register.month),
        sheet.number,
    ]
    for session in sheet.register.sessions:
        for row in sheet.rows:
            mark = row.marks.get(session.id)
            if mark is not None:
                yield [*about_class, *_session(session), *_person(row.learner), *_mark(sheet, mark)]


def _session(session: SessionRow) -> list[object]:
    starts, ends = session.real_starts or session.starts, session.real_ends or session.ends
    return [
        session.id,
        session.day.isoformat(),
        f"{starts:%H:%M}",
        f"{ends:%H:%M}",
        str(session.state),
        session.minutes,
    ]


def _person(learner: Learner) -> list[object]:
    names = learner.names
    spoken = (learner.code, names.family_km, names.given_km, names.family_latin, names.given_latin)
    return [learner.person_id, *map(guarded_text, spoken), learner.sex or "", int(learner.guest)]


def _mark(sheet: MonthSheet, mark: Mark) -> list[object]:
    reason = guarded_text(sheet.reason_codes.get(mark.reason_id or 0, ""))
    return [str(mark.code), reason, mark.minutes, mark.marked_at.isoformat() if mark.marked_at else ""]
