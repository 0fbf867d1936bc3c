"""What lies on every desk: settings, prisons, drafts, audit, room on the disk, checks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, text

from tlbb_desktop.data.ballast import keep_ballast
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused, StorageFull
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.keyring_file import NAMES
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.disk_room import ENTRY_BYTES, DiskRoom
from tlbb_desktop.services.office import Office


def test_a_setting_is_kept_and_a_trainer_cannot_change_it(desk, desk_as):
    desk.settings.put("late_minutes", 10)
    trainer = desk_as(Role.TRAINER)
    assert trainer.settings.get("late_minutes") == 10
    with pytest.raises(NotPermitted):
        trainer.settings.put("late_minutes", 99)
    assert desk.settings.get("late_minutes") == 10
    assert desk.settings.get("nothing", "else") == "else"


def test_what_is_a_matter_of_taste_is_each_members_own(desk, desk_as):
    desk_as(Role.TRAINER).settings.put_mine("theme", "dark")
    assert desk.settings.mine("theme") == "dark"
    desk.office.actor = replace(desk.actor, staff_id=99)
    assert desk.settings.mine("theme", "light") == "light"


def test_a_prison_is_added_and_changed(desk):
    added = desk.prisons.save(Prison(0, "NEW", "ពន្ធនាគារថ្មី", "New Prison", "17", True))
    desk.prisons.save(replace(added, name_en="Newer Prison"))
    assert desk.prisons.prison_with_code("new").name_en == "Newer Prison"
    with pytest.raises(NotFound):
        desk.prisons.prison_with_code("nowhere")


@pytest.mark.parametrize(
    "wrong",
    [
        Prison(0, "SR", "ក", "Taken", "", True),
        Prison(0, " ", "ក", "No code", "", True),
        Prison(0, "ABC", "", "No Khmer", "", True),
    ],
)
def test_a_prison_without_a_name_or_with_a_taken_code_is_refused(desk, wrong):
    with pytest.raises(Refused):
        desk.prisons.save(wrong)


def test_the_prison_of_the_laptop_is_not_switched_off(desk):
    with pytest.raises(Refused):
        desk.prisons.save(replace(desk.prisons.own(), active=False))


def test_a_draft_comes_back_as_it_was_left(desk):
    desk.drafts.save("person", {"name": "សុខ", "cursor": 3}, "legal")
    desk.drafts.save("person", {"name": "សុខា", "cursor": 4}, "legal")
    assert desk.drafts.load("person").content == {"name": "សុខា", "cursor": 4}
    desk.drafts.clear("person")
    assert desk.drafts.load("person") is None


def test_the_newest_draft_of_any_page_is_found(desk):
    desk.drafts.save("person", 1)
    desk.drafts.save("class", 2)
    assert desk.drafts.load().page == "class"
    desk.drafts.clear()
    assert desk.drafts.load() is None


def test_a_draft_is_shut_to_who_lacks_its_compartment(desk, desk_as):
    desk.drafts.save("person", "ឆ្នាំកំណើត", "legal")
    trainer = desk_as(Role.TRAINER)
    assert trainer.drafts.load("person") is None
    with pytest.raises(NotPermitted):
        trainer.drafts.save("note", "x", "counselling")


def test_everybody_reads_their_own_events_and_only_managers_those_of_others(desk, desk_as):
    desk.settings.put("late_minutes", 5)
    assert desk.audit.mine(1)[0].kind == "setting"
    trainer = desk_as(Role.TRAINER)
    assert trainer.audit.mine(1)
    with pytest.raises(NotPermitted):
        trainer.audit.events()


def test_a_refusal_is_written_down(desk, desk_as):
    with pytest.raises(NotPermitted):
        desk_as(Role.TRAINER).settings.put("late_minutes", 5)
    line = desk.audit.events(1)[0]
    assert (line.kind, line.subject) == ("refused", "settings_write")


def test_pages_of_the_audit_follow_one_another(desk):
    for minutes in range(5):
        desk.settings.put("late_minutes", minutes)
    first = desk.audit.events(limit=3)
    second = desk.audit.events(limit=3, before=first[-1].seq)
    assert [line.seq for line in first + second] == sorted((line.seq for line in first + second), reverse=True)


def test_an_event_that_was_changed_breaks_the_chain(desk):
    desk.settings.put("late_minutes", 5)
    assert desk.audit.first_broken() is None
    with desk.office.store.write() as session:
        session.execute(text("UPDATE audit_event SET subject = 'x' WHERE seq = 2"))
    assert desk.audit.first_broken() == 2
    assert [line.check for line in desk.integrity.check() if not line.sound] == ["audit"]


def test_a_sound_record_passes_every_check(desk):
    assert all(line.sound for line in desk.integrity.check())
    assert desk.audit.mine(1)[0].kind == "checked"


def test_a_keyring_that_was_edited_is_found(home, desk):
    for name in NAMES:
        (home.path / name).write_bytes(b"{}")
    assert [line.check for line in desk.integrity.check() if not line.sound] == ["keyring"]
    assert desk.audit.mine(1)[0].detail == "keyring"


def test_a_version_that_was_set_back_is_found(desk):
    with desk.office.store.write() as session:
        session.execute(text("UPDATE course SET version = 0"))
    assert [line.check for line in desk.integrity.check() if not line.sound] == ["versions"]


def test_a_trainer_checks_nothing(desk_as):
    with pytest.raises(NotPermitted):
        desk_as(Role.TRAINER).integrity.check()


def short_of_room(desk, free: int) -> Office:
    office = desk.office
    room = DiskRoom(desk.home, lambda _: free)
    return Office(office.store, office.cipher, office.trail, office.actor, office.clock, room=room)


def test_nothing_is_entered_when_the_disk_is_nearly_full(desk):
    office = short_of_room(desk, ENTRY_BYTES - 1)
    with pytest.raises(StorageFull, match="199 MB"), office.act(Action.SETTINGS_WRITE):
        pass
    with short_of_room(desk, ENTRY_BYTES).act(Action.SETTINGS_WRITE) as act:
        act.record("setting", "late_minutes")
    assert desk.audit.mine(1)[0].subject == "late_minutes"


def test_a_sheet_of_paper_and_a_look_need_no_room(desk):
    with short_of_room(desk, ENTRY_BYTES - 1).act(Action.PEOPLE_READ, enters=False) as act:
        act.record("protected_read", "person:1")
    assert desk.audit.mine(1)[0].kind == "protected_read"


def test_a_refusal_is_a_refusal_on_a_full_disk_too(desk_as, monkeypatch):
    office = desk_as(Role.TRAINER).office

    def full():
        raise StorageFull

    monkeypatch.setattr(office.store, "write", full)
    with pytest.raises(NotPermitted):
        office.permit(Action.SETTINGS_WRITE)


def test_a_disk_that_fills_up_in_the_middle_of_an_act_leaves_the_record_as_it_was(desk):
    """SQLite itself says that there is no room: the file may not grow by a page."""
    settings = desk.settings.get("language")

    @event.listens_for(desk.office.store.engine, "checkout")
    def keep_small(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(StorageFull):
        desk.settings.put("language", "x" * 1_000_000)
    assert desk.settings.get("language") == settings
    assert not desk.home.ballast.exists()
    assert all(line.sound for line in desk.integrity.check())


def test_the_reserve_is_given_back_when_the_disk_is_full(home, desk):
    assert home.ballast.exists()
    with pytest.raises(StorageFull), desk.office.act(Action.SETTINGS_WRITE):
        raise StorageFull
    assert not home.ballast.exists()


def test_the_reserve_takes_real_room(tmp_path):
    keep_ballast(tmp_path / "ballast", 3_000_001)
    assert (tmp_path / "ballast").stat().st_size == 3_000_001
    assert len(set((tmp_path / "ballast").read_bytes()[:4096])) > 200


def test_no_reserve_is_made_on_a_disk_that_is_nearly_full(home):
    home.ballast.unlink(missing_ok=True)
    DiskRoom(home, lambda _: ENTRY_BYTES).keep_reserve()
    assert not home.ballast.exists()
