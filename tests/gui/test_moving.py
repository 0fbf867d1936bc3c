"""Moving to a new laptop, in the real pages on both sides."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.test_first_run import Presenter
from tests.gui.text_fits import cut_texts
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.staff import MemberTile, Role
from tlbb_desktop.i18n import catalog
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.first_run.screen import FirstRunPage
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.screens.settings.screen import SettingsScreen
from tlbb_desktop.screens.shell.ribbon import Ribbon
from tlbb_desktop.services import moving
from tlbb_desktop.services.closed_record import moved_day
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk


@pytest.fixture
def page_of(qtbot, tasks):
    def build(desk) -> SettingsScreen:
        changes = ChangeSignal()
        desk.office._publish = changes.publish
        screen = SettingsScreen(desk, tasks, changes)
        qtbot.addWidget(screen)
        screen.resize(1166, 700)
        screen.show()
        screen.open("laptop")
        return screen

    return build


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    return folder


@pytest.fixture
def moved(qtbot, page_of, desk, stick):
    """The page after the record was closed, and the bundle."""
    screen = page_of(desk)
    section = screen.section
    section.prepare(stick)
    qtbot.waitUntil(lambda: not section.away.isHidden(), timeout=30_000)
    return screen, next(stick.glob("*.tlbb"))


def test_it_asks_once_more_and_the_way_back_is_nearest(page_of, desk):
    screen = page_of(desk)
    card = screen.section.move_card
    card.begin_button.click()
    assert screen.focusWidget() is card.cancel_button
    card.cancel_button.click()
    assert card.sure_button.isHidden()
    assert desk.office.closed_since() is None


def test_the_closed_record_says_so_and_opens_again_only_with_a_reason(qtbot, moved, desk, tmp_path):
    screen, bundle = moved
    section = screen.section
    assert bundle.name in section.away.state.text()
    assert section.move_card.isHidden()
    ribbon = Ribbon(desk, ChangeSignal())
    qtbot.addWidget(ribbon)
    assert ribbon.text().startswith("This record moved to another laptop on ")
    with qtbot.waitSignal(screen.troubled) as troubled:
        section.away.reopen_button.click()
    assert isinstance(troubled.args[0], Refused)
    section.away.reason_edit.setText("the new laptop does not start")
    QTest.keyClick(section.away.reason_edit, Qt.Key.Key_Return)
    assert section.away.isHidden()
    assert not section.move_card.isHidden()


def test_a_move_that_failed_at_its_end_shows_the_closed_record_and_what_may_lie_on_the_stick(
    qtbot, qapp, page_of, desk, stick, monkeypatch
):
    def fail(*_paths) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(moving, "move", fail)
    screen = page_of(desk)
    section = screen.section
    with qtbot.waitSignal(screen.troubled, timeout=30_000) as troubled:
        section.prepare(stick)
    assert "stays closed" in str(troubled.args[0])
    assert section.move_card.isHidden()
    assert "A bundle may be finished. Look on the stick" in section.away.state.text()
    assert section.away.isEnabled()
    assert section.away.code_edit.isVisible()
    for language in (catalog.KHMER, "xx", catalog.SOURCE_LANGUAGE):
        switch_language(qapp, language)
        assert cut_texts(screen) == []


def test_nothing_of_a_closed_record_is_cut_or_without_a_name(qapp, moved):
    screen, _bundle = moved
    for language in (catalog.KHMER, "xx", catalog.SOURCE_LANGUAGE):
        switch_language(qapp, language)
        screen.section.open()
        assert cut_texts(screen) == []
        assert unnamed_controls(screen) == []


def test_the_login_page_says_on_which_day_it_moved(qtbot, tasks, moved, home):
    page = LoginPage([MemberTile(MANAGER, "សុខា", Role.MANAGER)], MANAGER, None, tasks, moved=moved_day(home))
    qtbot.addWidget(page)
    assert "moved to another laptop" in page._hint.text()


def test_the_new_laptop_shows_equal_numbers_and_the_code_that_finishes_the_move(qtbot, tasks, moved, tmp_path):
    screen, bundle = moved
    new = Home(tmp_path / "new laptop")
    page = FirstRunPage(Presenter(new, [bundle.parent]), tasks)
    qtbot.addWidget(page)
    page.show()
    page.start.takeover.setChecked(True)
    page.go_on()
    page.restore.username_edit.setText(MANAGER)
    page.restore.passphrase_field.set_text(PASSPHRASE)
    page.go_on()
    qtbot.waitUntil(lambda: page.step is page.arrived, timeout=30_000)
    assert page.arrived.advice.text().startswith("All is here.")
    with qtbot.waitSignal(page.restored):
        page.go_on()
    away = screen.section.away
    away.code_edit.setText(page.arrived.code.text())
    QTest.keyClick(away.code_edit, Qt.Key.Key_Return)
    assert "may be deleted" in away.state.text()


def test_after_a_restore_a_lost_laptop_can_be_refused(qtbot, page_of, desk, stick, tmp_path):
    assert page_of(desk).section.lost.isHidden()
    made = desk.backups.create(stick)
    new = Home(tmp_path / "new laptop")
    restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    there = open_desk(new, unlock(new, MANAGER, PASSPHRASE))
    section = page_of(there).section
    section.lost.begin_button.click()
    section.lost.sure_button.click()
    qtbot.waitUntil(section.lost.isHidden, timeout=30_000)
    assert there.settings.get("refused_senders") == [desk.settings.get("sender")]
    there.close()
