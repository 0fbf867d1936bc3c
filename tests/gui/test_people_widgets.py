"""The fields of a person's form, typed into as staff type."""

from __future__ import annotations

from datetime import date

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.widgets.birth_edit import BirthEdit
from tlbb_desktop.widgets.column_meanings import column_letter
from tlbb_desktop.widgets.form_field import FormField
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit, MonthEdit
from tlbb_desktop.widgets.photo_frame import LONGEST_EDGE, MOST_BYTES, PhotoFrame
from tlbb_desktop.widgets.place_edit import PlaceEdit, PlaceRole
from tlbb_desktop.widgets.side_by_side import Fact
from tlbb_desktop.widgets.stay_list import StayList

# The offscreen platform says this when the suggestions open.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")

TODAY = date(2026, 11, 21)
DAY, MONTH, YEAR, AGE, UNKNOWN = BirthPrecision


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def birth(shown):
    field = shown(BirthEdit())
    field.set_today(TODAY)
    return field


@pytest.fixture
def place(shown):
    field = shown(PlaceEdit())
    field.set_finder(Gazetteer())
    return field


def type_into(line: QLineEdit, text: str) -> None:
    """Empty the line, write *text* (which Qt's key clicks cannot, when it is Khmer) and leave the line."""
    line.setFocus()
    line.selectAll()
    line.insert(text)
    line.textEdited.emit(line.text())
    line.editingFinished.emit()


@pytest.mark.parametrize(
    ("typed", "expected", "age"),
    [
        ("16/10/2009", Birth(DAY, 2009, 10, 16), "17 years old"),
        ("១៦/១០/២០០៩", Birth(DAY, 2009, 10, 16), "17 years old"),
        ("10/2009", Birth(MONTH, 2009, 10), "17 years old"),
        ("2009", Birth(YEAR, 2009), "about 17 years old"),
        ("១៦ ឆ្នាំ", Birth(AGE, 2010), "about 16 years old"),
        ("16", Birth(AGE, 2010), "about 16 years old"),
        ("", Birth(), ""),
    ],
)
def test_what_is_typed_decides_how_exactly_a_birth_date_is_known(birth, typed, expected, age):
    type_into(birth.line, typed)
    assert birth.birth() == expected
    assert birth.age_text == age
    assert typed == "" or birth.precision.currentData() == expected.precision.value


def test_choosing_a_coarser_precision_cuts_the_date(birth):
    birth.set_birth(Birth(DAY, 2009, 10, 16))
    for wanted, text in ((MONTH, "10/2009"), (YEAR, "2009"), (AGE, "17"), (UNKNOWN, "")):
        birth.precision.setCurrentIndex(birth.precision.findData(wanted.value))
        birth.precision.activated.emit(birth.precision.currentIndex())
        assert birth.line.text() == text
    assert birth.birth() == Birth()


@pytest.mark.parametrize("typed", ["30/02/2009", "one day", "01/01/2031", "150 ឆ្នាំ"])
def test_a_birth_date_that_cannot_be_true_is_refused_at_its_field(birth, typed):
    type_into(birth.line, typed)
    with pytest.raises(Refused):
        birth.birth()
    assert birth.line.text() == typed


def test_an_age_stays_the_same_when_a_form_is_opened_and_saved_again(birth):
    kept = Birth.of_age(16, TODAY)
    birth.set_birth(kept)
    assert birth.birth() == kept


@pytest.mark.parametrize("typed", ["5/3/28", "០៥/០៣/២០២៨", "2028-03-05", "5 មីនា 2028"])
def test_a_day_is_read_in_any_way_of_writing_and_shown_in_one(shown, typed):
    edit = shown(KhmerDateEdit())
    type_into(edit, typed)
    assert edit.day() == date(2028, 3, 5)
    assert edit.text() == "05/03/2028"


def test_arrows_move_a_day(shown):
    edit = shown(KhmerDateEdit())
    edit.set_day(date(2026, 12, 31))
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.day() == date(2027, 1, 1)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.day() == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["2028", "yesterday", "31/02/2028"])
def test_what_is_no_day_stays_as_it_was_typed_and_is_refused(shown, typed):
    edit = shown(KhmerDateEdit())
    type_into(edit, typed)
    assert edit.text() == typed
    with pytest.raises(Refused):
        edit.day()


def test_a_month_is_taken_from_a_whole_date_too(shown):
    edit = shown(MonthEdit())
    for typed in ("11/2027", "21/11/2027", "វិច្ឆិកា ២០២៧"):
        type_into(edit, typed)
        assert edit.month() == Month(2027, 11)
        assert edit.text() == "11/2027"


def test_a_village_fills_in_all_that_it_lies_in(place):
    line = place.lines[8]
    QTest.keyClicks(line, "chrang khpos")
    offers = line.completer().completionModel()
    row = next(row for row in range(offers.rowCount()) if offers.index(row, 0).data(PlaceRole).code == "17040305")
    line.completer().activated[QModelIndex].emit(offers.index(row, 0))
    assert [each.text() for each in place.lines.values()] == ["Siem Reap", "Chi Kraeng", "Kampong Kdei", "Chrang Khpos"]
    assert place.code() == "17040305"


def test_places_follow_the_language(qapp, qtbot, place):
    place.set_code("1704")
    switch_language(qapp, "km")
    try:
        qtbot.waitUntil(lambda: place.lines[4].text() == "ជីក្រែង")
        type_into(place.lines[2], "សៀមរាប")
        assert place.code() == "1704"
    finally:
        switch_language(qapp, "en")


def test_another_province_empties_what_lies_below(place):
    place.set_code("17040305")
    type_into(place.lines[2], "កំពត")
    assert place.code() == "07"
    assert place.lines[8].text() == ""


def test_an_emptied_district_leaves_the_province(place):
    place.set_code("17040305")
    type_into(place.lines[4], "")
    assert place.code() == "17"


def test_what_is_no_place_is_refused_and_kept_in_a_draft(place):
    place.set_code("17")
    type_into(place.lines[4], "Atlantis")
    with pytest.raises(Refused):
        place.code()
    kept = place.typed()
    place.set_code("")
    place.put_back(kept)
    assert place.lines[2].text() == "Siem Reap"
    assert place.lines[4].text() == "Atlantis"


def test_suggestions_say_where_a_place_lies(place):
    line = place.lines[4]
    line.setFocus()
    QTest.keyClicks(line, "chi kr")
    offers = line.completer().completionModel()
    assert offers.index(0, 0).data() == "ជីក្រែង · Chi Kraeng — Siem Reap"


@pytest.fixture
def stays(shown):
    field = shown(StayList())
    field.set_today(TODAY)
    field.set_prisons([(1, "SR"), (2, "BMC")])
    return field


def test_a_transfer_ends_one_stay_and_begins_the_next_on_the_same_day(stays):
    stays.set_stays([CustodyStay(1, date(2026, 1, 5), None, 7)])
    stays.move_on()
    box = stays._lines[1].prison
    box.setCurrentIndex(box.findData(2))
    assert stays.stays() == (CustodyStay(1, date(2026, 1, 5), TODAY, 7), CustodyStay(2, TODAY))


def test_a_stay_without_a_prison_is_refused(stays):
    stays.add_stay()
    with pytest.raises(Refused) as refused:
        stays.stays()
    assert refused.value.place == "stays"


def test_a_stay_that_never_was_can_be_taken_away(stays):
    stays.set_stays([CustodyStay(1, date(2026, 1, 5), TODAY, 7), CustodyStay(2, TODAY, None, 8)])
    stays._lines[0].remove.click()
    assert stays.stays() == (CustodyStay(2, TODAY, None, 8),)


def test_stays_survive_a_draft(stays):
    stays.set_stays([CustodyStay(1, date(2026, 1, 5), None, 7)])
    stays._lines[0].ends.setText("half typ")
    kept = stays.texts()
    stays.set_stays(())
    stays.set_texts(kept)
    assert stays.texts() == [[7, 1, "05/01/2026", "half typ"]]


def test_only_an_open_stay_can_be_ended(stays):
    assert stays._add.isVisible()
    assert not stays._end.isVisible()
    stays.set_stays([CustodyStay(1, date(2026, 1, 5))])
    assert not stays._add.isVisible()
    assert stays._end.isVisible()


@pytest.fixture
def large_picture(tmp_path):
    image = QImage(2000, 1000, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.setText("Comment", "taken at home")
    path = tmp_path / "large.png"
    assert image.save(str(path))
    return path


def test_a_photo_is_encoded_anew_and_made_small(shown, large_picture):
    frame = shown(PhotoFrame())
    frame.take_file(large_picture)
    assert frame.jpeg.startswith(b"\xff\xd8\xff")
    assert b"taken at home" not in frame.jpeg
    assert len(frame.jpeg) <= MOST_BYTES
    image = QImage.fromData(frame.jpeg)
    assert (image.width(), image.height()) == (LONGEST_EDGE, LONGEST_EDGE // 2)


def test_a_photo_of_forty_megapixels_is_taken_and_made_small(shown, tmp_path):
    path = tmp_path / "camera.jpg"
    Image.new("RGB", (7752, 5168), (90, 120, 160)).save(path)
    frame = shown(PhotoFrame())
    frame.take_file(path)
    assert QImage.fromData(frame.jpeg).width() == LONGEST_EDGE


@pytest.mark.parametrize(("name", "size"), [("wall.png", (9000, 6000)), ("wall.jpg", (13000, 10000))])
def test_a_picture_that_would_take_too_much_memory_is_refused_before_it_is_decoded(shown, qtbot, tmp_path, name, size):
    Image.new("L", size).save(tmp_path / name)
    frame = shown(PhotoFrame())
    with qtbot.waitSignal(frame.troubled) as told:
        frame.take_file(tmp_path / name)
    assert told.args[0].message == "{name} is too large. A picture has at most {megapixels} megapixels."
    assert told.args[0].fields["name"] == name
    assert frame.jpeg is None


def test_a_file_that_is_no_picture_is_refused_and_the_photo_stays(shown, qtbot, large_picture, tmp_path):
    frame = shown(PhotoFrame())
    frame.take_file(large_picture)
    before = frame.jpeg
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture at all")
    with qtbot.waitSignal(frame.troubled) as told:
        frame.take_file(broken)
    assert told.args[0].place == "photo"
    assert frame.jpeg == before


def test_a_photo_can_be_pasted(shown, qtbot):
    frame = shown(PhotoFrame())
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(frame.troubled):
        frame.paste()
    image = QImage(30, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(frame.changed):
        frame.paste()
    assert QImage.fromData(frame.jpeg).width() == 30


def test_a_noisy_photo_stays_below_the_limit(shown):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    for y in range(600):
        for x in range(600):
            image.setPixel(x, y, (x * 7919 + y * 104729) * 2654435761 % 0xFFFFFF)
    frame = shown(PhotoFrame())
    QGuiApplication.clipboard().setImage(image)
    frame.paste()
    assert len(frame.jpeg) <= MOST_BYTES


def test_the_label_of_a_field_is_its_accessible_name_and_the_sentence_its_description(shown):
    line = QLineEdit()
    field = FormField.around(line)
    field.set_label("Family name")
    shown(field)
    field.show_problem(Refused("There is no name."))
    assert line.accessibleName() == "Family name"
    assert line.accessibleDescription() == field.problem_text == "There is no name."
    assert line.property("role") == "wrong"
    field.show_problem(None)
    assert field.problem_text == ""
    assert line.property("role") == ""


def test_the_same_name_in_another_encoding_is_no_difference():
    assert not Fact("Name", "ស្រី", "ស្រី".replace("្រ", "\u17d2\u179a")).differs
    assert Fact("Code", "SR-1", "SR-2").differs
    assert not Fact("Code", "", "SR-2").differs


@pytest.mark.parametrize(
    ("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_the_spreadsheet_names_them(position, letter):
    assert column_letter(position) == letter
