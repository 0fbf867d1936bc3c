from __future__ import annotations

from itertools import product

import pytest

from tlbb_desktop.domain.attendance import Tally
from tlbb_desktop.domain.certificate_rules import UnitsReached
from tlbb_desktop.domain.certificates import (
    CertificateKind,
    CertificateState,
    Lack,
    eligibility,
    require_step,
)
from tlbb_desktop.domain.curricula import CertificateRule
from tlbb_desktop.domain.errors import Refused

NAMES = ("គឹម វណ្ណា", "KIM VANNA")
LEGAL = {
    ("draft", "proposed"),
    ("proposed", "approved"),
    ("proposed", "withdrawn"),
    ("approved", "issued"),
    ("approved", "withdrawn"),
    ("issued", "replaced"),
    ("issued", "revoked"),
}


@pytest.mark.parametrize(("before", "after"), list(product(CertificateState, CertificateState)))
def test_a_certificate_takes_only_the_steps_of_its_way(before, after):
    if (before.value, after.value) in LEGAL:
        require_step(before, after)
    else:
        with pytest.raises(Refused):
            require_step(before, after)


def lacks(
    due: int, attended: int, open_minutes: int = 0, unmarked: int = 0, kind=CertificateKind.COMPLETION, names=NAMES
):
    totals = Tally(unmarked=unmarked, minutes_due=due, minutes_attended=attended)
    return [missing.lack for missing in eligibility(1, kind, names, totals, open_minutes).missing]


def test_eighty_percent_of_a_finished_course_earn_a_certificate():
    assert lacks(1000, 800) == []


def test_a_minute_less_does_not_although_it_rounds_to_eighty():
    assert Tally(minutes_due=10_000, minutes_attended=7_999).percent == 80
    assert lacks(10_000, 7_999) == [Lack.ATTENDANCE]


def test_while_sessions_to_come_can_bring_attendance_below_the_goal_the_course_is_not_over():
    assert lacks(1000, 1000, open_minutes=250) == []
    assert lacks(1000, 1000, open_minutes=251) == [Lack.TO_COME]


def test_missing_marks_and_names_are_lines_of_their_own():
    assert lacks(1000, 900, open_minutes=60, unmarked=1, names=("", " ")) == [
        Lack.UNMARKED, Lack.KHMER_NAME, Lack.LATIN_NAME,
    ]  # fmt: skip


def test_nobody_who_never_came_gets_any_paper():
    assert all(lacks(1000, 0, kind=kind) == [Lack.NO_SESSION] for kind in CertificateKind)


def test_participation_and_partial_units_ask_for_no_percentage():
    assert lacks(1000, 60, open_minutes=9000, kind=CertificateKind.PARTICIPATION) == []
    assert lacks(1000, 60, open_minutes=9000, kind=CertificateKind.PARTIAL) == []


def test_hours_are_full_hours_attended():
    assert eligibility(1, CertificateKind.PARTIAL, NAMES, Tally(minutes_due=600, minutes_attended=359), 0).hours == 5


RULE = CertificateRule()


def units(competent: int, credited: int, of: int = 4, rule: CertificateRule = RULE) -> UnitsReached:
    codes = tuple(f"M{number}" for number in range(of))
    return UnitsReached(rule, codes[:competent], codes[competent:], credited, 40 * 60)


def lines(kind=CertificateKind.COMPLETION, attended: int = 1900, **reached) -> dict[str, tuple[bool, float, float]]:
    totals = Tally(minutes_due=2000, minutes_attended=attended)
    found = eligibility(1, kind, NAMES, totals, 0, units(**reached))
    assert found.earned == all(line.met for line in found.lines)
    return {str(line.rule): (line.met, line.reached, line.needed) for line in found.lines}


def test_all_units_hours_and_attendance_earn_a_certificate_and_each_is_a_line():
    assert lines(competent=4, credited=1920) == {
        "units": (True, 4, 4), "hours": (True, 32.0, 32.0), "attendance": (True, 95.0, 80),
        "register": (True, 0, 0), "names": (True, 2, 2),
    }  # fmt: skip


def test_a_missing_unit_and_a_missing_minute_are_lines_of_their_own():
    found = eligibility(
        1, CertificateKind.COMPLETION, NAMES, Tally(minutes_due=9, minutes_attended=9), 0, units(3, 1919)
    )
    assert [each.lack for each in found.missing] == [Lack.UNITS, Lack.HOURS]
    assert found.missing[0].fields == {"count": 1, "units": ("M3",)}
    assert lines(competent=3, credited=1919)["units"] == (False, 3, 4)


def test_a_course_may_ask_for_less():
    by_attendance = CertificateRule(all_units=False, attendance_percent=60, hours_percent=0)
    assert all(met for met, *_ in lines(competent=0, credited=0, attended=1200, rule=by_attendance).values())
    assert not lines(competent=0, credited=0, attended=1199, rule=by_attendance)["attendance"][0]


def test_a_partial_statement_asks_for_one_unit_and_participation_for_none():
    assert not lines(CertificateKind.PARTIAL, competent=0, credited=0)["units"][0]
    assert lines(CertificateKind.PARTIAL, competent=1, credited=0)["units"] == (True, 1, 1)
    assert "units" not in lines(CertificateKind.PARTICIPATION, competent=0, credited=0)
