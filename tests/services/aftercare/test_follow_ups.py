"""Contacts after a release: due, tried, made, missed; and what they say about the outcome."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.aftercare.conftest import RELEASED, TODAY, release_of
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.follow_ups import (
    AttemptForm,
    ContactFindings,
    ContactMode,
    FollowUp,
    LawTrouble,
    Reached,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.follow_ups import Contact


def planned(desk, freed, risk: Risk = Risk.MEDIUM) -> dict[str, FollowUp]:
    return {each.form.kind.value: each for each in desk.follow_ups.plan(freed.release_id, risk)}


def now(desk, freed) -> dict[str, FollowUp]:
    return {each.form.kind.value: each for each in desk.follow_ups.of_release(freed.release_id)}


def seen(day: date, trouble: LawTrouble | None = LawTrouble.NONE, **changes) -> Contact:
    findings = ContactFindings(work=WorkStatus.EMPLOYED, hours_last_week=40, trouble=trouble, view=WorkerView.ON_TRACK)
    said = {"mode": ContactMode.HOME_VISIT, "reached": Reached.IN_PERSON, "findings": findings, **changes}
    return Contact(day, **said)


def six_months(desk, as_of: date = TODAY):
    (found,) = desk.outcomes.recidivism(RecidivismQuestion(as_of, (6,))).windows
    return found


def test_the_schedule_is_opened_once(desk, freed) -> None:
    first = planned(desk, freed)
    assert list(first) == ["72h", "w1", "w2", "w4", "m1", "m2", "m3", "m4", "m5", "m6", "m9", "m12"]
    assert planned(desk, freed) == first


def test_another_risk_adds_contacts_and_ends_those_that_nobody_asks_for_any_more(desk, freed) -> None:
    planned(desk, freed)
    desk.follow_ups.plan(freed.release_id, Risk.HIGH)
    desk.follow_ups.plan(freed.release_id, Risk.HIGH)
    found = desk.follow_ups.of_release(freed.release_id)
    assert sum(each.form.kind.value == "fortnight" for each in found) == 4
    low = desk.follow_ups.plan(freed.release_id, Risk.LOW)
    assert {each.form.kind.value[0] for each in low if not each.done} == {"7", "m"}


def test_a_try_that_reached_nobody_is_kept_and_the_next_day_proposed(desk, freed) -> None:
    third = planned(desk, freed)["m3"]
    tried = AttemptForm(date(2025, 12, 1), ContactMode.HOME_VISIT, Reached.NOT_REACHED, "ទ្វារបិទ")
    assert desk.follow_ups.note_attempt(third.id, tried) == date(2025, 12, 8)
    kept = now(desk, freed)["m3"]
    assert (kept.attempts, kept.done, kept.form.next_on) == ((tried,), False, date(2025, 12, 8))


def test_a_contact_ends_what_was_due_and_proposes_the_next_day(desk, freed) -> None:
    found = planned(desk, freed)
    noted = desk.follow_ups.note_contact(found["m3"].id, seen(date(2025, 12, 2)), found["m3"].version)
    assert noted.next_on == date(2025, 12, 31)
    assert set(noted.passed_over) == {found[kind].id for kind in ("72h", "w1", "w2", "w4", "m1", "m2")}
    after = now(desk, freed)
    assert (after["m3"].done, after["m3"].form.held_on, after["m3"].entered_on) == (True, date(2025, 12, 2), TODAY)
    assert (after["m1"].done, after["m1"].form.held_on) == (True, None)
    assert not after["m4"].done


def test_what_somebody_answered_makes_the_outcome_known(desk, freed) -> None:
    found = planned(desk, freed)
    assert six_months(desk).unknown == (freed.person_id,)
    desk.follow_ups.note_contact(found["m5"].id, seen(date(2026, 2, 1)), found["m5"].version)
    assert six_months(desk).unknown == (freed.person_id,)
    nobody_asked = seen(date(2026, 3, 1), trouble=LawTrouble.UNKNOWN)
    desk.follow_ups.note_contact(found["m6"].id, nobody_asked, found["m6"].version)
    assert six_months(desk).unknown == (freed.person_id,)
    desk.follow_ups.note_contact(found["m9"].id, seen(date(2026, 5, 31)), found["m9"].version)
    assert six_months(desk).free == (freed.person_id,)


@pytest.mark.parametrize(
    ("trouble", "level"),
    [(LawTrouble.ARRESTED, 2), (LawTrouble.CHARGED, 3), (LawTrouble.CONVICTED, 4)],
)
def test_trouble_with_the_law_opens_an_event(desk, freed, trouble, level) -> None:
    found = planned(desk, freed)
    told = seen(date(2025, 12, 2), trouble=trouble, event_on=date(2025, 11, 3))
    noted = desk.follow_ups.note_contact(found["m3"].id, told, found["m3"].version)
    (event,) = desk.reoffences.of_person(freed.person_id)
    assert event.id == noted.reoffence_id
    assert (event.form.event_on, event.form.level, event.form.source) == (
        date(2025, 11, 3), EvidenceLevel(level), EventSource.PARTICIPANT,
    )  # fmt: skip
    assert six_months(desk).events == (freed.person_id,)


def test_who_is_found_in_custody_has_an_event_of_the_fifth_level(desk, freed) -> None:
    found = planned(desk, freed)
    told = seen(date(2025, 12, 2), None, reached=Reached.IN_CUSTODY, mode=ContactMode.FAMILY_ONLY)
    desk.follow_ups.note_contact(found["m3"].id, told, found["m3"].version)
    (event,) = desk.reoffences.of_person(freed.person_id)
    assert (event.form.level, event.form.source) == (EvidenceLevel.IMPRISONMENT, EventSource.FAMILY)


def test_a_death_ends_the_contacts_and_leaves_the_window(desk, freed) -> None:
    found = planned(desk, freed)
    told = seen(date(2025, 12, 2), None, reached=Reached.DIED, event_on=None)
    desk.follow_ups.note_contact(found["m3"].id, told, found["m3"].version)
    assert all(each.done for each in desk.follow_ups.of_release(freed.release_id))
    assert (six_months(desk).n, six_months(desk).died) == (0, (freed.person_id,))


def test_an_extra_contact_comes_in_nobodys_place(desk, freed) -> None:
    planned(desk, freed)
    noted = desk.follow_ups.add_extra(freed.release_id, seen(date(2025, 11, 20)))
    assert (noted.passed_over, noted.next_on) == ((), date(2025, 11, 30))
    assert [each.form.kind.value for each in desk.follow_ups.of_release(freed.release_id) if each.done] == ["extra"]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 28), "has not come yet"),
        (date(2025, 8, 30), "before the release"),
        (date(2025, 11, 29), "Enter this one as an extra contact"),
    ],
)
def test_a_day_that_cannot_be_true_is_refused(desk, freed, day, why) -> None:
    third = planned(desk, freed)["m3"]
    with pytest.raises(Refused, match=why):
        desk.follow_ups.note_contact(third.id, seen(day), third.version)


def test_a_contact_is_entered_once_and_never_over_somebody_else(desk, freed) -> None:
    third = planned(desk, freed)["m3"]
    desk.follow_ups.note_attempt(third.id, AttemptForm(RELEASED, ContactMode.PHONE, Reached.NOT_REACHED))
    with pytest.raises(ChangedMeanwhile):
        desk.follow_ups.note_contact(third.id, seen(date(2025, 12, 2)), third.version)
    desk.follow_ups.note_contact(third.id, seen(date(2025, 12, 2)), now(desk, freed)["m3"].version)
    with pytest.raises(Refused, match="over already"):
        desk.follow_ups.note_contact(third.id, seen(date(2025, 12, 2)), third.version)


def test_a_try_is_no_contact_and_a_contact_no_try(desk, freed) -> None:
    third = planned(desk, freed)["m3"]
    with pytest.raises(Refused):
        desk.follow_ups.note_attempt(third.id, AttemptForm(RELEASED, ContactMode.PHONE, Reached.BY_PHONE))
    with pytest.raises(Refused):
        desk.follow_ups.note_contact(third.id, seen(date(2025, 12, 2), reached=Reached.MOVED), third.version)


def test_a_contact_that_will_not_come_about_is_given_up_and_its_tries_stay(desk, freed) -> None:
    third = planned(desk, freed)["m3"]
    tried = AttemptForm(date(2025, 12, 1), ContactMode.HOME_VISIT, Reached.MOVED)
    desk.follow_ups.note_attempt(third.id, tried)
    desk.follow_ups.give_up(third.id, now(desk, freed)["m3"].version)
    over = now(desk, freed)["m3"]
    assert (over.done, over.attempts, over.form.held_on) == (True, (tried,), None)


def test_a_trainer_and_a_liaison_see_nothing_of_it(desk, freed, desk_as) -> None:
    third = planned(desk, freed)["m3"]
    for role in (Role.TRAINER, Role.LIAISON):
        other = desk_as(role)
        with pytest.raises(NotPermitted):
            other.follow_ups.of_release(freed.release_id)
        with pytest.raises(NotPermitted):
            other.follow_ups.give_up(third.id, third.version)
        with pytest.raises(NotPermitted):
            other.outcomes.recidivism(RecidivismQuestion(TODAY))
        with pytest.raises(NotPermitted):
            other.reoffences.of_person(freed.person_id)


def test_a_social_worker_of_another_prison_is_refused(desk, freed, desk_as) -> None:
    elsewhere = next(each.id for each in desk.prisons.prisons() if each.id != desk.prisons.own().id)
    worker = desk_as(Role.SOCIAL_WORKER, prisons=frozenset({elsewhere}))
    with pytest.raises(NotPermitted):
        worker.follow_ups.of_release(freed.release_id)
    assert worker.outcomes.recidivism(RecidivismQuestion(TODAY)).ever.released == ()
    own = desk_as(Role.SOCIAL_WORKER, prisons=frozenset({desk.prisons.own().id}))
    assert own.outcomes.recidivism(RecidivismQuestion(TODAY)).ever.released == (freed.person_id,)


def test_what_is_not_on_record_is_not_found(desk, freed) -> None:
    with pytest.raises(NotFound):
        desk.follow_ups.of_release(freed.release_id + 1)
    with pytest.raises(NotFound):
        desk.follow_ups.give_up(99, 1)


@pytest.mark.parametrize("reached", [Reached.DIED, Reached.IN_CUSTODY, Reached.IN_PERSON])
@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2025, 8, 30)])
def test_trouble_or_death_after_the_contact_or_before_the_release_is_refused(desk, freed, reached, day) -> None:
    due = planned(desk, freed)["m6"]
    contact = seen(date(2026, 3, 1), LawTrouble.ARRESTED, reached=reached, event_on=day)
    with pytest.raises(Refused) as refused:
        desk.follow_ups.note_contact(due.id, contact, due.version)
    assert refused.value.place == "event_on"
    assert not now(desk, freed)["m6"].done


def test_a_release_from_no_prison_on_record_is_for_managers_only(desk, desk_as) -> None:
    desk.case_history.take([HistoryLine(2, "OLD-1", RELEASED, completed=True)])
    person = desk.people.person_with_code("OLD-1")
    release = release_of(desk, person)
    worker = desk_as(Role.SOCIAL_WORKER)
    for read in (
        lambda: worker.follow_ups.of_release(release),
        lambda: worker.follow_ups.plan(release),
        lambda: worker.reoffences.of_person(person),
        lambda: worker.releases.of_person(person),
        lambda: worker.legal_files.read(person),
    ):
        with pytest.raises(NotPermitted):
            read()
    assert [each.id for each in desk.releases.of_person(person)] == [release]
