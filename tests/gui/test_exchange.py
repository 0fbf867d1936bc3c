"""The page of other laptops: bundles out and in, both sides of a conflict, an invitation; and a laptop that joins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.programme import MANAGER, PASSPHRASE
from tests.services.exchange.conftest import Programme, note_of, programme, set_note, two_sites
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
from tlbb_desktop.screens.first_run.screen import FirstRunPage
from tlbb_desktop.screens.reports.screen import ReportsScreen
from tlbb_desktop.screens.settings.members import MemberTicks, UsernameRole
from tlbb_desktop.screens.settings.screen import SettingsScreen
from tlbb_desktop.services.home import Home

__all__ = ["programme", "two_sites"]  # fixtures
CODE = "SR-26-0001"


@pytest.fixture
def screen(qtbot, tasks, programme: Programme) -> SettingsScreen:
    """Head office's page, after its note and the site's became two."""
    set_note(programme["SR"], CODE, "រៀនពូកែ ចង់បើកជាងម៉ូតូ")
    set_note(programme["HO"], CODE, "ត្រូវការវ៉ែនតា")
    programme.carry("SR", "HO")
    shown = SettingsScreen(programme["HO"], tasks, ChangeSignal())
    qtbot.addWidget(shown)
    shown.resize(1166, 640)
    shown.show()
    shown.open("exchange")
    return shown


def test_it_shows_who_is_how_far_and_both_values_side_by_side(qapp, screen, language):
    section = screen.section
    qapp.processEvents()
    assert [section.laptops.table.item(line, 0).text() for line in (0, 1)] == ["BTB", "SR"]
    assert section.conflicts.mine.text() == "ត្រូវការវ៉ែនតា"
    assert section.conflicts.theirs.text() == "រៀនពូកែ ចង់បើកជាងម៉ូតូ"
    assert section.conflicts.table.item(0, 0).text().startswith(CODE)
    assert section.conflicts.what.text().startswith(CODE)
    assert section.conflicts.table.item(0, 1).text() in section.conflicts.what.text()
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []


def test_a_key_on_a_side_decides_and_the_next_bundle_carries_it(qtbot, screen, programme, tmp_path):
    section = screen.section
    section.conflicts.theirs_button.setFocus()
    QTest.keyClick(section.conflicts.theirs_button, Qt.Key.Key_Space)
    assert not section.conflicts.isVisible()
    section.laptops.table.selectRow(1)
    bundle = tmp_path / "SR.tlbb-bundle"
    section.send(section.laptops.chosen, bundle)
    qtbot.waitUntil(lambda: bool(section.laptops.outcome.text()))
    assert "SR" in section.laptops.outcome.text()
    programme["SR"].exchange.take_in(bundle)
    assert note_of(programme["SR"], CODE) == "រៀនពូកែ ចង់បើកជាងម៉ូតូ"


def test_a_bundle_is_taken_in_and_a_wrong_one_is_refused_in_the_banner(qtbot, screen, programme):
    section = screen.section
    section.take(programme.send("BTB", "HO"))
    qtbot.waitUntil(lambda: bool(section.laptops.outcome.text()))
    assert section.laptops.table.item(0, 5).text() == "1"
    with qtbot.waitSignal(section.troubled) as told:
        section.take(programme.send("HO", "SR"))
    assert "is for SR" in str(told.args[0])
    assert section.laptops.take_button.isEnabled()


def test_an_invitation_is_written_from_the_page_and_the_first_run_joins_with_it(
    qtbot, tasks, screen, programme, tmp_path, monkeypatch
):
    section = screen.section
    file = tmp_path / "KSP.tlbb-join"
    section.write_invitation(file)
    assert not file.exists()  # without a name it says what is missing
    section.invite.form.fill({"name": "KSP", "prison": "KSP"}, existing=False)
    section.write_invitation(file)
    assert file.exists()
    assert section.laptops.table.rowCount() == 3

    home = Home(tmp_path / "new")
    page = FirstRunPage(FirstRunPresenter(home, pytest.fail), tasks)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.start.join.setChecked(True)
    page.go_on()
    assert page.step is page.join
    page.take_invitation(file)
    qtbot.waitUntil(lambda: page.join.manager_box.count() == 1)
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    assert not page.next_button.isEnabled()
    page.join.passphrase_field.set_text(PASSPHRASE)
    with qtbot.waitSignal(page.restored, timeout=30_000):
        page.go_on()
    assert home.has_keyring
    assert page.join.wish.username == MANAGER


def tick(members: MemberTicks, username: str) -> None:
    for line in range(members.list.count()):
        item = members.list.item(line)
        if item.data(UsernameRole) == username:
            item.setCheckState(Qt.CheckState.Checked)


def test_a_laptop_is_got_to_know_by_its_card_and_a_wrong_code_is_said_beside_its_field(screen, programme, tmp_path):
    laptop, section = programme["SR"], screen.section
    laptop.settings.put("sender", "ab" * 8)  # as a restored laptop has it
    card = tmp_path / "SR.tlbb-laptop"
    code = laptop.exchange.write_card(card).code
    section.known.form.fill({"code": "0000-0000-0000-0000", "name": "SR 2", "prison": "SR"}, existing=False)
    section.take_card(card)
    assert "code does not belong" in section.known.form.trouble
    section.known.form.fill({"code": code, "name": "SR 2", "prison": "SR"}, existing=False)
    section.take_card(card)
    assert "Say who works there" in section.known.form.trouble
    tick(section.known.staff, "dara")
    section.take_card(card)
    assert section.known.form.trouble == ""
    assert section.laptops.others[-1].laptop.compartments == {"db"}
    assert [each.laptop.name for each in section.laptops.others] == ["BTB", "SR", "SR 2"]
    programme.desks["SR 2"] = laptop
    programme.carry("SR 2", "HO")
    assert programme.carry("HO", "SR 2").sender == "HO"


def test_the_card_of_this_laptop_is_written_with_its_code_beside_it(screen, tmp_path):
    section = screen.section
    section.write_card(tmp_path / "HO.tlbb-laptop")
    assert section.laptops.standings[0].laptop.code in section.known.outcome.text()
    with_trouble = []
    section.troubled.connect(with_trouble.append)
    section.write_card(tmp_path / "nowhere" / "HO.tlbb-laptop")
    assert "could not be written" in str(with_trouble[0])


def test_a_sealed_value_asks_why_before_it_is_shown(screen, programme):
    section = screen.section
    (row,) = programme["HO"].exchange.conflicts()
    hidden = replace(row, compartment="counselling", mine=None, theirs=None)
    section.conflicts.rows = (hidden,)
    section.conflicts.word()
    assert not section.conflicts.reason.isHidden()
    assert section.conflicts._panel.isHidden()


def test_the_reports_page_says_until_when_the_record_of_each_site_is_here(qtbot, tasks, programme, language):
    office = programme["HO"]
    programme.carry("SR", "HO")
    page = ReportsScreen(office, tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1166, 640)
    page.show()
    page.open()
    today = day_text(office.office.clock.today())
    assert page.sites.isVisible()
    assert today in page.sites.text()
    if language == "en":
        assert page.sites.text() == f"Records of the sites: BTB: nothing yet, SR to {today}."
    assert cut_texts(page) == []
