"""The list for the Ministry: valid certificates of completion, with what was noted about sending them."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, text

from tlbb_desktop.data.models.vocabulary import DayText
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.submissions import SubmissionLine, state_on

_LINES: Final = """
SELECT c.id, c.number, c.person_id, p.sex, p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname,
    k.code AS class_code, course.code AS course_code, course.name_km, course.name_en,
    CAST(COALESCE(c.content ->> 'hours', '0') AS INTEGER) AS hours, COALESCE(s.results_on, c.issued_on) AS results_on,
    s.sent_on, s.returned_on, COALESCE(s.ministry_number, '') AS ministry_number, COALESCE(s.version, 0) AS version
FROM certificate AS c
JOIN person AS p ON p.id = c.person_id
JOIN training_class AS k ON k.id = c.class_id
JOIN course ON course.id = k.course_id
LEFT JOIN submission AS s ON s.certificate_id = c.id
WHERE c.state = 'issued' AND c.kind = 'completion'
ORDER BY results_on, c.number
"""


def lines(connection: Connection, today: date) -> tuple[SubmissionLine, ...]:
    """Every valid certificate of completion, the earliest results first."""
    wanted = text(_LINES).columns(results_on=DayText, sent_on=DayText, returned_on=DayText)
    return tuple(
        SubmissionLine(
            certificate_id=row.id,
            number=row.number,
            person_id=row.person_id,
            names=names_of(row),
            sex=Sex(row.sex) if row.sex else None,
            class_code=row.class_code,
            course_code=row.course_code,
            course_km=row.name_km,
            course_en=row.name_en,
            hours=row.hours,
            results_on=row.results_on,
            sent_on=row.sent_on,
            returned_on=row.returned_on,
            ministry_number=row.ministry_number,
            state=state_on(today, row.results_on, row.sent_on, row.returned_on),
            version=row.version,
        )
        for row in connection.execute(wanted)
    )
