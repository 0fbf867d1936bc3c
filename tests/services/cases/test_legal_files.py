"""Legal status, the age at the offence, and the flag for somebody too young to be punished."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.cases.conftest import BORN, RELEASED, TODAY
from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.case_tasks import TaskKind
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.legal_files import (
    AgeFlag,
    LegalFile,
    LegalStatus,
    Sentence,
    StatusChange,
    age_at_offence,
)
from tlbb_desktop.domain.people import Identity
from tlbb_desktop.domain.staff import Role

CONVICTED = StatusChange(LegalStatus.CONVICTED, date(2026, 2, 1))
PRE_TRIAL = StatusChange(LegalStatus.PRE_TRIAL, date(2026, 1, 5))


def test_the_story_of_the_legal_status_is_kept_and_the_newest_stands(room):
    person, desk = room.person(), room.desk("liaison", Role.LIAISON)
    desk.legal_files.save(person, LegalFile((PRE_TRIAL,)), 0)
    saved = desk.legal_files.save(person, LegalFile((PRE_TRIAL, CONVICTED), charge=" ចោរកម្ម ", sentence=Sentence(1)), 1)
    assert (saved.file.status, saved.file.charge, saved.version) == (LegalStatus.CONVICTED, "ចោរកម្ម", 2)
    assert desk.legal_files.read(person).file.statuses == (PRE_TRIAL, CONVICTED)


def test_reading_a_legal_file_is_written_to_the_audit(room):
    person, desk = room.person(), room.desk()
    desk.legal_files.read(person)
    newest = desk.audit.mine(1)[0]
    assert (newest.kind, newest.subject, newest.detail) == ("protected_read", f"person:{person}", "legal")


def test_a_trainer_reads_no_legal_file_and_holds_no_key_for_it(room):
    person, trainer = room.person(), room.desk("trainer", Role.TRAINER)
    room.manager.legal_files.save(person, LegalFile(charge="ចោរកម្ម"), 0)
    with pytest.raises(NotPermitted):
        trainer.legal_files.read(person)
    with pytest.raises(NotPermitted):
        trainer.office.cipher.encrypt("legal", "legal_file", bytes(16), "content", 1, "x")


def test_two_editors_of_a_legal_file_do_not_overwrite_each_other(room):
    person = room.person()
    room.manager.legal_files.save(person, LegalFile(), 0)
    room.manager.legal_files.save(person, LegalFile(court="ក"), 1)
    for seen in (0, 1):
        with pytest.raises(ChangedMeanwhile):
            room.manager.legal_files.save(person, LegalFile(court="ខ"), seen)


@pytest.mark.parametrize(
    ("file", "place"),
    [
        (LegalFile(offence_on=TODAY + timedelta(days=1)), "offence_on"),
        (LegalFile(offence_on=date(2026, 1, 5), judged_on=date(2026, 1, 4)), "judged_on"),
        (LegalFile((CONVICTED, PRE_TRIAL)), "statuses"),
        (LegalFile((StatusChange(LegalStatus.CONVICTED, TODAY + timedelta(days=1)),)), "statuses"),
        (LegalFile(sentence=Sentence(months=-1)), "sentence"),
    ],
)
def test_a_legal_file_that_cannot_be_true_is_refused(room, file, place):
    with pytest.raises(Refused) as refusal:
        room.manager.legal_files.save(room.person(), file, 0)
    assert refusal.value.place == place


def test_somebody_under_fourteen_at_the_offence_gets_one_urgent_task(room):
    person = room.person()
    case_id = room.case(person)
    desk = room.desk()
    thirteen = BORN.replace(year=BORN.year + 14) - timedelta(days=1)
    saved = desk.legal_files.save(person, LegalFile(offence_on=thirteen), 0)
    assert (saved.age.flag, saved.age.youngest, saved.age.urgent) == (AgeFlag.BELOW_RESPONSIBILITY, 13, True)
    desk.legal_files.save(person, LegalFile(offence_on=thirteen, court="ក"), 1)
    (task,) = desk.case_tasks.open_tasks(case_id)
    assert (task.form.kind, task.form.due_at) == (TaskKind.URGENT_LEGAL, room.clock.now() + timedelta(hours=24))


def test_the_age_at_the_offence_counts_calendar_birthdays():
    fourteenth = date(2023, 10, 16)
    assert age_at_offence(Birth.on(BORN), fourteenth).flag is AgeFlag.JUVENILE
    assert age_at_offence(Birth.on(BORN), fourteenth - timedelta(days=1)).flag is AgeFlag.BELOW_RESPONSIBILITY
    eighteenth = date(2027, 10, 16)
    assert age_at_offence(Birth.on(BORN), eighteenth - timedelta(days=1)).flag is AgeFlag.JUVENILE
    assert age_at_offence(Birth.on(BORN), eighteenth).flag is AgeFlag.ADULT


def test_somebody_born_on_the_29th_of_february_has_the_birthday_on_the_28th():
    born = Birth.on(date(2012, 2, 29))
    assert age_at_offence(born, date(2026, 2, 27)).youngest == 13
    assert age_at_offence(born, date(2026, 2, 28)).flag is AgeFlag.JUVENILE


def test_a_birth_year_alone_gives_the_benefit_of_the_doubt_at_the_age_limit():
    only_year = Birth(BirthPrecision.YEAR, 2012)
    at_limit = age_at_offence(only_year, date(2026, 12, 30))
    assert (at_limit.flag, at_limit.youngest, at_limit.oldest) == (AgeFlag.BELOW_RESPONSIBILITY, 13, 14)
    assert age_at_offence(only_year, date(2026, 12, 31)).flag is AgeFlag.JUVENILE
    assert age_at_offence(Birth(BirthPrecision.YEAR, 2008), date(2026, 6, 1)).flag is AgeFlag.JUVENILE
    assert age_at_offence(Birth(BirthPrecision.MONTH, 2012, 6), date(2026, 6, 20)).urgent
    assert not age_at_offence(Birth(BirthPrecision.MONTH, 2012, 6), date(2026, 7, 1)).urgent


def test_without_a_birth_date_or_an_offence_day_nothing_is_said_about_the_age(room):
    assert age_at_offence(Birth(), TODAY).flag is AgeFlag.UNKNOWN
    person = room.person(identity=Identity(Birth.on(BORN), RELEASED))
    assert room.manager.legal_files.read(person).age.flag is AgeFlag.UNKNOWN
