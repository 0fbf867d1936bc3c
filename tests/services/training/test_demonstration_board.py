"""The boards of the demonstration, figure by figure, against SQL that shares no line with the program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tlbb_desktop.demonstration.build import demo_login
from tlbb_desktop.demonstration.cast import CLASSES, MANAGER
from tlbb_desktop.domain.forecast import Verdict
from tlbb_desktop.services import disk_room
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

#: Minutes of a cell: the session's length less lateness; an excuse weighs nothing in the demonstration.
ATTENDED = """
    CASE m.code WHEN 'present' THEN s.ends - s.starts
                WHEN 'late' THEN max(0, s.ends - s.starts - m.minutes)
                WHEN 'left' THEN max(0, s.ends - s.starts - m.minutes) ELSE 0 END
"""
ENROLLED = """
    EXISTS (SELECT 1 FROM enrolment e WHERE e.class_id = s.class_id AND e.person_id = m.person_id
            AND e.starts_on <= s.day AND coalesce(e.ends_on, '9999') >= s.day)
"""
#: Each mark; a make-up session belongs to the held session that it repairs, and teaches what that one taught.
CELLS = f"""
    WITH cell AS (
        SELECT m.person_id AS person, s.id AS session, coalesce(r.id, s.id) AS root, r.id IS NOT NULL AS make_up,
               m.code, s.ends - s.starts AS length, coalesce(r.ends - r.starts, s.ends - s.starts) AS whole,
               {ATTENDED} AS minutes,
               (SELECT u.unit_id FROM class_unit u WHERE u.class_id = s.class_id
                AND u.starts_on <= coalesce(r.day, s.day) ORDER BY u.starts_on DESC LIMIT 1) AS unit
        FROM mark m JOIN class_session s ON s.id = m.session_id LEFT JOIN class_session r
            ON r.id = s.repairs_session_id AND r.state = 'held' AND r.repairs_session_id IS NULL
        WHERE s.class_id = :class AND s.state = 'held' AND {ENROLLED}
    )
"""
HOURS = f"""
    {CELLS} SELECT person, unit, sum(minutes) FROM (
        SELECT person, unit, min(sum(minutes), max(whole)) AS minutes FROM cell GROUP BY person, root
        UNION ALL
        SELECT a.person_id, a.unit_id, a.minutes FROM attempt a WHERE a.class_id = :class AND a.minutes > 0
    ) GROUP BY person, unit HAVING sum(minutes) > 0
"""
#: A make-up of a session that was due gives back what was missed in it; of another one, it counts like any session.
ATTENDANCE = f"""
    {CELLS} SELECT person, sum(minutes), sum(due) FROM (
        SELECT person, minutes, CASE code WHEN 'institution' THEN 0 ELSE length END AS due FROM cell WHERE NOT make_up
        UNION ALL
        SELECT c.person,
               CASE WHEN f.person IS NULL THEN sum(c.minutes) ELSE min(max(f.length - f.minutes), sum(c.minutes)) END,
               CASE WHEN f.person IS NULL THEN sum(CASE c.code WHEN 'institution' THEN 0 ELSE c.length END) ELSE 0 END
        FROM cell c LEFT JOIN cell f ON f.session = c.root AND f.person = c.person AND f.code <> 'institution'
        WHERE c.make_up GROUP BY c.person, c.root
    ) GROUP BY person
"""
STATES = """
    SELECT person_id, unit_id, outcome FROM (
        SELECT a.person_id, a.unit_id, a.outcome,
               row_number() OVER (PARTITION BY a.person_id, a.unit_id ORDER BY a.day DESC, a.id DESC) AS place
        FROM attempt a JOIN course_unit u ON u.id = a.unit_id JOIN training_class k ON k.id = :class
        WHERE a.outcome IS NOT NULL AND u.course_id = k.course_id
          AND NOT EXISTS (SELECT 1 FROM attempt b WHERE b.corrects_id = a.id)
          AND EXISTS (SELECT 1 FROM enrolment e WHERE e.class_id = :class AND e.person_id = a.person_id)
    ) WHERE place = 1
"""
TAUGHT = """
    SELECT (SELECT u.unit_id FROM class_unit u WHERE u.class_id = s.class_id AND u.starts_on <= s.day
            ORDER BY u.starts_on DESC LIMIT 1), sum(s.ends - s.starts)
    FROM class_session s WHERE s.class_id = :class AND s.state = 'held' AND s.repairs_session_id IS NULL GROUP BY 1
"""


@pytest.fixture(scope="module")
def demonstrated(demonstration, tmp_path_factory) -> Iterator[Desk]:
    """The manager's desk at a copy of the demonstration."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk_room, "BALLAST_BYTES", 4096)
        home = Home(shutil.copytree(demonstration.path, tmp_path_factory.mktemp("demonstrated") / "home"))
        passphrase = demo_login(home, MANAGER).read_text(encoding="utf-8").strip()
        desk = open_desk(home, unlock(home, MANAGER, passphrase))
        yield desk
        desk.close()


def asked(desk: Desk, statement: str, class_id: int = 0) -> list[tuple]:
    with desk.office.store.read() as connection:
        return [tuple(row) for row in connection.execute(text(statement), {"class": class_id} if class_id else {})]


@pytest.mark.parametrize("code", [group.code for group in CLASSES])
def test_hours_attendance_and_states_of_a_board_equal_an_independent_recomputation(demonstrated, code) -> None:
    class_id = demonstrated.classes.class_named(code)
    board = demonstrated.progress.board(class_id)
    rows = {row.person_id: row for row in board.learners}
    hours = {(person, unit): minutes for person, unit, minutes in asked(demonstrated, HOURS, class_id)}
    found = {(person, unit): got for person, row in rows.items() for unit, got in row.minutes.items() if got}
    assert found == {cell: minutes for cell, minutes in hours.items() if cell[0] in rows}
    assert len(found) > 40
    attended = {row[0]: (row[1], row[2]) for row in asked(demonstrated, ATTENDANCE, class_id)}
    for person, row in rows.items():
        assert (row.totals.minutes_attended, row.totals.minutes_due) == attended.get(person, (0, 0)), person
    states = {(person, unit): outcome for person, unit, outcome in asked(demonstrated, STATES, class_id)}
    assert {
        (person, unit): str(state.outcome) for person, row in rows.items() for unit, state in row.states.items()
    } == states
    assert len(states) > 20
    assert dict(board.taught) == dict(asked(demonstrated, TAUGHT, class_id))


def test_the_demonstration_is_believable(demonstrated) -> None:
    """Some units are competent and some not yet, some after several tries, one by prior learning, one left out."""
    outcomes = dict(asked(demonstrated, "SELECT outcome, count(*) FROM attempt GROUP BY outcome"))
    assert outcomes["competent"] > 3 * outcomes["not-yet"] > 100
    assert asked(demonstrated, "SELECT count(*) FROM attempt WHERE kind = 'prior'") == [(1,)]
    tries = asked(demonstrated, "SELECT max(n) FROM (SELECT count(*) n FROM attempt GROUP BY person_id, unit_id)")
    assert tries == [(3,)]
    electronics = demonstrated.progress.board(demonstrated.classes.class_named("SR-ELEC-25"))
    assert [switch.code for switch in electronics.off] == ["E12"]
    assert electronics.curriculum.hours == 580
    made_up = (
        "SELECT count(DISTINCT s.id), sum(r.code = 'absent'), sum(r.code = 'institution'), sum(m.code = 'late')"
        " FROM class_session s JOIN mark m ON m.session_id = s.id"
        " LEFT JOIN mark r ON r.session_id = s.repairs_session_id AND r.person_id = m.person_id"
        " WHERE s.repairs_session_id IS NOT NULL"
    )
    ((sessions, absent, kept_away, late),) = asked(demonstrated, made_up)
    assert sessions == late == 5
    assert min(absent, kept_away) > 5


def test_the_forecast_of_every_class_accounts_for_everybody(demonstrated) -> None:
    seen: set[Verdict] = set()
    for group in demonstrated.classes.classes():
        standing = demonstrated.progress.standing(group.id)
        forecast = standing.forecast
        assert len(forecast.outlooks) == len(standing.board.learners)
        seen |= {each.verdict for each in forecast.outlooks}
        for each in forecast.outlooks:
            assert bool(each.make_ups) == (each.verdict is Verdict.MAKE_UPS)
            assert set(each.make_ups) <= set(forecast.make_ups)
        assert set(standing.sessions) == set(forecast.make_ups)
    assert {Verdict.ON_TRACK, Verdict.MAKE_UPS, Verdict.CANNOT, Verdict.LEFT} <= seen


def test_the_path_of_a_learner_grows_month_by_month(demonstrated) -> None:
    class_id = demonstrated.classes.class_named("SR-MOTO-25")
    board = demonstrated.progress.board(class_id)
    best = max(board.learners, key=lambda row: len(board.competent_units(row)))
    path = demonstrated.progress.path(class_id, best.person_id)
    reached = [month.competent for month in path.months]
    assert reached == sorted(reached)
    assert reached[-1] == len(board.competent_units(best))
    assert path.next_step.message


@pytest.mark.parametrize("code", ["SR-MOTO-25", "SR-ELEC-25"])
def test_the_months_of_a_path_and_of_a_record_add_up_to_the_board_s_totals_also_with_make_ups(
    demonstrated, code
) -> None:
    class_id = demonstrated.classes.class_named(code)
    for row in demonstrated.progress.board(class_id).learners[::4]:
        months = demonstrated.progress.path(class_id, row.person_id).months
        due, attended = (sum(getattr(each, name) for each in months) for name in ("minutes_due", "minutes_attended"))
        assert (due, attended) == (row.totals.minutes_due, row.totals.minutes_attended)
