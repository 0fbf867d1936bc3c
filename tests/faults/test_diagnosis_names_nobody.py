"""The diagnostic bundle of a programme full of marked texts, after crashes that quote them, holds none of them."""

from __future__ import annotations

import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from typing_extensions import override

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE, ConsentForm
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    Names,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.crash import CrashReporter
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services import disk_room
from tlbb_desktop.services.diagnosis import DIAGNOSIS, FAULTS, facts_of_laptop, write_bundle
from tlbb_desktop.services.fault_log import noted_faults, take_in_native_crashes
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import NewProgramme, create_programme
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory
from tlbb_desktop.wiring import Desk, open_desk

KHMER, LATIN, PHONE = "ហ្វីនហ្សូខ", "Zwqcanary", "012 987 654"
PHRASE = f"{LATIN.lower()} river bamboo lantern harbour"
USER = f"{LATIN.lower()}user"


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk_room, "BALLAST_BYTES", 4096)
        yield patched


@pytest.fixture(scope="module")
def marked(tmp_path_factory, patched) -> Iterator[Desk]:
    """A programme in which every text that a person can type holds one of the marks."""
    tmp_path = tmp_path_factory.mktemp("marked")
    home = Home(tmp_path / f"{LATIN}-folder" / f"{KHMER}-home")
    home.path.parent.mkdir()
    programme = NewProgramme("SR", USER, PHRASE, f"{LATIN} {KHMER}", "km")
    desk = open_desk(home, create_programme(home, programme, FLOOR).unlocked)
    keep_memory(home, WindowMemory(last_member=USER, members=()))
    desk.staff.add(NewMember(f"{LATIN.lower()}second", KHMER, Role.TRAINER, f"second {PHRASE}"))
    person = save_person(desk)
    for purpose in NEEDED_FOR_SERVICE:
        desk.consents.record(person, ConsentForm(purpose, True, desk.office.clock.today()))
    note = NoteForm(NoteKind.INDIVIDUAL, f"{LATIN} {KHMER} said", place=LATIN, present=KHMER, risk_seen=True)
    desk.case_notes.save(CaseNote(None, desk.cases.open(person), desk.office.clock.today(), note))
    mark_with_note(desk, person)
    desk.settings.put(f"{LATIN}_name", LATIN)
    desk.settings.put("heading", {"km": KHMER, "en": LATIN})
    desk.settings.put_mine("folder", f"/media/{LATIN}")
    desk.drafts.save("people", {"typed": f"{LATIN} {KHMER}"})
    stick = tmp_path / f"{LATIN}-stick"
    stick.mkdir()
    desk.backups.create(stick)
    (home.path / f"{LATIN}.txt").write_text(KHMER, encoding="utf-8")
    yield desk
    desk.close()


def save_person(desk: Desk) -> int:
    day = desk.office.clock.today()
    return desk.people.save(
        PersonRecord(
            None,
            f"{LATIN[:6].upper()}-1",
            Names(f"{KHMER}ក", f"{KHMER}ខ", f"{LATIN}FAMILY", f"{LATIN}Given", nickname=f"{KHMER}គ"),
            Sex.MALE,
            PersonKind.PARTICIPANT,
            PersonStatus.ENROLLED,
            identity=Identity(Birth(), id_numbers={"national_id": f"{LATIN}77"}, external_ids={"oscar": LATIN}),
            contact=Contact(place_text=f"{LATIN} {KHMER}", phones=PHONE),
            stays=(CustodyStay(desk.prisons.own().id, day - timedelta(days=9)),),
        )
    )


def mark_with_note(desk: Desk, person: int) -> None:
    day = desk.office.clock.today()
    slot = (TimetableSlot(Weekday(day.weekday()), time(8), time(11)),)
    group = TrainingClass(None, f"{LATIN}-CLASS", 1, desk.prisons.own().id, None, day, day + timedelta(days=1), slot)
    class_id = desk.classes.save(group)
    desk.classes.add_session(class_id, day, time(13), time(15))
    desk.classes.enrol(class_id, [person])
    session = desk.classes.sessions(class_id, day, day)[-1].id
    desk.attendance.mark(class_id, [SetMark(session, person, MarkCode.PRESENT, note=f"{LATIN} {KHMER}")])


def fail_in_the_driver(desk: Desk) -> None:
    with desk.office.store.begin() as connection:
        driver_connection(connection).execute(f"SELECT {LATIN}")


def fail_in_the_mapper(desk: Desk) -> None:
    with desk.office.store.begin() as connection:
        statement = text("INSERT INTO setting (name, value) VALUES (:name, :value)")
        connection.execute(statement, [{"name": LATIN, "value": f'"{KHMER}"'}] * 2)


def fail_in_words(_desk: Desk) -> None:
    try:
        raise KeyError(f"{LATIN} {KHMER}")
    except KeyError as error:
        error.add_note(f"{LATIN} note")
        group = ExceptionGroup(f"{LATIN} group", [ValueError(KHMER), OSError(2, "none", f"/home/{LATIN}/a")])
        raise RuntimeError(PHRASE) from group


def fail_at_a_file(_desk: Desk) -> None:
    Path(f"/nowhere/{LATIN}/{KHMER}").read_bytes()


def fail_at_letters(_desk: Desk) -> None:
    f"{LATIN}".encode("utf-16").decode("utf-8")


FAILURES = (fail_in_the_driver, fail_in_the_mapper, fail_in_words, fail_at_a_file, fail_at_letters)


class Failing(QWidget):
    """Fails in a slot, in an event and by a timer."""

    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.told.connect(self.in_slot)

    def in_slot(self, fail: object) -> None:
        fail(self._desk)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowTitleChange:
            fail_in_words(self._desk)


@pytest.fixture(scope="module")
def crashed(marked: Desk, qapp, patched) -> Desk:
    """The program has failed in every way, in slots, events, timers, workers and threads."""
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        patched.setattr(module, name, getattr(module, name))
    shown: list[str] = []
    patched.setattr(CrashReporter, "_show", lambda _reporter, description: shown.append(description))
    owner = QObject()
    reporter = CrashReporter(marked.home, owner)
    widget, tasks = Failing(marked), TaskRunner(owner)
    tasks.unhandled.connect(reporter.report)
    reporter.install()
    for fail in FAILURES:
        widget.told.emit(fail)
        QTimer.singleShot(0, widget, partial(fail, marked))
        tasks.submit(lambda _progress, fail=fail: fail(marked), widget, lambda _none: None)
        thread = threading.Thread(target=fail, args=(marked,), name=LATIN)
        thread.start()
        thread.join()
    QCoreApplication.postEvent(widget, QEvent(QEvent.Type.WindowTitleChange))
    for _turn in range(1000):
        if noted_faults(marked.home).count("builtins.RuntimeError") == 5:
            break
        turn = QEventLoop()
        QTimer.singleShot(1, turn.quit)
        turn.exec()
    assert noted_faults(marked.home).count("builtins.RuntimeError") == 5
    tasks.close()
    widget.deleteLater()
    write_native_crash(marked.home)
    assert not traces("\n".join(shown).encode())
    return marked


def write_native_crash(home: Home) -> None:
    (home.logs / "native-window-00000000.log").write_text(
        f"Fatal Python error: Segmentation fault\n\nThread 0x01 [{LATIN}]:\n"
        f'  File "/home/{LATIN}/x.py", line 1 in run\n\nCurrent thread 0x02 (most recent call first):\n'
        f'  File "/home/{LATIN}/tlbb_desktop/app.py", line 2 in main\n\nExtension modules: {LATIN} (total: 1)\n'
    )
    take_in_native_crashes(home)


def traces(content: bytes) -> list[str]:
    """Every mark that stands in *content*, in whatever way of writing."""
    found = []
    for mark in (KHMER, LATIN, PHONE):
        ways = {
            "utf-8": mark.encode(),
            "utf-16-le": mark.encode("utf-16-le"),
            "utf-16-be": mark.encode("utf-16-be"),
            "json": json.dumps(mark).strip('"').encode(),
            "python": mark.encode("unicode_escape"),
            "url": quote(mark).encode(),
        }
        lower = content.lower()
        found += [f"{mark} as {way}" for way, form in ways.items() if form.lower() in lower]
    return found


def parts_of(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_nothing_that_was_typed_stands_in_the_bundle_or_the_logs(crashed: Desk, tmp_path: Path) -> None:
    bundle = crashed.diagnosis.save(tmp_path / "bundle.zip", {"qt": "6"})
    parts = parts_of(bundle)
    assert {name: traces(content) for name, content in parts.items() if traces(content)} == {}
    assert traces(bundle.read_bytes()) == []
    logs = {path.name: traces(path.read_bytes()) for path in crashed.home.logs.iterdir()}
    assert {name: found for name, found in logs.items() if found} == {}


def test_the_bundle_says_what_helps(crashed: Desk, tmp_path: Path) -> None:
    parts = parts_of(crashed.diagnosis.save(tmp_path, {"qt": "6.11"}))
    facts = json.loads(parts[DIAGNOSIS])
    assert facts["window"] == {"qt": "6.11"}
    assert facts["record"]["schema"]["revision"] == facts["record"]["schema"]["newest"]
    assert facts["record"]["rows"]["person"] == "under 10"
    checks = facts["record"]["checks"]
    assert checks.pop("seconds") >= 0
    assert checks
    assert all(checks.values())
    assert facts["record"]["settings"]["heading"] == "(dict)"
    assert facts["home"]["disk"]["free_megabytes"] > 0
    assert facts["home"]["files"]["programme.db"] > 0
    assert facts["program"]["packages"]["sqlalchemy"] != "?"
    faults = parts[FAULTS].decode()
    for fail in FAILURES:
        assert fail.__name__ in faults
    assert "native.Segmentation_fault" in faults
    assert f"sqlalchemy.exc.{IntegrityError.__name__}" in faults
    assert "  thread.py:" in faults  # of a worker


def test_without_a_passphrase_the_bundle_says_what_the_laptop_shows(crashed: Desk, tmp_path: Path) -> None:
    parts = parts_of(write_bundle(crashed.home, tmp_path / "out.zip", facts_of_laptop(crashed.home)))
    assert {name: traces(content) for name, content in parts.items() if traces(content)} == {}
    assert "record" not in json.loads(parts[DIAGNOSIS])


def test_a_role_that_may_not_check_leaves_the_checks_out(crashed: Desk, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(type(crashed.office), "may", lambda *_arguments: False)
    facts = json.loads(parts_of(crashed.diagnosis.save(tmp_path))[DIAGNOSIS])
    assert facts["record"]["checks"] == {"left_out": "the role may not run them"}


def test_the_marks_are_found_where_they_stand(marked: Desk) -> None:
    """The search itself works: what is typed is found in what the services give back, and in what others write."""
    assert traces(repr(marked.people.rows(marked.people.ids())).encode())
    assert traces(f'{{"a": {json.dumps(KHMER)}}}'.encode())


def test_a_damaged_record_is_diagnosed_too(crashed: Desk, tmp_path: Path) -> None:
    crashed.close()
    size = crashed.home.database.stat().st_size
    with crashed.home.database.open("r+b") as file:
        for page in range(1, size // 4096):
            file.seek(page * 4096 + 100)
            file.write(bytes(64))
    facts = json.loads(parts_of(crashed.diagnosis.save(tmp_path))[DIAGNOSIS])
    assert "cannot_be_read" in facts["record"] or False in facts["record"]["checks"].values()
