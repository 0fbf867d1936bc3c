"""A paper in the window: its pages as they will be printed, in sight first, as large as one likes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.accessible import unnamed_controls
from tests.gui.papers import WORDS, paper
from tests.gui.text_fits import cut_texts
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.palettes import LIGHT
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.widgets.paper_sheets import Zoom

Key = Qt.Key
BUTTONS = ("Save as PDF", "Print")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def preview(qtbot) -> PaperPreview:
    widget = PaperPreview()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def shown(preview, tasks, qtbot):
    def show(pdf: bytes) -> PaperPreview:
        preview.show_paper(pdf, tasks)
        qtbot.waitUntil(lambda: bool(pages(preview)) and not missing(preview))
        return preview

    return show


def pages(preview: PaperPreview):
    return preview.sheets._pages


def missing(preview: PaperPreview) -> bool:
    return preview.sheets.wanted() is not None


def bar(preview: PaperPreview):
    return preview.sheets.verticalScrollBar()


def photograph(widget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_a_page_stands_there_dot_for_dot_as_it_is_drawn(shown, qtbot):
    preview = shown(paper(1))
    preview.sheets.set_zoom(Zoom.WHOLE_PAGE)
    dots = preview.sheets.dots_per_inch()
    qtbot.waitUntil(lambda: not missing(preview))
    seen, drawn = photograph(pages(preview)[0]), PaperPages(paper(1)).image(0, dots)
    expected = QImage(drawn.pixels, drawn.width, drawn.height, drawn.bytes_per_line, QImage.Format.Format_RGB32)
    inside = seen.rect().adjusted(2, 2, -2, -2)  # within the edge
    assert seen.copy(inside) == expected.copy(inside)


def test_the_pages_fit_the_width_the_height_or_are_as_large_as_on_paper(shown, qtbot):
    preview = shown(paper(3))
    page, view = pages(preview)[0], preview.sheets.viewport()
    assert 0.9 * view.width() < page.width() <= view.width()
    preview.sheets.set_zoom(Zoom.WHOLE_PAGE)
    assert 0.98 * view.height() < page.height() <= view.height()
    preview.sheets.set_zoom(Zoom.ACTUAL_SIZE)
    assert page.width() == pytest.approx(8.27 * preview.logicalDpiX(), abs=1)
    preview.resize(500, 600)
    preview.sheets.set_zoom(Zoom.PAGE_WIDTH)
    qtbot.waitUntil(lambda: page.width() <= 500)
    qtbot.waitUntil(lambda: preview.sheets.horizontalScrollBar().maximum() == 0)


def test_pages_in_sight_are_drawn_first_and_those_far_away_not_at_all(preview, tasks, qtbot, monkeypatch):
    drawn = []
    real = PaperPages.image
    monkeypatch.setattr(PaperPages, "image", lambda *given: drawn.append(given[1]) or real(*given))
    preview.show_paper(paper(12), tasks)
    qtbot.waitUntil(lambda: bool(drawn) and not missing(preview))
    assert drawn[0] == 0
    assert max(drawn) <= 2
    preview.sheets.go(9)
    qtbot.waitUntil(lambda: not missing(preview))
    assert drawn[len(set(drawn)) - 1] >= 8
    assert pages(preview)[0].is_blurred  # its memory is free again
    assert not {4, 5, 6} & set(drawn)


def test_a_screen_reader_hears_which_page_it_is_and_what_stands_there(shown, qtbot):
    preview = shown(paper(3))
    assert [page.accessibleName() for page in pages(preview)] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    qtbot.waitUntil(lambda: preview.sheets.untold() is None)
    assert [f"{WORDS} {number}" in page.accessibleDescription() for number, page in enumerate(pages(preview), 1)] == [
        True
    ] * 3


def test_page_up_and_page_down_never_skip_the_head_of_a_page(shown):
    preview = shown(paper(3))
    heads = [page.y() for page in pages(preview)]
    seen = [bar(preview).value()]
    while bar(preview).value() < bar(preview).maximum():
        QTest.keyClick(preview.sheets, Key.Key_PageDown)
        seen.append(bar(preview).value())
    assert {heads[1], heads[2]} <= set(seen)
    assert preview._position.text() == "Page 3 of 3"
    while bar(preview).value() > 0:
        QTest.keyClick(preview.sheets, Key.Key_PageUp)
        seen.append(bar(preview).value())
    assert seen.count(heads[1]) == 2
    assert preview._position.text() == "Page 1 of 3"


@pytest.mark.parametrize("plus", [Key.Key_Plus, Key.Key_Equal])
def test_plus_minus_and_nought_change_the_size(shown, plus):
    preview = shown(paper(2))
    width = pages(preview)[0].width()
    QTest.keyClick(preview.sheets, plus, CONTROL)
    assert pages(preview)[0].width() == pytest.approx(1.25 * width, abs=1)
    assert preview.sheets.zoom is Zoom.FREE
    QTest.keyClick(preview.sheets, Key.Key_Minus, CONTROL)
    QTest.keyClick(preview.sheets, Key.Key_Minus, CONTROL)
    assert pages(preview)[0].width() == pytest.approx(width / 1.25, abs=2)
    QTest.keyClick(preview.sheets, Key.Key_0, CONTROL)
    assert pages(preview)[0].width() == width
    assert preview.sheets.zoom is Zoom.PAGE_WIDTH


def test_the_size_has_its_bounds(shown):
    preview = shown(paper(1))
    for _ in range(40):
        preview.sheets.reduce()
    assert preview.sheets.factor == pytest.approx(0.1)
    for _ in range(40):
        preview.sheets.enlarge()
    assert preview.sheets.factor == pytest.approx(4)


def test_the_box_says_how_large_the_pages_are(shown):
    preview = shown(paper(1))
    box = preview._zoom_box
    assert box.currentText() == "Page width"
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert preview.sheets.factor == 1
    preview.sheets.enlarge()
    assert (box.currentIndex(), box.placeholderText()) == (-1, "125 %")


def test_the_place_is_kept_while_the_size_changes(shown):
    preview = shown(paper(3))
    preview.sheets.go(1)
    preview.sheets.enlarge()
    assert bar(preview).value() == pages(preview)[1].y()


def test_another_paper_of_the_same_form_stays_at_its_place(shown, tasks, qtbot):
    preview = shown(paper(3))
    bar(preview).setValue(300)
    with qtbot.waitSignal(preview.shown):
        preview.show_paper(paper(3), tasks)
    assert bar(preview).value() == 300
    shown(paper(2))
    qtbot.waitUntil(lambda: bar(preview).value() == 0)
    assert len(pages(preview)) == 2


def test_a_paper_that_is_replaced_at_once_is_never_shown(preview, tasks, qtbot):
    preview.show_paper(paper(3), tasks)
    preview.show_paper(paper(1), tasks)
    qtbot.waitUntil(lambda: bool(pages(preview)) and not missing(preview))
    assert len(pages(preview)) == 1


def test_a_file_that_is_no_paper_is_explained_and_the_next_one_shown(preview, tasks, qtbot, shown):
    preview.show_paper(b"no paper", tasks)
    qtbot.waitUntil(preview._trouble.isVisible)
    assert preview._trouble.text() == explain(BadFile("This file cannot be read as a paper. Make the paper again."))
    assert not preview.sheets.isVisible()
    shown(paper(1))
    assert not preview._trouble.isVisible()
    assert preview.sheets.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_white_and_its_ground_is_the_pages_in_every_theme(shown, qapp, theme):
    preview = shown(paper(1))
    try:
        apply_theme(qapp, theme)
        preview.sheets.set_zoom(Zoom.WHOLE_PAGE)
        picture = photograph(preview)
        page = pages(preview)[0]
        corner = page.mapTo(preview, page.rect().topLeft())
        assert picture.pixelColor(corner.x() + 3, corner.y() + 3) == QColor("white")
        ground = picture.pixelColor(corner.x() - 3, corner.y() + 3)
        assert ground == preview.palette().window().color()
    finally:
        apply_theme(qapp, "light")


def test_the_page_that_the_keys_move_is_framed(shown, qtbot):
    preview = shown(paper(2))
    preview._zoom_box.setFocus()
    plain = photograph(pages(preview)[0])
    preview.setFocus()
    framed = photograph(pages(preview)[0])
    assert plain.pixelColor(1, 300) == QColor("white")
    assert framed.pixelColor(1, 300) == QColor(LIGHT.focus)
    bar(preview).setValue(bar(preview).maximum())
    assert photograph(pages(preview)[0]) == plain


def test_the_buttons_only_say_what_is_wanted(shown, qtbot):
    preview = shown(paper(1))
    save, print_it = (next(b for b in preview.findChildren(QPushButton) if b.text() == words) for words in BUTTONS)
    with qtbot.waitSignal(preview.save_wanted):
        save.click()
    with qtbot.waitSignal(preview.print_wanted):
        print_it.click()
    preview.allow_taking_along(allowed=False)
    assert save.isHidden()
    assert print_it.isHidden()


def test_every_control_is_named_and_no_text_is_cut(shown, language):
    preview = shown(paper(3))
    for width in (1000, 560, 340):
        preview.resize(width, 600)
        assert unnamed_controls(preview) == []
        assert cut_texts(preview) == []


def test_the_language_switches_live(shown, qapp):
    preview = shown(paper(3))
    try:
        switch_language(qapp, "km")
        qapp.processEvents()
        assert pages(preview)[0].accessibleName() == "ទំព័រទី 1 នៃ 3"
        assert preview._print.text() == "បោះពុម្ព"
    finally:
        switch_language(qapp, "en")
