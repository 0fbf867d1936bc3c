"""Whoever reads something protected of a case leaves a line in the audit, with no name and no text in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.cases.conftest import TODAY, CaseRoom
from tests.services.cases.test_case_plans import approved
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.case_plans import SignatureForm, SignedPaper, Signer
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.work_list import WorkKind


def newest(desk) -> tuple[str, str, str]:
    (line,) = desk.audit.mine(1)
    return line.kind, line.subject, line.detail


def test_a_search_in_notes_is_audited_without_the_text(room: CaseRoom) -> None:
    case_id, desk = room.case(), room.desk()
    desk.case_notes.save(CaseNote(None, case_id, TODAY, NoteForm(NoteKind.INDIVIDUAL, "His mother came.")))
    assert len(desk.case_notes.search("mother")) == 1
    assert newest(desk) == ("protected_read", "notes", "search hits:1")
    desk.case_notes.search("father", case_id)
    assert newest(desk) == ("protected_read", f"case:{case_id}", "search hits:0")
    before = desk.audit.mine(1)
    desk.case_notes.search(" ")
    assert desk.audit.mine(1) == before


def test_the_work_list_is_audited_with_how_many_lines_it_had(room: CaseRoom) -> None:
    approved(room, room.case())
    room.clock.go_to(TODAY + timedelta(days=14))
    desk = room.desk()
    page = desk.work_list.page()
    assert page.today[0].kind is WorkKind.ACTION
    assert newest(desk) == ("protected_read", "work_list", f"lines:{sum(page.counts.values())}")
    assert desk.work_list.lately() == ()
    assert newest(desk) == ("protected_read", "work_list", "lines:0")


def test_a_reading_leaves_what_is_remembered_of_due_days_as_it_is(room: CaseRoom, monkeypatch) -> None:
    approved(room, room.case())
    room.clock.go_to(TODAY + timedelta(days=14))
    desk = room.desk()
    first = desk.work_list.page()
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.work_list._index), "_read", lambda *_: pytest.fail("read again"))
        assert desk.work_list.page() == first
    room.manager.case_tasks.open_tasks(1)
    room.manager.cases.assign(1, room.workers["colleague"], room.manager.cases.file(1).version)
    assert desk.work_list.page() != first


def test_the_history_of_an_event_and_the_waiting_list_are_audited(room: CaseRoom) -> None:
    person = room.person()
    room.case(person)
    desk = room.desk()
    desk.releases.record(person, ReleaseForm(TODAY))
    room.clock.go_to(date(2026, 12, 24))
    form = ReoffenceForm(date(2026, 12, 20), EvidenceLevel.ARREST, date(2026, 12, 24), EventSource.FAMILY)
    event = desk.reoffences.save(ReoffenceEvent(None, person, form))
    desk.reoffences.story(event)
    assert newest(desk) == ("protected_read", f"reoffence:{event}", "history")
    desk.cases.wait(room.person("0002"))
    assert len(desk.cases.waiting_list()) == 1
    assert newest(desk) == ("protected_read", "waiting_list", "people:1")


def test_who_signed_a_paper_is_audited(room: CaseRoom) -> None:
    desk, case_id = room.desk(), room.case()
    desk.signatures.sign(SignedPaper.CLOSURE, case_id, SignatureForm(Signer.MANAGER, "សុខា", TODAY))
    assert len(desk.signatures.signatures(SignedPaper.CLOSURE, case_id)) == 1
    assert newest(desk) == ("protected_read", f"case:{case_id}", f"signatures closure:{case_id}")
