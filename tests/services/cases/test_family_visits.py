"""Who visited whom: day and kind for the prison's liaison, the rest for the case, and families that lost touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.cases.conftest import TODAY, CaseRoom
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.people import CustodyStay
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.visits import (
    VisitForm,
    VisitKind,
    Visitor,
    VisitOutcome,
    gap_days,
    total_cost,
)

MOTHER = Visitor("សុខ សុភា", "ម្តាយ")
FORM = VisitForm(
    (MOTHER,),
    supported=True,
    transport=Money(40_000),
    food=Money(350, Currency.USD, 4100),
    minutes=30,
    quality=4,
    outcomes=frozenset({VisitOutcome.AGREED_TO_RECEIVE, VisitOutcome.NEEDS_MEDIATION}),
)
KIND = VisitKind.FAMILY_TO_PRISON


@pytest.fixture
def case_id(room: CaseRoom) -> int:
    return room.case()


def test_a_visit_is_kept_with_each_cost_at_its_own_rate(room: CaseRoom, case_id: int) -> None:
    worker = room.desk()
    worker.visits.add(case_id, KIND, TODAY, FORM)
    (visit,) = worker.visits.of_case(case_id)
    assert (visit.kind, visit.on_day, visit.form, visit.entered_on) == (KIND, TODAY, FORM, TODAY)
    assert visit.form.food.riel == 14_350
    assert total_cost(visit.form) == (Money(40_000), Money(350, Currency.USD))


def test_a_liaison_sees_day_and_kind_and_nothing_else(room: CaseRoom, case_id: int) -> None:
    room.desk().visits.add(case_id, KIND, TODAY, FORM)
    (seen,) = room.desk("liaison", Role.LIAISON).visits.of_case(case_id)
    assert (seen.kind, seen.on_day, seen.form) == (KIND, TODAY, None)
    with pytest.raises(NotPermitted):
        room.desk("liaison", Role.LIAISON).visits.add(case_id, KIND, TODAY, FORM)
    with pytest.raises(NotPermitted):
        room.desk("trainer", Role.TRAINER).visits.of_case(case_id)


def test_an_event_day_before_the_day_of_entry_keeps_both(room: CaseRoom, case_id: int) -> None:
    visit = room.desk().visits.add(case_id, KIND, TODAY - timedelta(days=4), FORM)
    assert (visit.on_day, visit.entered_on) == (TODAY - timedelta(days=4), TODAY)


def test_a_visit_is_corrected_by_one_editor_at_a_time(room: CaseRoom, case_id: int) -> None:
    worker = room.desk()
    visit = worker.visits.add(case_id, KIND, TODAY, FORM)
    changed = worker.visits.change(replace(visit, form=replace(FORM, minutes=45)))
    assert (changed.form.minutes, changed.version) == (45, 2)
    with pytest.raises(ChangedMeanwhile):
        worker.visits.change(visit)


@pytest.mark.parametrize(
    ("kind", "day", "form", "place"),
    [
        (KIND, TODAY + timedelta(days=1), FORM, "on_day"),
        (KIND, TODAY, replace(FORM, quality=6), "quality"),
        (KIND, TODAY, replace(FORM, minutes=-1), "minutes"),
        (KIND, TODAY, replace(FORM, transport=Money(-1)), "transport"),
        (KIND, TODAY, replace(FORM, fee=Money(1, Currency.USD, 41_000)), "fee"),
        (KIND, TODAY, replace(FORM, next_due_on=TODAY), "next_due_on"),
        (KIND, TODAY, replace(FORM, visitors=(Visitor(" "),)), "visitors"),
        (KIND, TODAY, replace(FORM, visitors=(Visitor("A", age=121),)), "visitors"),
        (VisitKind.CHILD_TO_PARENT, TODAY, FORM, "visitors"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(
    room: CaseRoom, case_id: int, kind: VisitKind, day: date, form: VisitForm, place: str
) -> None:
    with pytest.raises(Refused) as refused:
        room.desk().visits.add(case_id, kind, day, form)
    assert refused.value.place == place
    assert room.desk().visits.of_case(case_id) == ()


def test_a_childs_visit_to_a_parent_names_the_child(room: CaseRoom, case_id: int) -> None:
    child = Visitor("ស៊ិន ដា", "កូន", adult=False, age=6)
    form = VisitForm((MOTHER, child), child_friendly=False)
    visit = room.desk().visits.add(case_id, VisitKind.CHILD_TO_PARENT, TODAY, form)
    assert visit.form == form


def test_without_consent_no_visit_is_added(room: CaseRoom, case_id: int) -> None:
    room.manager.consents.note(room.manager.cases.file(case_id).person_id, ConsentPurpose.SERVICE, given=False)
    with pytest.raises(Refused):
        room.desk().visits.add(case_id, KIND, TODAY, FORM)


# -- families that lost touch ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "since", "days"),
    [
        (TODAY - timedelta(days=30), None, None),
        (TODAY - timedelta(days=31), None, 31),
        (None, TODAY - timedelta(days=45), 45),
        (TODAY - timedelta(days=90), TODAY - timedelta(days=10), None),
        (None, None, None),
    ],
)
def test_a_gap_is_told_from_the_31st_day_on(last: date | None, since: date | None, days: int | None) -> None:
    assert gap_days(last, since, TODAY) == days


def test_a_home_visit_by_staff_closes_no_gap_and_a_phone_call_does(room: CaseRoom, case_id: int) -> None:
    worker = room.desk()
    worker.visits.add(case_id, VisitKind.HOME_VISIT, TODAY, FORM)
    (gap,) = worker.visits.gaps()
    assert (gap.case_id, gap.last_on, gap.days) == (case_id, None, (TODAY - date(2026, 1, 5)).days)
    worker.visits.add(case_id, VisitKind.VIDEO_PHONE, TODAY - timedelta(days=30), VisitForm())
    assert worker.visits.gaps() == ()


def test_the_longest_gap_stands_first_and_those_who_left_have_none(room: CaseRoom, case_id: int) -> None:
    newer = room.case(room.person("0002", stays=(CustodyStay(room.own, TODAY - timedelta(days=40)),)))
    gone = room.case(room.person("0003"))
    room.manager.releases.left_today(room.manager.cases.file(gone).person_id)
    assert [gap.case_id for gap in room.desk().visits.gaps()] == [case_id, newer]


def test_a_liaison_hears_of_the_gaps_at_the_own_prison_only(room: CaseRoom, case_id: int) -> None:
    room.case(room.person("0009", prison=room.other))
    assert [gap.case_id for gap in room.desk("liaison", Role.LIAISON).visits.gaps()] == [case_id]
