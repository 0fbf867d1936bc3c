"""The list of classes in the real page over a real record, and how one goes from page to page."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.accessible import unnamed_controls
from tests.gui.classes.conftest import Key, detail, listed
from tests.gui.classroom import desk_of, set_day
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.staff import Role


def test_the_list_says_how_many_learn_and_how_many_are_female(room, screen_at):
    screen = screen_at(room.desk)
    model = screen._form.table.model()
    assert [model.index(0, column).data() for column in range(7)] == [
        "SR-MOTO-26",
        "Motorbike repair",
        "SR",
        "",
        "5",
        "1",
        "01/10/2026 – 30/11/2026",
    ]


def test_typing_a_course_in_khmer_finds_its_classes(room, screen_at):
    screen = screen_at(room.desk)
    screen._form.findEdit.setText("ម៉ូតូ")
    assert listed(screen) == ["SR-MOTO-26"]
    screen._form.findEdit.setText("aircon")
    assert listed(screen) == []


def test_ended_classes_are_listed_on_demand(room, screen_at):
    screen = screen_at(set_day(room.desk, date(2027, 1, 4)))
    assert listed(screen) == []
    screen._form.whenBox.setCurrentIndex(1)
    screen._form.whenBox.activated.emit(1)
    assert listed(screen) == ["SR-MOTO-26"]


def test_a_programme_without_classes_says_what_to_do_first(desk, screen_at):
    screen = screen_at(desk)
    assert screen._stack.currentWidget() is screen._empty
    screen._empty.wanted.emit()
    assert screen._stack.currentWidget() is screen._class_form


def test_escape_goes_from_panel_to_class_to_list(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    screen._detail.ask_enrol()
    assert screen.go_back()
    assert screen._stack.currentWidget() is screen._detail
    assert screen.go_back()
    assert screen._stack.currentWidget() is screen._list
    assert not screen.go_back()


def test_the_list_leaves_the_letters_to_the_page(room, screen_at, qapp):
    screen = screen_at(room.desk)
    QTest.keyClick(qapp.focusWidget(), Key.Key_N)
    assert screen._stack.currentWidget() is screen._class_form
    screen.go_back()
    QTest.keyClick(qapp.focusWidget(), Key.Key_Slash)
    assert qapp.focusWidget() is screen._form.findEdit


def test_who_may_not_change_classes_only_reads(room, desk_as, screen_at):
    screen = screen_at(desk_of(desk_as, Role.LIAISON))
    assert screen._form.newButton.isHidden()
    QTest.keyClick(screen, Key.Key_N)
    assert screen._stack.currentWidget() is screen._list
    screen.open(room.class_id)
    for button in (detail(screen).editButton, detail(screen).enrolButton, detail(screen).addButton):
        assert button.isHidden()
    assert not detail(screen).sheetButton.isHidden()


def test_every_control_is_named_and_no_text_is_cut(room, screen_at, language):
    screen = screen_at(room.desk)
    for step in (lambda: None, screen._new, lambda: screen.open(room.class_id), screen._detail._ask_session):
        step()
        QApplication.processEvents()
        assert unnamed_controls(screen) == []
        assert cut_texts(screen) == []
