"""The Verify page over a real record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import desk_of, furnish
from tests.gui.text_fits import cut_texts
from tlbb_desktop.documents.certificate_code import qr_png
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.verification import Finding
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.verify.screen import VerifyScreen


@pytest.fixture
def room(desk):
    return furnish(desk)


@pytest.fixture
def paper(room):
    """A certificate of the first learner."""
    room.mark_all()
    (paper,) = room.desk.certificates.issue_at_once(room.class_id, room.people[:1], CertificateKind.PARTICIPATION)
    return paper


@pytest.fixture
def page_at(qtbot, tasks):
    def build(desk) -> VerifyScreen:
        page = VerifyScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.fixture
def page(page_at, room) -> VerifyScreen:
    return page_at(room.desk)


def ask(page: VerifyScreen, text: str) -> list[Finding]:
    QApplication.clipboard().setText(text)
    page.start_find()
    page.field.paste()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    return [verdict.finding for verdict in page._presenter.verdicts]


def shown(page: VerifyScreen) -> str:
    return " ".join(label.text() for card in page.cards for label in card.findChildren(type(card.word)))


def test_a_pasted_code_gets_a_large_answer_with_what_to_compare(page, paper):
    assert ask(page, paper.code[:50] + "\n" + paper.code[50:]) == [Finding.GENUINE]
    (card,) = page.cards
    assert card.word.text() == "Genuine"
    assert "Motorbike repair" in shown(page)
    assert paper.certificate.name_latin in shown(page)
    assert paper.certificate.number in shown(page)


def test_a_forged_code_and_a_bare_number_are_not_called_genuine(page, paper):
    changed = paper.code[:-1] + ("0" if paper.code[-1] != "0" else "1")
    assert ask(page, changed) == [Finding.FORGED]
    assert page.cards[0].word.text() == "Not genuine"
    assert ask(page, paper.certificate.number) == [Finding.ONLY_NUMBER]
    assert page.cards[0].word.text() == "Not proven"


def test_an_answer_goes_as_soon_as_another_question_is_typed(page, paper):
    ask(page, paper.code)
    QTest.keyClicks(page.field, "x")
    assert page.cards == ()


def test_a_mistyped_number_is_told_in_the_banner(page, paper, qtbot):
    number = paper.certificate.number
    with qtbot.waitSignal(page.troubled) as trouble:
        ask(page, number[:-1] + str((int(number[-1]) + 1) % 10))
    assert isinstance(trouble.args[0], Refused)
    assert page.cards == ()


def test_a_picture_is_read_in_the_background(page, paper, qtbot, tmp_path, monkeypatch):
    picture = tmp_path / "scan.png"
    picture.write_bytes(qr_png(paper.code))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(picture), ""))
    QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.cards))
    assert page.cards[0].word.text() == "Genuine"
    assert page.open_button.isEnabled()


def test_nothing_is_said_to_be_read_once_the_answer_stands(page, paper, qtbot, tmp_path):
    told: list[str] = []
    page.said.connect(told.append)
    picture = tmp_path / "scan.png"
    picture.write_bytes(qr_png(paper.code))
    page.check_file(picture)
    qtbot.waitUntil(lambda: bool(page.cards))
    assert told[-2:] == ["Reading the file…", ""]


def test_a_broken_picture_is_told_in_the_banner_and_the_page_goes_on(page, qtbot, tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    with qtbot.waitSignal(page.troubled) as trouble:
        page.check_file(tmp_path / "broken.jpg")
    assert isinstance(trouble.args[0], BadFile)
    assert page.open_button.isEnabled()


def test_a_trainer_may_check_a_code(desk_as, paper, page_at):
    page = page_at(desk_of(desk_as, Role.TRAINER))
    assert ask(page, paper.code) == [Finding.GENUINE]


def test_escape_clears_the_page_before_it_leaves_it(page, paper):
    ask(page, paper.code)
    assert page.go_back()
    assert (page.field.text(), page.cards) == ("", ())
    assert not page.go_back()


def test_every_text_fits_and_every_control_has_a_name(page, paper, language):
    ask(page, paper.code)
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    ask(page, paper.code + "0")
    assert cut_texts(page) == []


def test_the_answer_follows_the_language_at_once(page, paper, qapp):
    ask(page, paper.code)
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert page.cards[0].word.text() == "ពិតប្រាកដ"
        assert "ការជួសជុលម៉ូតូ" in shown(page)
    finally:
        switch_language(qapp, "en")
