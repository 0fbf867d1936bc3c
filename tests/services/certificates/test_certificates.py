from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tlbb_desktop.data.models import AuditEvent, CertificateRecord, Staff
from tlbb_desktop.domain.certificate_numbers import parse_number
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState, Lack, RulesNotMet
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import Cancelled, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.verification import Finding
from tlbb_desktop.wiring import open_desk

State = CertificateState


def audited(desk) -> list[str]:
    with desk.office.store.read() as connection:
        kinds = connection.execute(select(AuditEvent.kind).order_by(AuditEvent.seq)).scalars()
        return [kind for kind in kinds if kind.startswith("certificate_")]


def states(graduates) -> list[CertificateState]:
    return [row.state for row in graduates.service.list()]


def test_a_trainer_proposes_and_a_manager_approves_and_issues(graduates, desk_as) -> None:
    trainer = desk_as(Role.TRAINER, prisons=frozenset({graduates.room.prison_id}))
    ids = trainer.certificates.propose(graduates.class_id, graduates.people[:2])
    assert states(graduates) == [State.PROPOSED, State.PROPOSED]
    graduates.service.approve(ids)
    papers = graduates.service.issue(ids)
    assert states(graduates) == [State.ISSUED, State.ISSUED]
    assert [parse_number(paper.certificate.number).count for paper in papers] == [1, 2]
    assert audited(graduates.room.desk) == [
        *["certificate_proposed"] * 2, *["certificate_approved"] * 2, "certificate_key", *["certificate_issued"] * 2,
    ]  # fmt: skip


def test_a_manager_issues_in_one_act_whatever_step_was_missing(graduates) -> None:
    ids = graduates.service.propose(graduates.class_id, graduates.people[:1])
    graduates.service.approve(ids)
    graduates.service.propose(graduates.class_id, graduates.people[1:2])
    papers = graduates.service.issue_at_once(graduates.class_id, graduates.people[:3])
    assert len(papers) == 3
    assert states(graduates) == [State.ISSUED] * 3


def test_the_paper_says_what_the_register_and_the_record_say(graduates) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    said = paper.certificate
    sessions = len(graduates.room.sessions())
    assert (said.name_km, said.name_latin) == ("គឹម វណ្ណា", "KIM VANNA")
    assert (said.hours, said.course_code, said.place_en) == (3 * sessions, "moto", "Siem Reap")
    assert (said.starts_on.day, said.ends_on.day, said.issued_on.day) == (1, 30, 30)
    assert (said.issuer_en, said.signer, said.post_km) == ("This Life Cambodia", "សុខា", "ប្រធានកម្មវិធី")
    assert said.competences == ()
    assert not paper.duplicate


def test_no_paper_says_a_day_that_is_still_to_come(graduates) -> None:
    graduates.room.clock.moment = datetime(2026, 10, 27, 9, tzinfo=CAMBODIA)
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    assert (paper.certificate.ends_on, paper.certificate.issued_on) == (date(2026, 10, 27), date(2026, 10, 27))
    courses = graduates.room.desk.training_records.record(graduates.people[0]).courses
    assert max(course.ends_on for course in courses) == date(2026, 10, 27)


def test_settings_name_the_organisation_and_who_signs(graduates) -> None:
    put = graduates.room.desk.settings.put
    for name, value in (
        ("organisation_km", "អង្គការគំរូ"),
        ("certificate_signer", "ចាន់ សុភា"),
        ("certificate_post_en", "Director"),
    ):
        put(name, value)
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    said = paper.certificate
    assert (said.issuer_km, said.issuer_en) == ("អង្គការគំរូ", "អង្គការគំរូ")
    assert (said.signer, said.post_km, said.post_en) == ("ចាន់ សុភា", "Director", "Director")


def test_a_trainer_withdraws_an_own_proposal_and_proposes_again(graduates, desk_as) -> None:
    trainer = desk_as(Role.TRAINER, prisons=frozenset({graduates.room.prison_id}))
    ids = trainer.certificates.propose(graduates.class_id, graduates.people[:2])
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(Refused):
            trainer.certificates.withdraw(ids, reason)
    trainer.certificates.withdraw(ids[:1], "the wrong learner")
    (gone,) = [row for row in graduates.service.list() if row.state is State.WITHDRAWN]
    assert (gone.id, gone.reason, gone.number) == (ids[0], "the wrong learner", "")
    assert gone.withdrawn_on == trainer.office.clock.today()
    assert [row.id for row in trainer.certificates.proposals()] == [ids[1]]
    assert audited(graduates.room.desk)[-1] == "certificate_withdrawn"
    with pytest.raises(Refused):
        trainer.certificates.withdraw(ids[:1], "twice")
    with pytest.raises(Refused):
        graduates.service.approve(ids[:1])
    with pytest.raises(Refused):
        graduates.room.desk.certificate_papers.draft(ids[0], "km")
    with pytest.raises(Refused, match="withdrawn"):
        graduates.room.desk.certificate_papers.paper(ids[0], "km")
    assert trainer.certificates.propose(graduates.class_id, graduates.people[:1])
    assert graduates.room.desk.today.page().approvals


def test_what_others_proposed_or_a_manager_approved_is_withdrawn_by_a_manager_only(graduates, unlocked, home) -> None:
    with graduates.room.desk.office.store.write() as session:
        now = graduates.room.clock.now()
        plain = {"admin_duty": False, "created_at": now, "changed_at": now}
        staff = Staff(username="dara", name="ដារ៉ា", role=Role.TRAINER, **plain)
        session.add(staff)
        session.flush()
        actor = replace(unlocked.actor, staff_id=staff.id, username="dara", role=Role.TRAINER)
    trainer = open_desk(home, replace(unlocked, actor=actor), graduates.room.clock)
    own = trainer.certificates.propose(graduates.class_id, graduates.people[:2])
    others = graduates.service.propose(graduates.class_id, graduates.people[2:3])
    with pytest.raises(Refused, match="somebody else"):
        trainer.certificates.withdraw([*own, *others], "a mistake")
    graduates.service.approve(own[:1])
    with pytest.raises(Refused, match="approved already"):
        trainer.certificates.withdraw(own[:1], "a mistake")
    assert State.WITHDRAWN not in states(graduates)
    graduates.service.withdraw([*own, *others], "the course is not over")
    assert states(graduates) == [State.WITHDRAWN] * 3
    graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])


def test_what_is_issued_is_revoked_not_withdrawn(graduates) -> None:
    graduates.issue()
    (row,) = graduates.service.list()
    with pytest.raises(Refused):
        graduates.service.withdraw([row.id], "a mistake")
    assert states(graduates) == [State.ISSUED]


def test_what_is_missing_is_said_line_by_line(graduates) -> None:
    (good, lazy) = graduates.service.eligibility(graduates.class_id, [graduates.people[0], graduates.lazy])
    assert good.earned
    assert [missing.lack for missing in lazy.missing] == [Lack.ATTENDANCE]


def test_a_rule_that_is_not_met_needs_a_reason_which_is_kept(graduates) -> None:
    with pytest.raises(RulesNotMet) as refused:
        graduates.service.issue_at_once(graduates.class_id, [graduates.people[0], graduates.lazy])
    assert [(code, line.lack) for code, line in refused.value.lines] == [("2026-0005", Lack.ATTENDANCE)]
    assert graduates.service.list() == ()
    graduates.issue(4, despite="was ill for six days")
    (row,) = graduates.service.list()
    assert row.despite == "was ill for six days"


def test_a_reason_given_for_a_batch_stands_only_where_a_rule_is_not_met(graduates) -> None:
    own = graduates.service.propose(graduates.class_id, [graduates.lazy], despite="was ill")
    met = graduates.service.propose(graduates.class_id, graduates.people[:2], despite="released early")
    graduates.service.approve([*own, *met])
    for session in graduates.room.sessions()[:6]:
        graduates.room.mark(session.day.day, 1, "absent")
    graduates.service.issue([*own, *met], despite="the prison was closed")
    found = {row.person_id: row.despite for row in graduates.service.list()}
    assert found == {graduates.people[0]: "", graduates.people[1]: "the prison was closed", graduates.lazy: "was ill"}


def test_a_proposal_whose_marks_were_changed_since_is_held_against_the_rules_again(graduates) -> None:
    ids = graduates.service.propose(graduates.class_id, graduates.people[:1])
    graduates.service.approve(ids)
    for session in graduates.room.sessions()[:6]:
        graduates.room.mark(session.day.day, 0, "absent")
    with pytest.raises(RulesNotMet):
        graduates.service.issue(ids)
    assert states(graduates) == [State.APPROVED]


def test_a_proposal_is_neither_issued_unapproved_nor_approved_twice(graduates) -> None:
    ids = graduates.service.propose(graduates.class_id, graduates.people[:1])
    with pytest.raises(Refused):
        graduates.service.issue(ids)
    graduates.service.approve(ids)
    with pytest.raises(Refused):
        graduates.service.approve(ids)


def test_nobody_gets_the_same_certificate_twice(graduates) -> None:
    number = graduates.issue()
    with pytest.raises(Refused) as refused:
        graduates.issue()
    assert refused.value.fields["number"] == number
    graduates.issue(kind=CertificateKind.PARTICIPATION)
    with pytest.raises(Refused):
        graduates.service.propose(graduates.class_id, graduates.people[:1])


def test_somebody_who_was_never_in_the_class_gets_none(graduates) -> None:
    stranger = graduates.room.add_person(Names("ហេង", "ដា", "HENG", "DA"), "2026-0099")
    for ids in ([stranger], [*graduates.people, stranger], [10**6]):
        with pytest.raises(NotFound):
            graduates.service.issue_at_once(graduates.class_id, ids)
    with pytest.raises(Refused):
        graduates.service.issue_at_once(graduates.class_id, [])


def test_a_batch_that_is_stopped_issues_nothing_and_uses_no_number(graduates) -> None:
    def stop(done: int, _all: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        graduates.service.issue_at_once(graduates.class_id, graduates.people[:4], progress=stop)
    assert graduates.service.list() == ()
    assert parse_number(graduates.issue()).count == 1


def test_a_reprint_keeps_number_words_and_code_and_says_that_it_is_one(graduates) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    graduates.room.desk.settings.put("organisation_en", "Another name")
    again = graduates.service.reprint(paper.certificate.number.lower())
    assert again == replace(paper, duplicate=True)
    graduates.service.reprint(paper.certificate.number)
    assert graduates.service.list()[0].prints == 3
    assert audited(graduates.room.desk)[-2:] == ["certificate_printed"] * 2


def respell(graduates, given: str) -> None:
    with graduates.room.desk.office.store.write() as session:
        session.execute(text("UPDATE person SET given_latin = :given WHERE code = '2026-0001'"), {"given": given})


def test_a_corrected_spelling_replaces_the_number_and_keeps_the_hours(graduates) -> None:
    number = graduates.issue()
    with pytest.raises(Refused, match="says all this already"):
        graduates.service.replace(number, "spelling")
    respell(graduates, "VANNAK")
    graduates.room.mark(5, 0, "absent")
    paper = graduates.service.replace(number, "spelling")
    assert paper.certificate.name_latin == "KIM VANNAK"
    assert paper.certificate.hours == 3 * len(graduates.room.sessions())
    new, old = graduates.service.list()
    assert (old.state, old.replaced_by, old.reason) == (State.REPLACED, paper.certificate.number, "spelling")
    assert (new.state, new.number) == (State.ISSUED, paper.certificate.number)
    with pytest.raises(Refused):
        graduates.service.replace(number, "again")


def test_a_revoked_number_is_neither_printed_nor_revoked_again_and_is_not_given_again(graduates) -> None:
    number = graduates.issue()
    graduates.service.revoke(number, "issued to the wrong person")
    for act in (graduates.service.reprint, lambda one: graduates.service.revoke(one, "again")):
        with pytest.raises(Refused):
            act(number)
    assert parse_number(graduates.issue()).count == 2


def test_a_withdrawal_needs_a_reason(graduates) -> None:
    number = graduates.issue()
    for act in (graduates.service.revoke, graduates.service.replace):
        for reason in ("", "  ", "x" * 501):
            with pytest.raises(Refused):
                act(number, reason)


def test_an_unknown_or_mistyped_number_is_refused(graduates) -> None:
    number = graduates.issue()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(Refused, match="not right"):
        graduates.service.reprint(wrong)
    graduates.room.clock.moment = datetime(2027, 1, 4, 8, tzinfo=CAMBODIA)
    other = graduates.issue(1)
    assert other.startswith(number[:2] + "2027-00001-")


def test_what_was_issued_cannot_be_changed_or_deleted_even_by_the_program_itself(graduates) -> None:
    number = graduates.issue()
    statements = [
        f"UPDATE certificate SET {column} = NULL" for column in ("number", "content", "envelope", "issued_on")
    ]
    for statement in [*statements, "DELETE FROM certificate"]:
        with pytest.raises(IntegrityError), graduates.room.desk.office.store.write() as session:
            session.execute(text(statement))
    assert graduates.service.reprint(number).certificate.number == number


def test_the_signed_bytes_are_kept_as_they_went_into_the_code(graduates) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    with graduates.room.desk.office.store.read() as connection:
        envelope = connection.execute(select(CertificateRecord.envelope)).scalar_one()
    from tlbb_desktop.documents.certificate_code import read_code, text_of

    assert text_of(envelope) == paper.code
    assert envelope.endswith(read_code(paper.code).payload)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("organisation_en", "This Life Beyond Bars"),
        ("organisation_km", "ТLBB TLBB"),
        ("certificate_post_km", "ប្រធានពន្ធនាគារ"),
        ("certificate_signer", "Director of SR"),
    ],
)
def test_a_setting_that_shows_detention_stops_the_issue(graduates, setting, value) -> None:
    graduates.room.desk.settings.put(setting, value)
    with pytest.raises(Refused, match="must not stand"):
        graduates.issue()
    assert graduates.service.list() == ()


def test_a_course_or_name_that_shows_detention_stops_the_issue(graduates) -> None:
    respell(graduates, "PRISONER")
    with pytest.raises(Refused, match="must not stand"):
        graduates.issue()
    with graduates.room.desk.office.store.write() as session:
        session.execute(text("UPDATE course SET name_km = 'ការជួសជុលនៅពន្ធ\u200bនាគារ'"))
    with pytest.raises(Refused, match="must not stand"):
        graduates.issue(1)


def test_a_name_of_400_letters_is_refused(graduates) -> None:
    respell(graduates, "A" * 400)
    with pytest.raises(Refused, match="too long"):
        graduates.issue()


def test_only_a_manager_issues_and_a_social_worker_reads_her_own_prison(graduates, desk_as) -> None:
    number = graduates.issue()
    own, elsewhere = frozenset({graduates.room.prison_id}), frozenset({10**6})
    for role in (Role.TRAINER, Role.SOCIAL_WORKER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            desk_as(role, prisons=own).certificates.issue_at_once(graduates.class_id, graduates.people[1:2])
    reader = desk_as(Role.SOCIAL_WORKER, prisons=own)
    assert [row.number for row in reader.certificates.list()] == [number]
    assert desk_as(Role.SOCIAL_WORKER, prisons=elsewhere).certificates.list() == ()
    with pytest.raises(NotPermitted):
        desk_as(Role.TRAINER, prisons=own).certificates.list()


def test_a_merged_record_takes_its_certificates_along(graduates) -> None:
    number = graduates.issue()
    graduates.room.desk.people.merge(graduates.people[1], graduates.people[0])
    assert graduates.service.list()[0].person_id == graduates.people[1]
    verdict = graduates.room.desk.certificate_checks.check_text(graduates.code(number))
    assert verdict.finding is Finding.GENUINE


def test_the_list_says_what_a_line_needs(graduates) -> None:
    number = graduates.issue()
    (row,) = graduates.service.list()
    assert (row.number, row.person_code, row.class_code, row.course_code) == (number, "2026-0001", "K", "moto")
    assert (row.shown_name, row.issued_on.day, row.hours) == ("គឹម វណ្ណា", 30, 3 * len(graduates.room.sessions()))
