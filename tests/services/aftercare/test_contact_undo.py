"""Ctrl+Z after a release: the contact or the try that was entered last today is taken back with all that it told."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.services.aftercare.conftest import TODAY
from tests.services.aftercare.test_follow_ups import now, planned, seen, six_months
from tests.services.cases.conftest import clock, room
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.follow_ups import AttemptForm, ContactMode, LawTrouble, Reached
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.contact_undo import TakenBack
from tlbb_desktop.services.follow_ups import Contact

__all__ = ["clock", "room"]

_NOBODY = (ContactMode.HOME_VISIT, Reached.NOT_REACHED)
TRIED = AttemptForm(date(2026, 2, 1), *_NOBODY)


def said(found) -> dict:
    """Everything but versions and when it was entered."""
    return {kind: (each.form, each.done, each.attempts) for kind, each in found.items()}


def test_a_contact_is_due_again_with_those_that_were_over_by_it(desk, freed) -> None:
    before = planned(desk, freed)
    desk.follow_ups.note_contact(before["m3"].id, seen(date(2025, 12, 2)), before["m3"].version)
    assert desk.contact_undo.take_back(freed.release_id) == TakenBack(before["m3"].id, contact=True)
    assert said(now(desk, freed)) == said(before)
    assert desk.contact_undo.take_back(freed.release_id) is None


def test_what_it_told_of_the_outcome_does_not_count_any_more(desk, freed) -> None:
    found = planned(desk, freed)
    desk.follow_ups.note_contact(found["m6"].id, seen(date(2026, 3, 1)), found["m6"].version)
    assert len(six_months(desk).free) == 1
    desk.contact_undo.take_back(freed.release_id)
    assert len(six_months(desk).unknown) == 1


def test_the_event_that_it_opened_is_none_and_stays_in_its_history(desk, freed) -> None:
    found = planned(desk, freed)
    noted = desk.follow_ups.note_contact(
        found["m6"].id, seen(date(2026, 3, 1), LawTrouble.ARRESTED, event_on=date(2026, 1, 5)), found["m6"].version
    )
    assert len(six_months(desk).events) == 1
    desk.contact_undo.take_back(freed.release_id)
    assert (len(six_months(desk).events), len(six_months(desk).unknown)) == (0, 1)
    assert desk.reoffences.of_person(freed.person_id) == ()
    assert [each.form.level for each in desk.reoffences.story(noted.reoffence_id)] == [EvidenceLevel.ARREST]
    taken = desk.case_history.take(
        [HistoryLine(2, "SR-25-0001", date(2025, 8, 31), None, date(2026, 1, 5), EvidenceLevel.ARREST)]
    )
    assert taken.events == 1


def test_an_event_that_was_changed_since_keeps_the_contact(desk, freed) -> None:
    found = planned(desk, freed)
    noted = desk.follow_ups.note_contact(
        found["m6"].id, seen(date(2026, 3, 1), LawTrouble.ARRESTED, event_on=date(2026, 1, 5)), found["m6"].version
    )
    desk.reoffences.set_level(noted.reoffence_id, EvidenceLevel.CHARGE, "court", 1)
    with pytest.raises(Refused, match="changed since"):
        desk.contact_undo.take_back(freed.release_id)
    assert now(desk, freed)["m6"].done


def test_an_extra_contact_is_gone_from_the_list(desk, freed) -> None:
    before = planned(desk, freed)
    desk.follow_ups.add_extra(freed.release_id, seen(date(2026, 3, 20)))
    desk.contact_undo.take_back(freed.release_id)
    assert said(now(desk, freed)) == said(before)


def test_tries_are_taken_back_one_after_the_other_and_the_next_day_follows_the_one_that_stands(desk, freed) -> None:
    before = planned(desk, freed)
    third = before["m3"].id
    first_day = desk.follow_ups.note_attempt(third, TRIED)
    desk.follow_ups.note_attempt(third, AttemptForm(date(2026, 2, 20), ContactMode.PHONE, Reached.NOT_REACHED))
    assert desk.contact_undo.take_back(freed.release_id) == TakenBack(third, contact=False)
    kept = now(desk, freed)["m3"]
    assert (kept.attempts, kept.form.next_on) == ((TRIED,), first_day)
    assert [line.tries for line in desk.contact_lists.due() if line.follow_up_id == third] == [1]
    desk.contact_undo.take_back(freed.release_id)
    assert said(now(desk, freed)) == said(before)
    assert desk.contact_undo.take_back(freed.release_id) is None


def test_a_contact_after_tries_is_taken_back_first_and_its_tries_stay(desk, freed) -> None:
    found = planned(desk, freed)
    next_on = desk.follow_ups.note_attempt(found["m6"].id, AttemptForm(date(2026, 3, 1), *_NOBODY))
    desk.follow_ups.note_contact(found["m6"].id, seen(date(2026, 3, 5)), found["m6"].version + 1)
    assert desk.contact_undo.take_back(freed.release_id).contact
    kept = now(desk, freed)["m6"]
    assert (kept.done, kept.form.next_on, len(kept.attempts)) == (False, next_on, 1)


def test_only_what_one_entered_oneself_today_is_taken_back(room) -> None:
    manager, today = room.manager, room.clock.today()
    colleague = room.desk("colleague", prisons=frozenset({room.own}))
    release = manager.releases.record(room.person(), ReleaseForm(today)).id
    first = manager.follow_ups.of_release(release)[0]
    room.clock.go_to(today, time(9))
    manager.follow_ups.note_contact(first.id, Contact(today, ContactMode.PHONE, Reached.BY_PHONE), first.version)
    assert colleague.contact_undo.take_back(release) is None
    room.clock.go_to(today, time(10))
    second = manager.follow_ups.of_release(release)[1].id
    colleague.follow_ups.note_attempt(second, AttemptForm(today, *_NOBODY))
    with pytest.raises(Refused, match="Somebody else"):
        manager.contact_undo.take_back(release)
    assert colleague.contact_undo.take_back(release) == TakenBack(second, contact=False)
    room.clock.go_to(today + timedelta(days=1))
    assert manager.contact_undo.take_back(release) is None
    assert manager.follow_ups.of_release(release)[0].done


def test_it_is_audited_and_refused_to_whoever_enters_no_contacts(desk, freed, desk_as) -> None:
    found = planned(desk, freed)
    desk.follow_ups.note_contact(found["m3"].id, seen(date(2025, 12, 2)), found["m3"].version)
    for role in (Role.TRAINER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            desk_as(role).contact_undo.take_back(freed.release_id)
    with pytest.raises(NotFound):
        desk.contact_undo.take_back(99)
    desk.contact_undo.take_back(freed.release_id)
    last = desk.audit.events(1)[0]
    assert (last.kind, last.subject, last.detail) == ("follow_up_taken_back", f"follow_up:{found['m3'].id}", "contact")
    assert desk.office.clock.today() == TODAY
