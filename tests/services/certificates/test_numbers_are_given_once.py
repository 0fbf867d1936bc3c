"""A number that left the process is never given again: not after a kill, not after a restore."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.programme import MANAGER, PASSPHRASE
from tests.services.certificates.issuing_process import issue
from tests.services.own_process import OwnProcess
from tlbb_desktop.domain.certificate_numbers import LAST_COUNT, CertificateNumber, parse_number
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.services import certificate_numbering
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

KILLS = 6


@pytest.fixture
def issuing(graduates, own_processes):
    """Starts a process that issues certificates until it is killed."""

    def start() -> OwnProcess:
        room = graduates.room
        who = {"staff": room.desk.actor.staff_id, "prison": room.prison_id}
        return own_processes.start(issue, **who, group=graduates.class_id, person=graduates.people[0])

    return start


def on_record(desk: Desk) -> list[str]:
    with desk.office.store.read() as connection:
        return list(connection.execute(text("SELECT number FROM certificate WHERE number > '' ORDER BY id")).scalars())


def revoke_what_stands(desk: Desk) -> None:
    for row in desk.certificates.list():
        if row.state == "issued":
            desk.certificates.revoke(row.number, "the process was killed before it could")


def test_a_process_killed_in_the_middle_of_issuing_gives_no_number_twice(graduates, issuing) -> None:
    chance, said = random.Random(26), []
    for _each in range(KILLS):
        said += issuing().hear_and_kill(chance.randint(1, 5))
        revoke_what_stands(graduates.room.desk)
    kept = on_record(graduates.room.desk)
    assert len(said) == len(set(said))
    assert set(said) <= set(kept)
    assert len(kept) == len(set(kept)) == max(parse_number(number).count for number in kept)
    assert graduates.room.desk.audit.first_broken() is None


def restored(made: Path, folder: Path) -> Desk:
    home = Home(folder)
    restore(made, home, username=MANAGER, passphrase=PASSPHRASE)
    return open_desk(home, unlock(home, MANAGER, PASSPHRASE))


def test_a_restored_laptop_begins_a_series_of_its_own(graduates, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(certificate_numbering.secrets, "randbelow", lambda _most: 41)
    (tmp_path / "stick").mkdir()
    made = graduates.room.desk.backups.create(tmp_path / "stick").path
    lost = graduates.issue(0)
    after = restored(made, tmp_path / "new")
    (paper,) = after.certificates.issue_at_once(
        graduates.class_id, graduates.people[1:2], CertificateKind.PARTICIPATION
    )
    number = parse_number(paper.certificate.number)
    assert number.series != parse_number(lost).series
    assert number.count == 42_001
    (again,) = after.certificates.issue_at_once(
        graduates.class_id, graduates.people[2:3], CertificateKind.PARTICIPATION
    )
    assert parse_number(again.certificate.number).count == 42_002
    after.close()


def test_what_was_lost_with_the_old_laptop_still_verifies_and_its_list_comes_back(graduates, tmp_path) -> None:
    (tmp_path / "stick").mkdir()
    first, second = graduates.issue(0), graduates.issue(1)
    made = graduates.room.desk.backups.create(tmp_path / "stick").path
    third = graduates.issue(2)
    codes = [graduates.code(number) for number in (first, second, third)]
    graduates.service.revoke(first, "wrong person")
    graduates.service.revoke(third, "wrong person")
    keys = graduates.room.desk.certificate_keys.export(tmp_path / "keys.json")
    after = restored(made, tmp_path / "new")
    check = after.certificate_checks.check_text
    assert [check(code).genuine for code in codes] == [True, True, True]
    after.certificate_keys.take(keys)
    assert [check(code).genuine for code in codes] == [False, True, False]
    after.close()


def test_the_last_number_of_a_year_is_the_last(graduates) -> None:
    number = graduates.issue()
    last = str(CertificateNumber(number[0], 2026, LAST_COUNT))
    with graduates.room.desk.office.store.write() as session:
        session.execute(
            text(
                "INSERT INTO certificate (uuid, version, created_at, changed_at, person_id, class_id, kind, state,"
                " despite, number, reason, prints) SELECT randomblob(16), 1, 0, 0, person_id, class_id, kind,"
                " 'revoked', '', :last, '', 1 FROM certificate"
            ),
            {"last": last},
        )
    with pytest.raises(Refused, match="used up"):
        graduates.issue(1)
