"""The first start, walked from the first page to the open record, and from a backup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop import __main__ as entry
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.entrance import Entrance
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
from tlbb_desktop.screens.first_run.screen import FirstRunPage
from tlbb_desktop.screens.first_run.steps import RecoveryStep, TypeBackStep
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services import copies, second_media
from tlbb_desktop.services.backups import verify
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.vault import HomeState, home_state, members, unlock
from tlbb_desktop.window_options import read_options
from tlbb_desktop.wiring import open_desk


class Presenter(FirstRunPresenter):
    """The real one at the lowest cost, with a stick that the test plugs in."""

    def __init__(self, home, sticks=(), server=""):
        super().__init__(home, lambda unlocked: open_desk(home, unlocked), lambda: FLOOR, server)
        self._sticks = tuple(sticks)

    def media(self):
        from tlbb_desktop.services.removable_media import removable_media

        return removable_media(self._sticks)


@pytest.fixture
def empty_home(tmp_path) -> Home:
    return Home(tmp_path / "new home")


@pytest.fixture
def page_over(qtbot, tasks):
    def build(home, sticks=(), url="") -> FirstRunPage:
        page = FirstRunPage(Presenter(home, sticks, url), tasks)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        qtbot.waitUntil(lambda: page.prison.box.count() > 0)
        return page

    return build


def press_next(page):
    assert page.next_button.isEnabled()
    QTest.mouseClick(page.next_button, Qt.MouseButton.LeftButton)


def walk_to_the_recovery_key(qtbot, page):
    press_next(page)
    page.prison.box.setCurrentIndex(page.prison.box.findData("SR"))
    press_next(page)
    page.manager.name_edit.setText("Sok Sophea")
    press_next(page)
    page.passphrase.chooser.again.set_text(page.passphrase.chooser.proposal.text())
    chosen = page.passphrase.chooser.passphrase
    press_next(page)
    qtbot.waitUntil(lambda: isinstance(page.step, RecoveryStep), timeout=30_000)
    return chosen


def test_the_whole_way_to_a_new_programme_with_its_first_backup(qtbot, page_over, empty_home, tmp_path):
    page = page_over(empty_home)
    passphrase = walk_to_the_recovery_key(qtbot, page)
    groups = page._begun.recovery.groups
    press_next(page)
    assert isinstance(page.step, TypeBackStep)
    assert not page.next_button.isEnabled()
    page.step.fields.fill("-".join(groups).lower().replace("0", "o"))
    press_next(page)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.make_backup(str(stick))
    qtbot.waitUntil(lambda: "✓" in page.backup.outcome.text(), timeout=30_000)
    with qtbot.waitSignal(page.begun) as begun:
        press_next(page)
    assert begun.args[0].copies.standing().outside is not None  # Today asks for no stick on the first evening
    begun.args[0].close()
    assert verify(next(stick.glob("*.tlbb"))).size > 0
    unlock(empty_home, "sophea", passphrase).store.close()
    assert [tile.name for tile in members(empty_home)] == ["Sok Sophea"]


def test_a_first_backup_on_the_records_own_disk_is_made_but_counts_as_no_copy_outside(
    qtbot, page_over, empty_home, tmp_path, monkeypatch
):
    monkeypatch.setattr(copies, "device_of", second_media.device_of)
    documents = tmp_path / "documents"
    documents.mkdir()
    page = page_over(empty_home)
    walk_to_the_recovery_key(qtbot, page)
    press_next(page)
    page.type_back.fields.fill("-".join(page._begun.recovery.groups))
    press_next(page)
    page.make_backup(str(documents))
    qtbot.waitUntil(lambda: "✓" in page.backup.outcome.text(), timeout=30_000)
    with qtbot.waitSignal(page.begun) as begun:
        press_next(page)
    assert begun.args[0].copies.standing().outside is None
    begun.args[0].close()
    assert verify(next(documents.glob("*.tlbb"))).size > 0


def test_the_first_backup_may_be_chosen_again_after_a_refusal_and_may_wait(qtbot, page_over, empty_home):
    page = page_over(empty_home)
    walk_to_the_recovery_key(qtbot, page)
    press_next(page)
    page.type_back.fields.fill("-".join(page._begun.recovery.groups))
    press_next(page)
    page.make_backup(str(empty_home.path))
    qtbot.waitUntil(page._banner.isVisible, timeout=30_000)
    assert page.backup._choose.isEnabled()
    assert page.next_button.text() == "Later, remind me on Today"
    with qtbot.waitSignal(page.begun) as begun:
        press_next(page)
    begun.args[0].close()


def test_nothing_is_written_before_the_passphrase_is_chosen(page_over, empty_home):
    page = page_over(empty_home)
    press_next(page)
    page.prison.box.setCurrentIndex(0)
    press_next(page)
    assert home_state(empty_home) is HomeState.EMPTY


def test_a_group_of_another_code_is_not_taken(qtbot, page_over, empty_home):
    page = page_over(empty_home)
    walk_to_the_recovery_key(qtbot, page)
    press_next(page)
    groups = list(page._begun.recovery.groups)
    page.type_back.fields.fill("-".join([groups[1], groups[0], *groups[2:]]))
    assert not page.next_button.isEnabled()
    page._begun.desk.close()


def test_back_returns_without_losing_what_was_typed(page_over, empty_home):
    page = page_over(empty_home)
    press_next(page)
    page.prison.box.setCurrentIndex(2)
    press_next(page)
    page.manager.name_edit.setText("Sok Sophea")
    page.go_back()
    assert page.step is page.prison
    press_next(page)
    assert page.manager.name_edit.text() == "Sok Sophea"


def test_a_weak_passphrase_of_ones_own_is_explained(page_over, empty_home):
    page = page_over(empty_home)
    chooser = page.passphrase.chooser
    chooser._radios[""].click()
    chooser.own.set_text("123456")
    assert "13" in chooser._verdict.text()
    assert chooser.passphrase == ""


@pytest.fixture
def stick_with_backup(desk, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.backups.create(stick)
    desk.close()
    return stick


def test_with_a_backup_on_a_stick_new_is_not_the_default(page_over, empty_home, stick_with_backup):
    page = page_over(empty_home, [stick_with_backup])
    assert page.start.restore.isChecked()
    assert page_over(empty_home).start.new.isChecked()


def test_a_programme_comes_back_with_a_managers_passphrase(qtbot, page_over, empty_home, stick_with_backup):
    page = page_over(empty_home, [stick_with_backup])
    press_next(page)
    page.restore.username_edit.setText(MANAGER)
    page.restore.passphrase_field.set_text(PASSPHRASE)
    with qtbot.waitSignal(page.restored, timeout=30_000):
        press_next(page)
    assert [tile.username for tile in members(empty_home)] == [MANAGER]


def test_a_programme_comes_back_with_the_recovery_key(qtbot, page_over, empty_home, stick_with_backup, recovery_key):
    page = page_over(empty_home, [stick_with_backup])
    press_next(page)
    page.restore.by_key.click()
    page.restore.code.fill(recovery_key)
    with qtbot.waitSignal(page.restored, timeout=30_000):
        press_next(page)
    assert home_state(empty_home) is HomeState.READY


def test_a_wrong_passphrase_leaves_the_home_empty(qtbot, page_over, empty_home, stick_with_backup):
    page = page_over(empty_home, [stick_with_backup])
    press_next(page)
    page.restore.username_edit.setText(MANAGER)
    page.restore.passphrase_field.set_text("not the one")
    press_next(page)
    qtbot.waitUntil(lambda: page._banner.text != "", timeout=30_000)
    assert home_state(empty_home) is HomeState.EMPTY


def test_every_step_is_whole_in_every_language(qtbot, page_over, empty_home, language):
    page = page_over(empty_home)

    def check():
        assert cut_texts(page) == [], page.step
        assert unnamed_controls(page) == [], page.step

    check()
    page.start.restore.click()
    press_next(page)
    check()
    page.restore.by_key.click()
    check()
    page.go_back()
    page.start.new.click()
    press_next(page)
    check()
    page.prison.box.setCurrentIndex(0)
    press_next(page)
    check()
    page.manager.name_edit.setText("Sok Sophea")
    press_next(page)
    check()
    page.passphrase.chooser._radios[""].click()
    check()
    page.passphrase.chooser._radios["en"].click()
    page.passphrase.chooser.again.set_text(page.passphrase.chooser.proposal.text())
    press_next(page)
    qtbot.waitUntil(lambda: isinstance(page.step, RecoveryStep), timeout=30_000)
    check()
    press_next(page)
    check()
    page.type_back.fields.fill("-".join(page._begun.recovery.groups))
    press_next(page)
    check()
    page._begun.desk.close()


# with the address of an empty server --------------------------------------------------------------------------------


@pytest.fixture
def url(server):
    """Of an empty database."""
    return server.url(server.new_database())


def test_an_empty_server_leads_to_the_first_start(qtbot, tasks, url, tmp_path):
    given = ["--home", str(tmp_path / "new"), "--database", url]
    entry._join_server(given)
    home, server = read_options(given).home, read_options(given).database
    assert home.is_empty()
    window = MainWindow()
    qtbot.addWidget(window)
    Entrance(home, HomeDoorkeeper(home, lambda *_changed: None), tasks, window, server).show_first_run()
    qtbot.waitUntil(lambda: window.content.prison.box.count() > 0)
    assert "programme_" in window.content.start.place.text()


def test_a_programme_is_founded_on_the_server_and_another_computer_joins(qtbot, page_over, empty_home, url, tmp_path):
    page = page_over(empty_home, url=url)
    assert "programme_" in page.start.place.text()
    assert not page.start.join.isVisibleTo(page)
    passphrase = walk_to_the_recovery_key(qtbot, page)
    press_next(page)
    page.step.fields.fill("-".join(page._begun.recovery.groups))
    press_next(page)
    qtbot.waitUntil(lambda: page.step is page.backup, timeout=30_000)
    with pytest.raises(Refused, match="already"):  # the key is on paper, so nobody founds it once more
        FirstRunPresenter(Home(tmp_path / "again"), open_desk, lambda: FLOOR, url).begin("SR", "sophea", "", passphrase)
    with qtbot.waitSignal(page.begun) as begun:
        press_next(page)
    begun.args[0].close()
    assert empty_home.server == url
    other = Home(tmp_path / "other")
    use_server(other, url)
    (tile,) = members(other)
    unlock(other, tile.username, passphrase).store.close()


def test_a_laptops_backup_is_brought_onto_the_server(qtbot, page_over, empty_home, url, stick_with_backup):
    page = page_over(empty_home, [stick_with_backup], url)
    press_next(page)
    page.restore.username_edit.setText(MANAGER)
    page.restore.passphrase_field.set_text(PASSPHRASE)
    with qtbot.waitSignal(page.restored, timeout=30_000):
        press_next(page)
    assert empty_home.server == url
    assert not empty_home.database.exists()
    unlock(empty_home, MANAGER, PASSPHRASE).store.close()


def test_somebody_who_was_faster_is_not_written_over(qtbot, page_over, empty_home, url, tmp_path):
    page = page_over(empty_home, url=url)
    faster_home = Home(tmp_path / "faster")
    faster = page_over(faster_home, url=url)
    walk_to_the_recovery_key(qtbot, faster)
    faster._begun.desk.close()
    press_next(page)
    page.prison.box.setCurrentIndex(0)
    press_next(page)
    page.manager.name_edit.setText("Chan Dara")
    press_next(page)
    page.passphrase.chooser.again.set_text(page.passphrase.chooser.proposal.text())
    press_next(page)
    qtbot.waitUntil(page._banner.isVisible, timeout=30_000)
    assert page.step is page.passphrase
    assert empty_home.is_empty()
    assert [tile.username for tile in members(faster_home)] == ["sophea"]


def test_the_first_page_is_whole_in_every_language(page_over, empty_home, url, language):
    page = page_over(empty_home, url=url)
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
