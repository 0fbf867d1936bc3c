"""What Today reads: a fixed number of statements, whatever the size of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text

from tlbb_desktop.data.models import MarkHistory
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.data.queries.sheets import UNMARKED
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.case_plans import PlanStatus, SignedPaper
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.domain.people import PersonKind
from tlbb_desktop.domain.today import ApprovalLine, PlanApproval, SiteLine, TodaySession

_ROSTER = (
    "FROM enrolment AS e {join} WHERE e.class_id = s.class_id AND e.starts_on <= s.day"
    " AND (e.ends_on IS NULL OR e.ends_on >= s.day)"
)
_SESSIONS = f"""
SELECT s.id, s.class_id, c.code, course.name_km, course.name_en, s.day,
    COALESCE(s.real_starts, s.starts) AS starts, COALESCE(s.real_ends, s.ends) AS ends, s.state,
    (SELECT COUNT(DISTINCT e.person_id) {_ROSTER.format(join="")}) AS learners,
    (SELECT COUNT(DISTINCT e.person_id) {_ROSTER.format(join="JOIN person AS p ON p.id = e.person_id")}
        AND p.sex = 'F') AS female,
    (SELECT COUNT(DISTINCT e.person_id)
        {_ROSTER.format(join="JOIN mark AS m ON m.session_id = s.id AND m.person_id = e.person_id")}) AS marked,
    COUNT(*) OVER () AS found
FROM class_session AS s
JOIN training_class AS c ON c.id = s.class_id
JOIN course ON course.id = c.course_id
WHERE {{condition}}
    AND (:everywhere OR c.prison_id IN :prisons)
    AND (:trainer IS NULL OR c.trainer_id IS NULL OR c.trainer_id = :trainer)
ORDER BY {{order}} LIMIT :most
"""
_OF_TODAY = _SESSIONS.format(condition="s.day = :today", order="starts, c.sort_key")
_MISSING = _SESSIONS.format(
    condition=(
        "s.day < :today AND s.state <> 'cancelled' AND (s.state = 'planned' OR s.day >= :since) AND " + UNMARKED
    ),
    order="s.day DESC, starts DESC",
)
_AFTER_COPY = _SESSIONS.format(
    condition=(
        "s.state <> 'cancelled' AND (s.day > :since OR (s.day = :since AND s.ends > :minute))"
        " AND (s.day < :today OR (s.day = :today AND s.ends <= :now)) AND " + UNMARKED
    ),
    order="c.sort_key, s.day, starts",
)
_TO_COME = _SESSIONS.format(
    condition="s.state = 'planned' AND (s.day > :today OR (s.day = :today AND s.ends > :minute)) AND s.day <= :until",
    order="s.day, starts, c.sort_key",
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose sessions are read.

    Args:
        prisons: rows of the sites; None = all.
        trainer_id: only classes that this member of staff leads or nobody does; None = all.
    """

    prisons: frozenset[int] | None
    trainer_id: int | None = None


def sessions_of(connection: Connection, today: date, reach: Reach) -> tuple[TodaySession, ...]:
    """The sessions of a day in order of time."""
    return tuple(_session(row) for row in _read(connection, _OF_TODAY, reach, 100, today=today))


def unmarked_before(
    connection: Connection, today: date, since: date, reach: Reach, most: int
) -> tuple[tuple[TodaySession, ...], int]:
    """Earlier sessions in which marks are missing, the newest first, and how many there are.

    Args:
        connection: to read with.
        today: the working day.
        since: sessions that were held are looked at from this day on; those that nobody touched, without limit.
        reach: whose sessions.
        most: how many sessions are given back.
    """
    rows = _read(connection, _MISSING, reach, most, today=today, since=since)
    return tuple(_session(row) for row in rows), rows[0].found if rows else 0


def unmarked_after(
    connection: Connection, copied_at: datetime, now: datetime, reach: Reach, most: int
) -> tuple[tuple[TodaySession, ...], int]:
    """Sessions that ended between a copy and now and lack marks, by class and day, and how many there are.

    Args:
        connection: to read with.
        copied_at: the moment of the copy.
        now: sessions that have not ended by then do not count.
        reach: whose sessions.
        most: how many sessions are given back.
    """
    rows = _read(
        connection, _AFTER_COPY, reach, most,
        since=copied_at.date(), minute=copied_at.hour * 60 + copied_at.minute,
        today=now.date(), now=now.hour * 60 + now.minute,
    )  # fmt: skip
    return tuple(_session(row) for row in rows), rows[0].found if rows else 0


def next_planned(connection: Connection, now: datetime, until: date, reach: Reach) -> TodaySession | None:
    """The first planned session that has not ended at *now*, or None when there is none by *until*."""
    minute = now.hour * 60 + now.minute
    rows = _read(connection, _TO_COME, reach, 1, today=now.date(), minute=minute, until=until)
    return _session(rows[0]) if rows else None


def _read(connection: Connection, statement: str, reach: Reach, most: int, **values: Any) -> list[Row[Any]]:
    days = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return list(
        connection.execute(
            text(statement).bindparams(bindparam("prisons", expanding=True)),
            {
                "everywhere": reach.prisons is None,
                "prisons": sorted(reach.prisons or ()),
                "trainer": reach.trainer_id,
                "most": most,
                **days,
            },
        )
    )


def _session(row: Row[Any]) -> TodaySession:
    return TodaySession(
        session_id=row.id,
        class_id=row.class_id,
        class_code=row.code,
        course_km=row.name_km,
        course_en=row.name_en,
        day=date.fromisoformat(row.day),
        starts=time(row.starts // 60, row.starts % 60),
        ends=time(row.ends // 60, row.ends % 60),
        state=SessionState(row.state),
        learners=row.learners,
        female=row.female,
        marked=row.marked,
    )


def last_mark_at(connection: Connection) -> datetime | None:
    """When the newest mark of the whole record was entered: on the day that the staff gave, if the clock was wrong."""
    newest = select(MarkHistory.at).order_by(MarkHistory.id.desc()).limit(1)
    return connection.execute(newest).scalar()


_WAITING = f"""
SELECT
    (SELECT COUNT(*) FROM question AS q JOIN person AS p ON p.id = q.person_id
        LEFT JOIN training_class AS c ON c.id = q.class_id
        WHERE q.answered_at IS NULL AND (:everywhere OR COALESCE(c.prison_id, p.prison_id) IN :prisons)) AS questions,
    (SELECT COUNT(*) FROM person AS p WHERE p.kind = '{PersonKind.GUEST}' AND p.merged_into_id IS NULL
        AND (:everywhere OR p.prison_id IN :prisons)) AS guests
"""


def waiting(connection: Connection, prisons: Iterable[int] | None) -> tuple[int, int]:
    """How many questions are open, and how many guests wait to be joined to a record."""
    row = connection.execute(
        text(_WAITING).bindparams(bindparam("prisons", expanding=True)),
        {"everywhere": prisons is None, "prisons": sorted(prisons or ())},
    ).one()
    return row.questions, row.guests


_SITES = """
SELECT p.id, p.code, p.name_km, p.name_en,
    (SELECT COUNT(*) FROM training_class AS c
        WHERE c.prison_id = p.id AND c.starts_on <= :today AND c.ends_on >= :today) AS classes,
    (SELECT MAX((SELECT s.day FROM class_session AS s WHERE s.class_id = c.id AND s.state = 'held'
            AND EXISTS (SELECT 1 FROM mark AS m WHERE m.session_id = s.id) ORDER BY s.day DESC LIMIT 1))
        FROM training_class AS c WHERE c.prison_id = p.id) AS last_mark_on
FROM prison AS p WHERE p.active ORDER BY p.code
"""


def sites(connection: Connection, today: date) -> tuple[SiteLine, ...]:
    """The active sites with their running classes and the newest day that has marks."""
    rows = connection.execute(text(_SITES), {"today": today.isoformat()})
    return tuple(
        SiteLine(
            row.id,
            row.code,
            row.name_km,
            row.name_en,
            row.classes,
            date.fromisoformat(row.last_mark_on) if row.last_mark_on else None,
        )
        for row in rows
    )


#: One statement for both kinds: classes with certificates, then plans; ``paper`` tells which.
_APPROVALS = f"""
SELECT * FROM (
    SELECT 'certificate' AS paper, c.code AS code, course.name_km, course.name_en, COUNT(*) AS found, 0 AS plan_id,
        0 AS case_id, 0 AS number, 0 AS proposed_at, c.sort_key AS place
    FROM certificate AS w
    JOIN training_class AS c ON c.id = w.class_id
    JOIN course ON course.id = c.course_id
    WHERE w.state = '{CertificateState.PROPOSED}' AND (:everywhere OR c.prison_id IN :prisons)
    GROUP BY c.id, course.id
    UNION ALL
    SELECT x.paper, p.code, '', '', 1, x.id, x.case_id, x.number, x.proposed_at, NULL
    FROM (
        SELECT '{SignedPaper.CASE_PLAN}' AS paper, id, case_id, number, proposed_at FROM case_plan
        WHERE status = '{PlanStatus.DRAFT}' AND proposed_at IS NOT NULL
        UNION ALL
        SELECT '{SignedPaper.RELEASE_PLAN}', id, case_id, number, proposed_at FROM release_plan
        WHERE status = '{PlanStatus.DRAFT}' AND proposed_at IS NOT NULL
    ) AS x
    JOIN case_file AS f ON f.id = x.case_id AND f.state = '{CaseState.OPEN}'
    JOIN person AS p ON p.id = f.person_id
    WHERE :plans
) AS waiting ORDER BY paper = 'certificate' DESC, place, proposed_at, plan_id
"""


def approvals(
    connection: Connection, prisons: Iterable[int] | None, *, plans: bool
) -> tuple[tuple[ApprovalLine, ...], tuple[PlanApproval, ...]]:
    """What waits for an approval: the classes with certificates, and the plans of open cases, the oldest first.

    Args:
        connection: to read with.
        prisons: of the classes; None = all.
        plans: whether plans are read, too.
    """
    rows = connection.execute(
        text(_APPROVALS).bindparams(bindparam("prisons", expanding=True)),
        {"everywhere": prisons is None, "prisons": sorted(prisons or ()), "plans": plans},
    ).all()
    certificates = tuple(
        ApprovalLine(row.code, row.name_km, row.name_en, row.found) for row in rows if row.paper == "certificate"
    )
    waiting = tuple(
        PlanApproval(
            SignedPaper(row.paper), row.plan_id, row.case_id, row.code, row.number, from_milliseconds(row.proposed_at)
        )
        for row in rows
        if row.paper != "certificate"
    )
    return certificates, waiting
