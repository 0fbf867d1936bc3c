"""Settings: sections by role, staff, backups, own access, and the lists behind the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import text as statement

from tests.gui.accessible import unnamed_controls
from tests.gui.settings_pages import names_of, select, settings_of, with_trainer
from tests.gui.text_fits import cut_texts
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.attendance import ReasonUse
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.paper_headings import PaperTemplate
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.services.vault import unlock

__all__ = ["settings_of", "with_trainer"]  # fixtures


def test_a_trainer_sees_their_own_look_access_and_backup(settings_of, desk_as):
    assert names_of(settings_of(desk_as(Role.TRAINER))) == ["appearance", "access", "backup"]


def test_a_manager_sees_everything(settings_of, desk):
    assert names_of(settings_of(desk)) == [
        "appearance",
        "access",
        "backup",
        "laptop",
        "check",
        "exchange",
        "staff",
        "programme",
        "papers",
        "assessing",
        "prisons",
        "courses",
        "reasons",
        "holidays",
    ]


def test_the_administrator_duty_adds_staff_and_programme(settings_of, desk_as):
    names = names_of(settings_of(desk_as(Role.TRAINER, admin_duty=True)))
    assert {"staff", "programme"} <= set(names)
    assert "reasons" not in names


def test_a_sound_record_is_checked_line_by_line(qtbot, settings_of, desk):
    section = settings_of(desk, "check").section
    section.check_button.click()
    qtbot.waitUntil(section.outcome.isVisible, timeout=30_000)
    assert section.outcome.text() == "The record is sound."
    assert {sign.text() for sign in section.signs} == {"✓"}
    assert section.restore_button.isHidden()


def test_damage_that_only_the_check_finds_leads_to_a_backup(qtbot, settings_of, desk, language):
    with desk.office.store.write() as session:
        session.execute(statement("UPDATE audit_event SET subject = 'x' WHERE seq = 1"))
    screen = settings_of(desk, "check")
    section = screen.section
    section.check_button.click()
    qtbot.waitUntil(section.restore_button.isVisible, timeout=30_000)
    assert [sign.text() for sign in section.signs].count("✗") == 1
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []
    with qtbot.waitSignal(screen.restore_wanted):
        section.restore_button.click()


def test_choosing_a_theme_asks_the_window_for_it(qtbot, settings_of, desk):
    screen = settings_of(desk)
    box = screen.section.form.inputs["theme"]
    with qtbot.waitSignal(screen.look_wanted) as wanted:
        box.setCurrentIndex(box.findData("dark"))
    assert wanted.args == ["theme", "dark"]


def test_a_backup_is_made_shown_and_checked(qtbot, settings_of, desk, tmp_path):
    section = settings_of(desk, "backup").section
    assert section.last.text() == "There is no backup yet."
    stick = tmp_path / "stick"
    stick.mkdir()
    section.make(stick)
    qtbot.waitUntil(lambda: section.last.text().startswith("✓"), timeout=30_000)
    made = next(stick.glob("*.tlbb"))
    section.check(made)
    qtbot.waitUntil(lambda: "is good" in section.outcome.text(), timeout=30_000)


def test_the_copies_are_listed_with_their_places_and_one_is_tested(qtbot, settings_of, desk, tmp_path):
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    desk.copies.choose_medium(stick)
    desk.copies.make()
    section = settings_of(desk, "backup").section
    table = section.copies.table
    said = [[table.model().index(row, column).data() for column in (1, 3)] for row in range(table.model().rowCount())]
    made = moment_text(desk.backups.last().made_at)
    assert said == [["KINGSTON", f"✓ {made}"], ["This laptop", f"✓ {made}"]]
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is good" in section.outcome.text(), timeout=30_000)
    assert desk.backups.last().tested_at is not None
    forget = section.media.findChild(QPushButton)
    assert forget.accessibleName() == "Put no more copies there: KINGSTON"
    forget.click()
    assert desk.copies.media() == ()
    assert section.media.isHidden()


def test_the_drill_is_done_with_the_paper_of_the_recovery_key_alone(qtbot, settings_of, desk, recovery_key):
    desk.copies.make()
    drill = settings_of(desk, "backup").section.drill
    assert drill.last.text() == "There was no drill yet."
    assert not drill.begin_button.isEnabled()
    drill.code.fill(recovery_key)
    drill.begin_button.click()
    qtbot.waitUntil(lambda: "came back whole" in drill.outcome.text(), timeout=30_000)
    assert drill.last.text().startswith("Last drill: ")
    assert not drill.code.complete


def test_who_may_not_restore_sees_no_drill(settings_of, desk_as):
    assert settings_of(desk_as(Role.TRAINER), "backup").section.drill.isHidden()


def test_a_copy_that_could_not_be_made_is_said_where_copies_are_kept(settings_of, desk):
    trouble = {"at": "2026-11-27T17:00:00+07:00", "medium": "KINGSTON", "kind": "full"}
    desk.settings.put("copy_trouble", trouble)
    section = settings_of(desk, "backup").section
    assert section.trouble.text() == (
        "The last copy on KINGSTON was not made: it is full. The earlier copies are all there."
    )


def test_a_damaged_backup_is_said_in_the_banner(qtbot, settings_of, desk, tmp_path):
    screen = settings_of(desk, "backup")
    bad = tmp_path / "bad.tlbb"
    bad.write_bytes(b"nothing good")
    with qtbot.waitSignal(screen.troubled, timeout=30_000) as troubled:
        screen.section.check(bad)
    assert isinstance(troubled.args[0], TlbbError)
    assert screen.section.make_button.isEnabled()


def test_ones_own_passphrase_changes_after_the_old_one(qtbot, settings_of, desk):
    section = settings_of(desk, "access").section
    section.chooser.again.set_text(section.chooser.proposal.text())
    new = section.chooser.passphrase
    assert not section.change_button.isEnabled()
    section.old.set_text(PASSPHRASE)
    with qtbot.waitSignal(section.said, timeout=30_000):
        section.change_button.click()
    home = desk.home
    desk.close()
    unlock(home, MANAGER, new).store.close()


def test_a_reset_slip_of_ones_own_is_shown(qtbot, settings_of, desk):
    section = settings_of(desk, "access").section
    section.old.set_text(PASSPHRASE)
    section.slip_button.click()
    qtbot.waitUntil(lambda: section._code is not None, timeout=30_000)
    section.open()
    assert section._code is None


def test_a_new_recovery_key_is_shown_and_forgotten(qtbot, settings_of, desk):
    section = settings_of(desk, "programme").section
    section._renew.click()
    qtbot.waitUntil(lambda: section._code is not None, timeout=30_000)
    section.open()
    assert section._code is None


def test_a_value_that_another_window_has_changed_is_not_overwritten(settings_of, desk):
    section = settings_of(desk, "programme").section
    desk.settings.put("late_minutes", 20)
    section.form.inputs["late_minutes"].setValue(30)
    section.save_button.click()
    assert section.form.trouble.startswith("Somebody else has changed this record meanwhile.")
    assert desk.settings.get("late_minutes") == 20
    section.open()
    section.form.inputs["late_minutes"].setValue(30)
    section.save_button.click()
    section.form.inputs["late_minutes"].setValue(35)
    section.save_button.click()
    assert desk.settings.get("late_minutes") == 35


def test_a_prison_and_a_reason_that_another_window_has_changed_are_not_overwritten(settings_of, desk):
    prisons, reasons = settings_of(desk, "prisons").section, settings_of(desk, "reasons").section
    reason = desk.attendance.reasons(ReasonUse.EXCUSED)[0]
    select(prisons, "SR")
    select(reasons, reason.name_en)
    desk.prisons.save(replace(desk.prisons.own(), name_en="Theirs"))
    desk.attendance.save_reason(replace(reason, weight=500))
    for section in (prisons, reasons):
        section.save_button.click()
        assert section.form.trouble.startswith("Somebody else has changed this record meanwhile.")
    assert desk.prisons.own().name_en == "Theirs"
    assert desk.attendance.reasons(ReasonUse.EXCUSED)[0].weight == 500


def test_the_idle_time_is_kept(settings_of, desk):
    section = settings_of(desk, "programme").section
    section.form.inputs["idle_minutes"].setValue(9)
    section.save_button.click()
    assert desk.settings.get("idle_minutes") == 9


def test_the_heading_of_each_paper_and_the_photos_are_kept_and_audited(settings_of, desk):
    section = settings_of(desk, "papers").section
    heading = section.form.inputs["heading_certificate"]
    assert heading.currentData() == "ngo"
    heading.setCurrentIndex(heading.findData("joint"))
    section.form.inputs["certificate_photos"].setChecked(True)
    section.save_button.click()
    assert [desk.paper_headings.of(template).value for template in PaperTemplate] == ["joint", "ngo", "ngo"]
    assert desk.settings.get("certificate_photos") is True
    assert {event.subject for event in desk.audit.events(2)} == {"heading_certificate", "certificate_photos"}
    assert settings_of(desk, "papers").section.form.inputs["heading_certificate"].currentData() == "joint"


def test_a_heading_that_another_window_has_changed_is_not_overwritten(settings_of, desk):
    section = settings_of(desk, "papers").section
    desk.settings.put("heading_certificate", "state")
    heading = section.form.inputs["heading_certificate"]
    heading.setCurrentIndex(heading.findData("joint"))
    section.save_button.click()
    assert section.form.trouble
    assert desk.settings.get("heading_certificate") == "state"


def test_a_reason_gets_a_weight(settings_of, desk):
    section = settings_of(desk, "reasons").section
    reason = desk.attendance.reasons(ReasonUse.EXCUSED)[0]
    select(section, reason.name_en)
    section.form.inputs["weight"].setValue(50)
    section.save_button.click()
    assert desk.attendance.reasons(ReasonUse.EXCUSED)[0].weight == 500


def test_a_holiday_without_a_name_is_said_at_its_field(settings_of, desk):
    section = settings_of(desk, "holidays").section
    section.begin_new()
    section.form.inputs["day"].setDate(QDate(2026, 12, 29))
    section.save_button.click()
    assert section.form.trouble == "A holiday needs a name."
    section.form.inputs["name_en"].setText("Office closed")
    section.save_button.click()
    assert date(2026, 12, 29) in desk.calendar.holidays(date(2026, 12, 1), date(2026, 12, 31))


def test_a_course_is_added(settings_of, desk):
    section = settings_of(desk, "courses").section
    QTest.mouseClick(section.new_button, Qt.MouseButton.LeftButton)
    for name, text in (("name_km", "ជាងឈើ"), ("name_en", "Carpentry"), ("code", "wood")):
        section.form.inputs[name].setText(text)
    section.save_button.click()
    assert "wood" in {course.code for course in desk.classes.courses()}


@pytest.mark.parametrize(
    "section",
    [
        "appearance",
        "access",
        "backup",
        "laptop",
        "staff",
        "programme",
        "papers",
        "prisons",
        "courses",
        "reasons",
        "holidays",
    ],
)
def test_every_section_is_whole_in_every_language(qapp, settings_of, desk, language, section):
    screen = settings_of(desk, section)
    shown = screen.section
    if hasattr(shown, "table") and hasattr(shown, "begin_new"):
        shown.begin_new()
    if section == "staff":
        shown.begin_adding()
    qapp.processEvents()
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []
