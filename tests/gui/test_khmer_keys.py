from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from tlbb_desktop.qt.khmer_input import KhmerEdit, NameEdit
from tlbb_desktop.qt.shortcuts import physical_key

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def pressed(code: int, text: str, *, scan: int = 0, virtual: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, NONE, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("khmer", "key"),
    [
        ("ផ", Key.Key_P),
        ("ា", Key.Key_A),
        ("េ", Key.Key_E),
        ("ល", Key.Key_L),
        ("ោ", Key.Key_O),
        ("ិ", Key.Key_I),
        ("ហ", Key.Key_H),
        ("១", Key.Key_1),
        ("០", Key.Key_0),
        ("ឥ", Key.Key_Minus),
        ("ឲ", Key.Key_Equal),
        ("\u200b", Key.Key_Space),
        ("៊", Key.Key_Slash),
    ],
)
def test_the_keys_of_the_register_work_while_the_khmer_layout_is_active(khmer, key):
    assert physical_key(pressed(ord(khmer), khmer)) == key


@pytest.mark.skipif(sys.platform != "linux", reason="key codes of X11 and Wayland")
@pytest.mark.parametrize(
    ("scan", "key"), [(33, Key.Key_P), (38, Key.Key_A), (46, Key.Key_L), (10, Key.Key_1), (21, Key.Key_Equal)]
)
def test_the_place_of_a_key_counts_whatever_script_it_types(scan, key):
    assert physical_key(pressed(0x0E01, "ก", scan=scan)) == key


def test_latin_letters_and_special_keys_are_taken_as_they_are():
    assert physical_key(pressed(Key.Key_P, "p", scan=24)) == Key.Key_P
    assert physical_key(pressed(Key.Key_Backspace, "\b")) == Key.Key_Backspace
    assert physical_key(pressed(Key.Key_F2, "")) == Key.Key_F2


def test_a_key_without_a_latin_name_means_nothing():
    assert physical_key(pressed(0x0E01, "ก")) == Key.Key_unknown


@pytest.fixture
def name_edit(qapp, qtbot):
    edit = NameEdit()
    qtbot.addWidget(edit)
    return edit


def test_backspace_leaves_no_coeng_without_its_letter(name_edit):
    name_edit.setText("សក្ខ")
    QTest.keyClick(name_edit, Key.Key_Backspace)
    assert name_edit.text() == "សក"


def test_backspace_takes_a_vowel_alone(name_edit):
    name_edit.setText("ស្ត្រី")
    QTest.keyClick(name_edit, Key.Key_Backspace)
    assert name_edit.text() == "ស្ត្រ"


def test_a_coeng_may_be_typed_and_waits_for_its_letter(name_edit):
    name_edit.setText("ក")
    name_edit.insert("\u17d2")
    assert name_edit.text() == "ក\u17d2"


def test_the_space_bar_of_the_khmer_keyboard_is_a_space_in_a_name(name_edit):
    name_edit.setText("សុខ")
    name_edit.keyPressEvent(pressed(0x200B, "\u200b"))
    assert name_edit.text() == "សុខ "


def test_a_name_takes_its_stored_form_when_one_leaves_the_field(name_edit):
    name_edit.setText(" ខែ្មរ\u200bដារ៉ា ")
    QTest.keyClick(name_edit, Key.Key_Return)
    assert name_edit.text() == "ខ្មែរ ដារ៉ា"


def test_nothing_is_reordered_while_one_types(qapp, qtbot):
    edit = KhmerEdit()
    qtbot.addWidget(edit)
    edit.insert("ខែ្មរ")
    assert edit.text() == "ខែ្មរ"
