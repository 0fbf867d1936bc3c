"""Notes: locked after 72 hours, added to, searched in any encoding; counselling is its author's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tlbb_desktop.data.models import CaseNoteRow
from tlbb_desktop.domain.case_notes import CaseNote, ChangeStage, NoteForm, NoteKind
from tlbb_desktop.domain.case_tasks import TaskKind
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason

TALK = NoteForm(NoteKind.INDIVIDUAL, "និយាយអំពីកណ្ដាល", 45)
DRUGS = NoteForm(NoteKind.COUNSELLING, "ចង់ឈប់ប្រើយ៉ាម៉ា", 30, stage=ChangeStage.THINKING, next_on=TODAY + timedelta(days=7))


def note(case_id: int, form: NoteForm = TALK, **more) -> CaseNote:
    return CaseNote(None, case_id, TODAY, form, **more)


def test_a_note_is_changed_within_72_hours_and_added_to_afterwards(room):
    desk, case_id = room.desk(), room.case()
    desk.case_notes.save(note(case_id))
    room.clock.moment += timedelta(hours=71, minutes=59)
    (kept,) = desk.case_notes.notes(case_id)
    desk.case_notes.save(replace(kept, form=replace(TALK, minutes=50)))
    room.clock.moment += timedelta(minutes=1)
    (kept,) = desk.case_notes.notes(case_id)
    assert (kept.form.minutes, kept.author) == (50, "worker")
    with pytest.raises(Refused, match="locked"):
        desk.case_notes.save(kept)
    desk.case_notes.add(kept.id, " ថែម ")
    (kept,) = desk.case_notes.notes(case_id)
    assert [(each.text, each.by, each.at) for each in kept.addenda] == [("ថែម", "worker", room.clock.now())]
    with pytest.raises(Refused, match="what is to be added"):
        desk.case_notes.add(kept.id, " ")


def test_saving_again_does_not_put_the_lock_off(room):
    desk, case_id = room.desk(), room.case()
    desk.case_notes.save(note(case_id))
    room.clock.moment += timedelta(hours=50)
    desk.case_notes.save(desk.case_notes.notes(case_id)[0])
    room.clock.moment += timedelta(hours=22)
    with pytest.raises(Refused, match="locked"):
        desk.case_notes.save(desk.case_notes.notes(case_id)[0])


def test_counselling_is_read_by_its_author_and_by_a_manager_who_says_why(room):
    case_id = room.case(worker="colleague")
    room.desk("worker").case_notes.save(note(case_id, DRUGS))
    (own,) = room.desk("worker").case_notes.notes(case_id)
    assert own.form == DRUGS
    for desk in (room.desk("colleague"), room.manager):
        (seen,) = desk.case_notes.notes(case_id)
        assert (seen.form, seen.on_day, seen.author, seen.next_on) == (None, TODAY, "worker", TODAY + timedelta(days=7))
    (read,) = room.manager.case_notes.notes(case_id, ReadReason.ABSENCE)
    assert read.form == DRUGS
    assert room.manager.audit.events(1)[0].detail == "notes reason:absence"
    with pytest.raises(NotPermitted):
        room.desk("colleague").case_notes.notes(case_id, ReadReason.ABSENCE)
    with pytest.raises(NotPermitted):
        room.desk("colleague").case_notes.add(own.id, "x")


def test_a_note_about_drugs_tells_its_kind_to_nobody_without_the_key(room):
    case_id = room.case()
    room.desk().case_notes.save(note(case_id, DRUGS))
    columns = set(CaseNoteRow.__table__.columns.keys())
    assert not columns & {"kind", "stage", "summary"}


def test_only_the_author_changes_a_note(room):
    case_id = room.case()
    room.desk("worker").case_notes.save(note(case_id))
    (kept,) = room.desk("colleague").case_notes.notes(case_id)
    with pytest.raises(Refused, match="Only the author"):
        room.desk("colleague").case_notes.save(kept)


def test_a_danger_that_was_seen_opens_one_task(room):
    desk, case_id = room.desk(), room.case()
    note_id = desk.case_notes.save(note(case_id, replace(DRUGS, risk_seen=True)))
    desk.case_notes.save(replace(desk.case_notes.notes(case_id)[0], on_day=TODAY))
    (task,) = desk.case_tasks.open_tasks(case_id)
    assert (task.form.kind, task.form.note_id) == (TaskKind.SAFETY, note_id)


def test_two_windows_of_one_author_do_not_overwrite_each_other(room):
    desk, case_id = room.desk(), room.case()
    desk.case_notes.save(note(case_id))
    (seen,) = desk.case_notes.notes(case_id)
    desk.case_notes.save(seen)
    with pytest.raises(ChangedMeanwhile):
        desk.case_notes.save(seen)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"form": None}, "summary"),
        ({"on_day": TODAY + timedelta(days=1)}, "on_day"),
        ({"form": replace(TALK, mood=6)}, "mood"),
        ({"form": replace(TALK, minutes=-1)}, "minutes"),
    ],
)
def test_a_note_that_no_form_allows_is_refused(room, wrong, place):
    with pytest.raises(Refused) as refusal:
        room.desk().case_notes.save(replace(note(room.case()), **wrong))
    assert refusal.value.place == place


def test_a_note_is_found_however_its_words_were_typed(room):
    desk, case_id = room.desk(), room.case()
    first = desk.case_notes.save(note(case_id))
    drugs = desk.case_notes.save(note(case_id, DRUGS))
    assert [hit.note_id for hit in desk.case_notes.search("កណ្តាល")] == [first]  # coeng TA for coeng DA
    desk.case_notes.add(first, "ជួប Sophea ម្តងទៀត")
    assert [(hit.note_id, hit.code) for hit in desk.case_notes.search("sophea")] == [(first, "SR-26-0001")]
    assert [hit.note_id for hit in desk.case_notes.search("យ៉ាម៉ា")] == [drugs]
    assert room.manager.case_notes.search("យ៉ាម៉ា") == ()
    assert desk.case_notes.search(" ") == desk.case_notes.search("ដំរី") == ()
    assert desk.case_notes.search("កណ្តាល", case_id + 1) == ()


def test_a_search_stops_at_the_cases_that_are_not_ones_own(room):
    case_id = room.case(room.person(prison=room.other))
    room.desk("worker").case_notes.save(note(case_id))
    assert len(room.desk("worker").case_notes.search("កណ្តាល")) == 1
    assert room.desk("colleague").case_notes.search("កណ្តាល") == ()


def test_notes_wait_for_consents_and_what_was_written_stays_readable(room):
    person = room.person()
    case_id, desk = room.case(person), room.desk()
    desk.case_notes.save(note(case_id))
    service = next(each for each in desk.consents.of_person(person) if each.purpose is ConsentPurpose.SERVICE)
    desk.consents.withdraw(service.id, TODAY)
    for call in (lambda: desk.case_notes.save(note(case_id)), lambda: desk.case_notes.add(1, "x")):
        with pytest.raises(Refused, match="does not agree"):
            call()
    assert desk.case_notes.notes(case_id)[0].form == TALK


def test_a_note_keeps_when_it_was_saved_apart_from_its_day(room):
    desk, case_id = room.desk(), room.case()
    desk.case_notes.save(replace(note(case_id), on_day=TODAY - timedelta(days=4)))
    (kept,) = desk.case_notes.notes(case_id)
    assert (kept.on_day, kept.saved_at) == (TODAY - timedelta(days=4), datetime.combine(TODAY, time(8, 5), CAMBODIA))


def test_a_note_that_is_not_there(room):
    with pytest.raises(NotFound):
        room.desk().case_notes.add(99, "x")
    with pytest.raises(NotFound):
        room.desk().case_notes.save(replace(note(room.case()), id=99))
