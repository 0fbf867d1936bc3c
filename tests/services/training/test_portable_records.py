"""A learner's record travels signed to another class, and what is wrong with a file is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tlbb_desktop.domain.assessment import EntryKind, Outcome
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import BadFile, NotFound, Refused
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.wiring import Desk, open_desk


@pytest.fixture
def laptop(workshop, home, template, tmp_path):
    """Opens another laptop of the programme: a copy of the record as it is now, whose acts are not known here."""
    opened = []

    def copy() -> Desk:
        workshop.desk.office.store.close()  # a server copies a database that nobody has open; the next act opens it
        place = template.copy(home, tmp_path / f"laptop-{len(opened)}")
        unlocked = enter(place, keyring_of(place).load(), template.keys, SystemClock(), "login")
        opened.append(unlocked)
        return open_desk(place, unlocked, workshop.room.clock)

    yield copy
    for each in opened:
        each.store.close()


@pytest.fixture
def given(workshop, new_class, tmp_path, laptop):
    """The first learner's record of another laptop, and a second class in which the learner goes on here."""
    workshop.room.mark(5, 0, "present")
    workshop.room.mark(6, 0, "late", 30)
    workshop.assess(0, "M02")
    workshop.assess(0, "M03", "not-yet")
    path = tmp_path / "learner.json"
    workshop.desk.portable_records.give(workshop.class_id, workshop.people[0], tmp_path / "own.json")
    laptop().portable_records.give(workshop.class_id, workshop.people[0], path)
    other = workshop.room.add_person_like(0)
    class_id = workshop.desk.classes.save(new_class("SR-MOTO-27"))
    workshop.desk.classes.enrol(class_id, [other])
    return path, class_id, other


@pytest.fixture(autouse=True)
def twin(monkeypatch):
    """Somebody with the same name who is another row, as on another laptop."""
    from tests.services.register.conftest import NAMES, ClassRoom

    monkeypatch.setattr(
        ClassRoom, "add_person_like", lambda self, number: self.add_person(NAMES[number], "2026-9001"), raising=False
    )


def board_row(desk: Desk, class_id: int, person: int):
    return desk.progress.board(class_id).row(person)


def test_units_hours_and_days_come_in_and_say_where_they_are_from(workshop, given) -> None:
    path, class_id, person = given
    taken = workshop.desk.portable_records.take(class_id, person, path)
    assert (taken.taken, taken.unknown, taken.minutes) == (("M01", "M02", "M03"), (), 330)
    row = board_row(workshop.desk, class_id, person)
    state = row.states[workshop.unit_id("M02")]
    assert (state.outcome, state.kind, state.day) == (Outcome.COMPETENT, EntryKind.BROUGHT, date(2026, 10, 15))
    assert row.states[workshop.unit_id("M03")].outcome is Outcome.NOT_YET
    assert workshop.unit_id("M01") not in row.states
    assert (row.minutes[workshop.unit_id("M01")], row.credited) == (330, 330)
    with pytest.raises(Refused, match="taken in already"):
        workshop.desk.portable_records.take(class_id, person, path)


def test_a_record_that_was_given_here_is_not_taken_in_here(workshop, given) -> None:
    path, class_id, person = given
    with pytest.raises(Refused, match="given out here"):
        workshop.desk.portable_records.take(class_id, person, path.with_name("own.json"))
    assert board_row(workshop.desk, class_id, person).credited == 0


def test_a_newer_record_takes_the_place_of_the_older_and_an_older_one_is_refused(workshop, given, laptop) -> None:
    path, class_id, person = given
    room, newer = workshop.room, path.with_name("newer.json")
    away = laptop()
    workshop.desk.portable_records.take(class_id, person, path)
    room.clock.moment += timedelta(hours=1)
    room.as_staff(away).mark(7, 0, "present")
    away.portable_records.give(workshop.class_id, workshop.people[0], newer)
    workshop.desk.portable_records.take(class_id, person, newer)
    row = board_row(workshop.desk, class_id, person)
    assert (row.credited, row.states[workshop.unit_id("M02")].attempts) == (510, 1)
    with pytest.raises(Refused, match="newer record"):
        workshop.desk.portable_records.take(class_id, person, path)
    workshop.desk.assessment.undo(class_id)
    assert board_row(workshop.desk, class_id, person).credited == 0
    workshop.desk.portable_records.take(class_id, person, path)
    assert board_row(workshop.desk, class_id, person).credited == 330


def test_a_place_gives_out_its_own_hours_and_not_those_that_were_brought(workshop, given, tmp_path) -> None:
    path, class_id, person = given
    workshop.desk.portable_records.take(class_id, person, path)
    day = workshop.room.clock.today()
    workshop.desk.assessment.recognise(class_id, person, workshop.unit_id("M04"), day, "worked in a shop", 60)
    record = workshop.desk.portable_records.give(class_id, person, tmp_path / "further.json")
    assert {unit.code: unit.minutes for unit in record.units} == {"M02": 0, "M03": 0, "M04": 60}


def test_hours_without_an_attempt_are_taken_back_like_any_entry_and_the_file_is_free_again(workshop, given) -> None:
    path, class_id, person = given
    desk = workshop.desk
    desk.portable_records.take(class_id, person, path)
    (story,) = desk.assessment.story(class_id, person, workshop.unit_id("M01"))
    assert (story.stands, story.entry.outcome, story.entry.minutes) == (True, None, 330)
    desk.assessment.take_back(story.entry.id, "another person")
    assert board_row(desk, class_id, person).credited == 0
    with pytest.raises(Refused, match="already"):
        desk.assessment.take_back(story.entry.id, "again")
    with pytest.raises(Refused, match="taken in already"):
        desk.portable_records.take(class_id, person, path)
    assert desk.assessment.undo(class_id) is not None
    desk.classes.enrol(class_id, [workshop.people[1]])
    desk.portable_records.take(class_id, workshop.people[1], path, although_named=True)
    assert board_row(desk, class_id, workshop.people[1]).credited == 330
    assert board_row(desk, class_id, person).credited == 0


def test_days_to_come_are_refused(workshop, given) -> None:
    path, class_id, person = given
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["units"][1]["day"] = "2030-01-01"
    path.with_name("later.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(BadFile, match="is not a training record"):
        workshop.desk.portable_records.look(path.with_name("later.json"))
    workshop.room.clock.moment -= timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        workshop.desk.portable_records.take(class_id, person, path)


def test_the_file_names_no_prison_no_code_and_no_sentence(workshop, given) -> None:
    path, *_ = given
    text = path.read_text(encoding="utf-8")
    assert "KIM VANNA" in text
    for word in ("2026-0001", "SR-MOTO", "prison", "ពន្ធនាគារ", "Siem Reap"):
        assert word not in text
    assert workshop.desk.portable_records.look(path).course_code == "moto"
    with pytest.raises(Refused):
        workshop.desk.portable_records.give(workshop.class_id, workshop.people[0], path.with_name("prison-record.json"))


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda raw: raw["units"][1].update(outcome="not-yet"), BadFile, "changed after it was signed"),
        (lambda raw: raw.update(minutes_attended=9999), BadFile, "changed after it was signed"),
        (lambda raw: raw.update(version=2), Refused, "another version"),
        (lambda raw: raw.update(signed_with="0123456789ab"), Refused, "not known here"),
        (lambda raw: raw.update(programme="0123456789abcdef"), Refused, "not known here"),
        (lambda raw: raw.update(format="certificate-keys-1"), BadFile, "is not a training record"),
        (lambda raw: raw.pop("units"), BadFile, "is not a training record"),
        (lambda raw: raw["units"][0].update(minutes=-5), BadFile, "is not a training record"),
        (lambda raw: raw["units"][0].update(outcome="passed"), BadFile, "is not a training record"),
        (lambda raw: raw.update(signature="AAAA"), BadFile, "changed after it was signed"),
    ],
    ids=("outcome", "minutes", "version", "key", "programme", "format", "no units", "negative", "word", "signature"),
)
def test_a_file_that_was_touched_is_refused_and_nothing_comes_in(workshop, given, change, error, said) -> None:
    path, class_id, person = given
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(error, match=said):
        workshop.desk.portable_records.take(class_id, person, path)
    assert board_row(workshop.desk, class_id, person).states == {}


def test_garbage_and_missing_files_are_refused(workshop, given, tmp_path) -> None:
    _path, class_id, person = given
    for name, content in (("a.json", b""), ("b.json", b"\xff\xfe\x00"), ("c.json", b"[" * 100_000)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadFile):
            workshop.desk.portable_records.take(class_id, person, tmp_path / name)
    with pytest.raises(BadFile):
        workshop.desk.portable_records.take(class_id, person, tmp_path / "missing.json")


def test_another_course_another_name_or_nobody_is_refused(workshop, given, new_class) -> None:
    path, class_id, person = given
    course = workshop.desk.classes.course_named("electronics")
    other_course = workshop.desk.classes.save(new_class("SR-ELEC-26", course_id=course))
    workshop.desk.classes.enrol(other_course, [person])
    with pytest.raises(Refused, match="of the course moto"):
        workshop.desk.portable_records.take(other_course, person, path)
    workshop.desk.classes.enrol(class_id, [workshop.people[1]])
    with pytest.raises(Refused, match="same person"):
        workshop.desk.portable_records.take(class_id, workshop.people[1], path)
    assert workshop.desk.portable_records.take(class_id, workshop.people[1], path, although_named=True).taken
    with pytest.raises(NotFound):
        workshop.desk.portable_records.take(class_id, 9999, path)
    with pytest.raises(NotFound):
        workshop.desk.portable_records.give(class_id, workshop.people[4], path)


def test_records_of_two_classes_stand_beside_each_other_and_count_no_minute_twice(
    workshop, new_class, laptop, tmp_path
) -> None:
    """A learner began in one class and went on in another, both on the other laptop."""
    room, learner, day = workshop.room, workshop.people[0], date(2026, 10, 15)
    workshop.desk.assessment.recognise(workshop.class_id, learner, workshop.unit_id("M04"), day, "a shop", 60)
    room.mark(5, 0, "present")
    second = workshop.desk.classes.save(new_class("SR-MOTO-B"))
    workshop.desk.classes.enrol(second, [learner])
    workshop.desk.portable_records.give(second, learner, tmp_path / "own.json")  # the key is made here, and copied
    away = laptop()
    session = away.classes.sessions(second, date(2026, 10, 6), date(2026, 10, 6))[0]
    away.attendance.mark(second, [SetMark(session.id, learner, MarkCode.PRESENT)])
    files = {class_id: tmp_path / f"{class_id}.json" for class_id in (workshop.class_id, second)}
    for class_id, path in files.items():
        away.portable_records.give(class_id, learner, path)
        room.clock.moment += timedelta(minutes=5)
    here = workshop.desk.classes.save(new_class("SR-MOTO-C"))
    other = room.add_person_like(0)
    workshop.desk.classes.enrol(here, [other])
    for path in files.values():
        workshop.desk.portable_records.take(here, other, path)
    row = board_row(workshop.desk, here, other)
    assert row.minutes[workshop.unit_id("M04")] == 60
    assert row.credited == 60 + 180 + 180
