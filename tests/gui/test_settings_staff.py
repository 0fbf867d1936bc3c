"""Settings: colleagues, their work, their logins and the administrator's duty."""

from __future__ import annotations

from dataclasses import replace

from tests.gui.settings_pages import names_of, select, settings_of, with_trainer
from tests.programme import MANAGER
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

__all__ = ["settings_of", "with_trainer"]  # fixtures


def test_somebody_new_gets_a_passphrase_that_is_shown_once_and_works(qtbot, settings_of, desk):
    section = settings_of(desk, "staff").section
    section.begin_adding()
    section.adding.form.inputs["name"].setText("Chan Bopha")
    section.adding.form.inputs["username"].setText("bopha")
    passphrase = section.adding.proposal.passphrase
    section.adding.action.click()
    qtbot.waitUntil(section.once.isVisible, timeout=30_000)
    assert section.once.passphrase.text() == passphrase
    section.once.action.click()
    assert section.once.passphrase.text() == ""
    home = desk.home
    desk.close()
    unlock(home, "bopha", passphrase).store.close()


def test_a_login_name_that_is_taken_is_said_at_the_form(qtbot, settings_of, desk):
    section = settings_of(desk, "staff").section
    section.begin_adding()
    section.adding.form.inputs["name"].setText("Somebody")
    section.adding.form.inputs["username"].setText(MANAGER)
    section.adding.action.click()
    qtbot.waitUntil(lambda: section.adding.form.trouble != "", timeout=30_000)
    assert MANAGER in section.adding.form.trouble


def test_the_work_of_a_member_changes(qtbot, settings_of, with_trainer):
    section = settings_of(with_trainer, "staff").section
    select(section, "dara")
    box = section.member.form.inputs["role"]
    box.setCurrentIndex(box.findData("liaison"))
    section.member.action.click()
    qtbot.waitUntil(lambda: not section.member.isVisible(), timeout=30_000)
    assert {row.username: row.role for row in with_trainer.staff.list()}["dara"] is Role.LIAISON


def test_a_forgotten_passphrase_is_set_anew_with_a_slip(qtbot, settings_of, with_trainer):
    section = settings_of(with_trainer, "staff").section
    select(section, "dara")
    section.member.passphrase_button.click()
    section.resetting.proposal.slip.setChecked(True)
    section.resetting.action.click()
    qtbot.waitUntil(section.once.isVisible, timeout=30_000)
    assert len(section.once._groups) == 4


def test_a_login_is_taken_away_only_after_the_question(qtbot, settings_of, with_trainer):
    section = settings_of(with_trainer, "staff").section
    select(section, "dara")
    section.member.removal_button.click()
    assert "dara" in section.removing.name.text()
    assert all(row.active for row in with_trainer.staff.list())
    section.removing.action.click()
    qtbot.waitUntil(lambda: not section.removing.isVisible(), timeout=60_000)
    assert {row.username: row.active for row in with_trainer.staff.list()} == {MANAGER: True, "dara": False}


def test_the_administrator_duty_goes_to_a_colleague_only_after_the_question(qtbot, settings_of, with_trainer):
    section = settings_of(with_trainer, "staff").section
    select(section, "dara")
    section.member.duty_button.click()
    assert "dara" in section.handing.name.text()
    assert with_trainer.actor.admin_duty
    section.handing.back.click()
    select(section, "dara")
    section.member.duty_button.click()
    section.handing.action.click()
    qtbot.waitUntil(lambda: not section.handing.isVisible(), timeout=60_000)
    assert {row.username: row.admin_duty for row in with_trainer.staff.list()} == {MANAGER: False, "dara": True}
    select(section, "dara")
    assert not section.member.duty_button.isVisible()


def test_who_handed_the_duty_over_sees_no_staff_page_any_more(qtbot, settings_of, with_trainer, home):
    with_trainer.staff.change_role("dara", Role.TRAINER, True)
    with_trainer.staff.add(NewMember("bopha", "Chan Bopha", Role.TRAINER, "four words of a kind"))
    with_trainer.close()
    unlocked = unlock(home, "dara", "four words of a kind")
    theirs = open_desk(home, unlocked)
    screen = settings_of(theirs, "staff")
    section = screen.section
    select(section, "bopha")
    section.member.duty_button.click()
    with qtbot.waitSignal(screen.said, timeout=60_000):
        section.handing.action.click()
    shown = {name for row, name in enumerate(names_of(screen)) if not screen.list.item(row).isHidden()}
    assert shown == {"appearance", "access", "backup"}
    assert screen.list.currentRow() == 0
    theirs.close()


def test_only_who_has_the_duty_is_offered_to_hand_it_over(settings_of, with_trainer):
    section = settings_of(with_trainer, "staff").section
    select(section, MANAGER)
    assert not section.member.duty_button.isVisible()
    select(section, "dara")
    assert section.member.duty_button.isVisible()
    with_trainer.office.actor = replace(with_trainer.office.actor, admin_duty=False)
    select(section, MANAGER)
    select(section, "dara")
    assert not section.member.duty_button.isVisible()


def test_nobody_takes_their_own_login_away(settings_of, desk):
    section = settings_of(desk, "staff").section
    select(section, MANAGER)
    assert section.member.isVisible()
    assert not section.member.removal_button.isVisible()
