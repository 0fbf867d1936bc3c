"""A note that its author restricts while it waits for a decision is counselling there, too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.services.exchange.conftest import Programme, person_id
from tlbb_desktop.data.models import CaseNoteRow, ExchangeConflict
from tlbb_desktop.domain.case_notes import NoteForm, NoteKind
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.exchange import Conflict, Decision
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.exchange_words import field_text, what_text
from tlbb_desktop.services.sealed_forms import CONFLICT, NOTE
from tlbb_desktop.wiring import Desk

CODE = "BTB-26-0001"
TALK = NoteForm(NoteKind.INDIVIDUAL, "first words", 45)


def write(desk: Desk, **changed: object) -> None:
    """Change the note, or write the first one; its author restricts it as the page of notes does."""
    with desk.office.own_act() as act:
        row = act.session.scalars(select(CaseNoteRow)).one_or_none()
        form = TALK if row is None else NOTE.open(desk.office.cipher, row)
        form = replace(form, **changed)
        compartment = Compartment.COUNSELLING if form.restricted else Compartment.FAMILY
        if row is None:
            case_id = act.connection.exec_driver_sql("SELECT id FROM case_file").scalar()
            row = CaseNoteRow(case_id=case_id, author_id=act.actor.staff_id, on_day=act.today, search_key=b"")
            row.compartment = compartment
            NOTE.add(act, desk.office.cipher, row, form)
        else:
            row.compartment = compartment
            NOTE.change(act, desk.office.cipher, row, form, row.version)
        place = ("case_note", row.uuid, "search_key", row.version)
        row.search_key = desk.office.cipher.encrypt(compartment, *place, form.summary) or b""
        act.session.flush()


@pytest.fixture
def noted(programme: Programme) -> Programme:
    """A note that head office and Battambang both have."""
    office = programme["HO"]
    office.cases.wait(person_id(office, CODE))
    write(office)
    for sender, receiver in (("HO", "BTB"), ("BTB", "HO"), ("HO", "BTB")):
        programme.carry(sender, receiver)
    return programme


def words_in(desk: Desk, reason: ReadReason | None = None) -> Conflict:
    (found,) = desk.exchange.conflicts(reason)
    return found


def read_events(desk: Desk) -> list[str]:
    return [event.kind for event in desk.audit.events(50) if event.kind in ("break_glass", "protected_read")]


def kept_in(desk: Desk) -> set[str]:
    with desk.office.own_act() as act:
        rows = list(act.session.scalars(select(ExchangeConflict)))
        for row in rows:
            assert CONFLICT.open(desk.office.cipher, row).theirs  # sealed as it says
        return {row.compartment for row in rows}


def test_a_note_that_is_restricted_after_the_question_was_opened_is_shown_with_a_reason_only(noted):
    office = noted["HO"]
    write(office, summary="here")
    write(noted["BTB"], summary="there")
    assert noted.carry("BTB", "HO").conflicts == 1
    assert words_in(office).mine.value == "here"
    before = len(read_events(office))
    write(office, kind=NoteKind.COUNSELLING)
    hidden = words_in(office)
    assert (hidden.mine, hidden.theirs, hidden.which, hidden.compartment) == (None, None, None, "counselling")
    assert len(read_events(office)) == before
    with pytest.raises(Refused, match="Say why you read it"):
        office.exchange.decide(hidden.id, Decision.THEIRS)
    shown = words_in(office, ReadReason.ABSENCE)
    assert (shown.mine.value, shown.theirs.value) == ("here", "there")
    assert read_events(office)[0] == "break_glass"
    assert kept_in(office) == {"counselling"}


def test_words_of_a_note_that_the_other_laptop_restricted_come_in_as_counselling(noted):
    office = noted["HO"]
    write(office, summary="here")
    write(noted["BTB"], summary="there", kind=NoteKind.COUNSELLING)
    assert noted.carry("BTB", "HO").conflicts == 1
    assert kept_in(office) == {"counselling"}
    assert words_in(office).mine is None


def test_what_waited_openly_is_sealed_when_the_other_laptop_restricts_the_note_with_its_next_bundle(noted):
    office = noted["HO"]
    write(office, summary="here")
    write(noted["BTB"], summary="there")
    noted.carry("BTB", "HO")
    assert kept_in(office) == {"family"}
    write(noted["BTB"], kind=NoteKind.COUNSELLING)
    noted.carry("BTB", "HO")
    assert kept_in(office) == {"counselling"}


def test_what_was_decided_about_a_note_is_sealed_with_it_as_well(noted):
    office = noted["HO"]
    write(office, summary="here")
    write(noted["BTB"], summary="there")
    noted.carry("BTB", "HO")
    office.exchange.decide(words_in(office).id, Decision.THEIRS)
    write(office, kind=NoteKind.COUNSELLING)
    office.exchange.conflicts()
    assert kept_in(office) == {"counselling"}


def test_without_a_reason_only_the_kind_of_record_is_named(noted):
    office = noted["HO"]
    write(office, summary="here", kind=NoteKind.COUNSELLING)
    write(noted["BTB"], summary="there", kind=NoteKind.COUNSELLING)
    noted.carry("BTB", "HO")
    hidden, shown = words_in(office), words_in(office, ReadReason.ABSENCE)
    assert (hidden.field, what_text(hidden)) == ("", "Note")
    assert what_text(shown) == f"Note: {field_text('case_note', 'content.summary')}"
