"""A programme of any size, by one command: as sound as one that was typed in, and told from nothing else."""

from __future__ import annotations

import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tests.programme import PASSPHRASE
from tlbb_desktop import cli
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.sealed_columns import sealed_tables
from tlbb_desktop.demonstration import half_made
from tlbb_desktop.demonstration.any_size import build_programme
from tlbb_desktop.demonstration.build import StoryClock
from tlbb_desktop.demonstration.casework import WORKER
from tlbb_desktop.demonstration.cast import DAY, MANAGER, MEMBERS
from tlbb_desktop.demonstration.half_made import clear_half_made
from tlbb_desktop.demonstration.many_people import class_begins, invent_journeys
from tlbb_desktop.demonstration.programme_size import NATIONAL, ProgrammeSize
from tlbb_desktop.domain.errors import Refused, StorageLocked
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.sealed_forms import SEALED_FORMS
from tlbb_desktop.services.vault import NewProgramme, create_programme, members, unlock
from tlbb_desktop.wiring import Desk, open_desk

BUILD_AND_DIE = """
import os, signal, sys
from tlbb_desktop import cli
from tlbb_desktop.demonstration import any_size
any_size._fill = lambda *_arguments: os.kill(os.getpid(), signal.SIGKILL)
cli.main(["--home", sys.argv[1], "demo", "--people", "60"])
"""


@pytest.fixture(scope="module")
def told_and_made(tmp_path_factory) -> tuple[str, Path]:
    """What the command said in a folder where an earlier one was killed, and the folder."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    subprocess.run([sys.executable, "-c", BUILD_AND_DIE, folder], check=False, capture_output=True)
    assert Home(folder).has_keyring
    said = StringIO()
    with redirect_stdout(said):
        assert cli.main(["--home", str(folder), "--lang", "en", "demo", "--people", "60", "--prisons", "3"]) == 0
    return said.getvalue(), folder


@pytest.fixture(scope="module")
def made(told_and_made) -> Path:
    return told_and_made[1]


@pytest.fixture(scope="module")
def desk(made):
    home = Home(made)
    desk = open_desk(home, unlock(home, MANAGER, (made / "demonstration" / f"{MANAGER}.txt").read_text()))
    yield desk
    desk.close()


def test_one_that_was_killed_is_told_removed_and_begun_anew(told_and_made):
    said, folder = told_and_made
    assert said.startswith("A demonstration that was broken off lay here.")
    assert "ready in" in said
    assert not Home(folder).unfinished.exists()


@pytest.fixture
def begun(tmp_path) -> Home:
    """A demonstration that was broken off right after its beginning."""
    home = Home(tmp_path / "begun")
    wishes = NewProgramme("SR", MANAGER, MEMBERS[0].passphrase, "", "km", demonstration=True)
    create_programme(home, wishes, FLOOR, StoryClock()).unlocked.store.close()
    return home


def test_a_broken_off_one_is_removed_whole(begun):
    assert clear_half_made(begun)
    assert begun.is_empty()
    assert not clear_half_made(begun)


def test_a_stop_while_it_is_removed_leaves_an_empty_home(begun, monkeypatch):
    def stop(_home: Home) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(half_made, "clear_unfinished", stop)
        with pytest.raises(KeyboardInterrupt):
            clear_half_made(begun)
    assert begun.is_empty()


def lay_a_file_beside(home: Home) -> None:
    (home.path / "list.xlsx").write_bytes(b"of somebody")


def make_a_backup(home: Home) -> None:
    (home.backups / "tlbb-backup.tlbb").write_bytes(b"of somebody")


def come_in(home: Home) -> None:
    unlock(home, MANAGER, MEMBERS[0].passphrase).store.close()


def finish(home: Home) -> None:
    desk = open_desk(home, unlock(home, MANAGER, MEMBERS[0].passphrase))
    desk.settings.put("plays_on", DAY.isoformat())
    desk.close()


def take_another_passphrase(home: Home) -> None:
    desk = open_desk(home, unlock(home, MANAGER, MEMBERS[0].passphrase))
    desk.staff.change_own_passphrase(MEMBERS[0].passphrase, PASSPHRASE)
    desk.close()


@pytest.mark.parametrize("change", [lay_a_file_beside, make_a_backup, come_in, finish, take_another_passphrase])
def test_what_is_more_than_a_broken_off_one_stays_to_the_last_file(begun, change):
    change(begun)
    before = sorted(path for path in begun.path.rglob("*") if path.name != begun.window_lock.name)
    assert not clear_half_made(begun)
    assert sorted(path for path in begun.path.rglob("*") if path.name != begun.window_lock.name) == before
    with pytest.raises(Refused):
        build_programme(begun, ProgrammeSize())


def test_one_that_is_being_built_is_left_to_its_builder(begun):
    building = unlock(begun, MANAGER, MEMBERS[0].passphrase)
    with pytest.raises(StorageLocked):
        clear_half_made(begun)
    building.store.close()


def test_a_record_that_is_none_is_not_even_asked(home):
    assert not clear_half_made(home)
    assert not home.tries.exists()


def count(desk: Desk, table: str) -> int:
    with desk.office.store.read() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_every_check_of_the_record_finds_it_sound(desk):
    assert [line.check for line in desk.integrity.check() if not line.sound] == []


def test_it_holds_what_was_asked_for(desk):
    assert count(desk, "person") == count(desk, "case_file") == 60
    assert count(desk, "training_class") == 3
    assert count(desk, "case_note") == 600
    assert count(desk, "mark") == count(desk, "mark_history") > 3000
    assert count(desk, "release") > 10
    assert len(desk.certificates.list()) == count(desk, "certificate") > 0
    assert count(desk, "audit_event") > 600 + count(desk, "mark_act")


def test_every_sealed_form_opens_and_reads_as_its_kind(desk):
    opened = 0
    with desk.office.store.read() as connection:
        for sealed in SEALED_FORMS:
            for row in connection.execute(Record.metadata.tables[sealed.table].select()):
                assert isinstance(sealed.open(desk.office.cipher, row), sealed.kind)
                opened += 1
    assert opened > 800
    assert {table.name for table in sealed_tables()} >= {sealed.table for sealed in SEALED_FORMS}


def test_the_services_find_what_was_written(desk, made):
    """By name and by note: search keys agree with the texts that they stand for."""
    worker = open_desk(Home(made), unlock(Home(made), WORKER, (made / "demonstration" / f"{WORKER}.txt").read_text()))
    (case, *_others) = worker.cases.list()
    note = worker.case_notes.notes(case.id)[0]
    hits = worker.case_notes.search(note.form.summary)
    assert note.id in {hit.note_id for hit in hits}
    worker.close()
    (row,) = desk.people.rows(desk.people.ids()[:1]).values()
    assert row.id in {found.id for found in desk.people.quick_find(row.names.khmer)}


def test_marks_lie_within_the_enrolments_and_sessions_were_held(desk):
    with desk.office.store.read() as connection:
        wrong = connection.exec_driver_sql(
            "SELECT count(*) FROM mark AS m JOIN class_session AS s ON s.id = m.session_id WHERE s.state <> 'held'"
            " OR NOT EXISTS (SELECT 1 FROM enrolment AS e WHERE e.class_id = s.class_id AND e.person_id = m.person_id"
            "  AND e.starts_on <= s.day AND COALESCE(e.ends_on, s.day) >= s.day)"
        ).scalar_one()
    assert wrong == 0
    assert {each.prison_id for each in desk.classes.classes()} <= desk.actor.prisons


def test_every_role_gets_in(made):
    home = Home(made)
    files = sorted((made / "demonstration").glob("*.txt"))
    assert {file.stem for file in files} >= {tile.username for tile in members(home)} != set()
    for file in files:
        unlock(home, file.stem, file.read_text()).store.close()


def test_a_second_one_is_refused_and_sizes_that_cannot_be_are_told(made, tmp_path, capsys):
    assert cli.main(["--home", str(made), "--lang", "en", "demo", "--people", "60"]) == 1
    assert "here already" in capsys.readouterr().err
    for wish, said in ((["--people", "5"], "at least 60 people"), (["--prisons", "99"], "3 to 29 prisons")):
        assert cli.main(["--home", str(tmp_path / "new"), "--lang", "en", "demo", *wish]) == 1
        assert said in capsys.readouterr().err
        assert not (tmp_path / "new").exists()


def test_sizes_fall_in_parts_and_the_classes_of_five_years_end_lately():
    tenth = NATIONAL.part(10)
    assert (tenth.people, tenth.prisons, tenth.classes) == (2000, 9, 100)
    assert ProgrammeSize(120, 3).part(100) == ProgrammeSize(60, 3)
    begins = [class_begins(number, tenth) for number in range(tenth.classes)]
    assert begins == sorted(begins)
    assert (DAY - begins[-1]).days < 15
    journeys = invent_journeys(tenth, {"SR": 1, "BMC": 2, "CC2": 3})
    assert len({journey.code for journey in journeys}) == 2000
    assert all(journey.came_on <= journey.class_on < journey.leaves_on for journey in journeys)


def test_a_home_that_holds_something_is_left_alone(home):
    with pytest.raises(Refused):
        build_programme(home, ProgrammeSize())
    unlock(home, "sokha", PASSPHRASE).store.close()
