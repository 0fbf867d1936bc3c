"""What hangs on the person and not on the case is shut with the case: legal file, release date, releases, the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.cases.conftest import TODAY, CaseRoom
from tests.services.cases.test_case_endings import LEFT, asked_and_approved, audited, close, seen_through
from tests.services.cases.test_release_dates import PARDON
from tlbb_desktop.domain.case_plans import SignatureForm, SignedPaper, Signer
from tlbb_desktop.domain.cases import CloseReason, RetentionAct
from tlbb_desktop.domain.errors import NotPermitted, Refused
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.people import Contact, CustodyStay
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_dates import DateCause
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.staff import Role

__all__ = ["seen_through"]  # a fixture

WHY = ReadReason.SUPERVISION
SIGNED = SignatureForm(Signer.PARTICIPANT, "SOK DARA", TODAY)
OFFENCE = LegalFile(offence_on=date(2026, 1, 2))


@pytest.fixture
def sealed(room: CaseRoom, seen_through: int) -> int:
    """The row of somebody whose one case is sealed, half a year after the release."""
    whose = room.manager.cases.file(seen_through).person_id
    room.manager.legal_files.save(whose, OFFENCE, 0)
    event = ReoffenceForm(date(2027, 2, 1), EvidenceLevel.ARREST, date(2027, 2, 3), EventSource.FAMILY)
    room.desk().reoffences.save(ReoffenceEvent(None, whose, event))
    close(room, seen_through)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, seen_through, RetentionAct.SEAL)
    return whose


def test_legal_file_release_date_releases_and_history_open_to_a_manager_who_says_why(room: CaseRoom, sealed) -> None:
    (event,) = room.manager.reoffences.of_person(sealed, WHY)
    reads = (
        lambda desk, reason: desk.legal_files.read(sealed, reason).file == OFFENCE,
        lambda desk, reason: desk.release_dates.story(sealed, reason).lines,
        lambda desk, reason: desk.releases.of_person(sealed, reason),
        lambda desk, reason: desk.reoffences.story(event.id, reason) == (),
    )
    for read in reads:
        for desk in (room.desk(), room.desk("liaison", Role.LIAISON), room.manager):
            with pytest.raises((Refused, NotPermitted)):
                read(desk, None)
        with pytest.raises(Refused, match="sealed"):
            read(room.manager, None)
        with pytest.raises(NotPermitted):
            read(room.desk(), WHY)
        before = audited(room, "break_glass")
        assert read(room.manager, WHY)
        assert audited(room, "break_glass") == before + 1


def test_nothing_of_it_is_changed_while_it_is_sealed(room: CaseRoom, sealed) -> None:
    (release,) = room.manager.releases.of_person(sealed, WHY)
    manager = room.manager
    for change in (
        lambda: manager.legal_files.save(sealed, LegalFile(), 1),
        lambda: manager.release_dates.set_date(sealed, None, DateCause.PARDON, "decree", None),
        lambda: manager.release_dates.preview(PARDON, [sealed]),
        lambda: manager.releases.take_back(release.id, release.version),
        lambda: manager.people.save(replace(manager.people.record(sealed), contact=Contact(phones="012345678"))),
    ):
        with pytest.raises(Refused, match="sealed"):
            change()


def test_the_form_of_the_person_keeps_names_and_shows_no_protected_part(room: CaseRoom, sealed) -> None:
    for desk in (room.manager, room.desk()):
        record = desk.people.record(sealed)
        assert (record.names.family_latin, record.identity, record.contact) == ("SIN", None, None)
    assert [each.birth.text() for each in room.manager.people.listing()] == [""]
    (same,) = room.manager.people.likely_same(replace(room.manager.people.record(sealed), id=None))
    assert same.birth_text == ""
    room.manager.people.save(replace(room.manager.people.record(sealed), note="ខ្ញុំ"))
    asked_and_approved(room, room.manager.cases.of_person(sealed)[0].id, RetentionAct.UNSEAL)
    assert room.manager.people.record(sealed).identity is not None


def test_a_new_case_opens_what_hangs_on_the_person_but_not_the_release_of_the_sealed_one(
    room: CaseRoom, sealed
) -> None:
    record = room.manager.people.record(sealed)
    room.manager.people.save(replace(record, stays=(*record.stays, CustodyStay(room.own, date(2027, 6, 30)))))
    room.manager.cases.open(sealed, room.workers["worker"])
    assert room.desk().legal_files.read(sealed).file == OFFENCE
    assert room.desk().people.record(sealed).identity is not None
    assert room.desk().releases.of_person(sealed) == ()
    with pytest.raises(NotPermitted):
        room.desk().releases.of_person(sealed, WHY)
    assert [each.form.released_on for each in room.manager.releases.of_person(sealed, WHY)] == [LEFT]


def test_whoever_is_inside_beside_a_sealed_case_still_has_a_release_date_and_leaves(room: CaseRoom) -> None:
    case_id = room.case()
    whose = room.manager.cases.file(case_id).person_id
    close(room, case_id, CloseReason.TRANSFERRED)
    room.clock.go_to(date(2026, 12, 20))
    asked_and_approved(room, case_id, RetentionAct.SEAL)
    liaison = room.desk("liaison", Role.LIAISON)
    with pytest.raises(Refused, match="sealed"):
        liaison.legal_files.read(whose)
    story = liaison.release_dates.story(whose)
    liaison.release_dates.set_date(whose, date(2027, 2, 1), DateCause.REDUCTION, "decree", story.official_on)
    assert liaison.releases.record(whose, ReleaseForm(room.clock.today())).form.released_on > TODAY


def test_signatures_and_scans_of_a_consent_are_shut_with_the_case(room: CaseRoom, sealed) -> None:
    consent = room.manager.consents.of_person(sealed)[0].id or 0
    desk = room.desk()
    for look in (
        lambda: desk.signatures.signatures(SignedPaper.CONSENT, consent),
        lambda: desk.scans.of_paper(SignedPaper.CONSENT, consent),
        lambda: desk.signatures.sign(SignedPaper.CONSENT, consent, SIGNED),
    ):
        with pytest.raises(Refused, match="sealed"):
            look()
    assert room.manager.signatures.signatures(SignedPaper.CONSENT, consent, WHY) == ()
