"""Signatures and scans in the window: under a consent, a review, an assessment, a plan."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.cases.case_parts import cells, opened
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import TODAY
from tests.services.cases.test_case_plans import approved
from tlbb_desktop.documents.page_images import PageImage, PaperPages
from tlbb_desktop.domain.case_plans import PlanReview, ReviewForm, SignedPaper, Signer, SignMethod
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.strengths import Assessment, AssessmentKind
from tlbb_desktop.screens.cases.plan_section import REVIEWS, SIGNATURES
from tlbb_desktop.widgets.scan_card import ScanCard

Key = Qt.Key


@pytest.fixture
def photo(tmp_path) -> Path:
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    path = tmp_path / "consent.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def pdf_of_two(tmp_path) -> Path:
    """What a scanner of an office writes."""
    path = tmp_path / "plan.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    painter.drawText(500, 500, "1")
    writer.newPage()
    painter.drawText(500, 500, "2")
    painter.end()
    return path


@pytest.fixture
def put_in(qtbot):
    """Put files in and wait until they are; gives how many pages."""

    def put(scans: ScanCard, paths: list[Path], *, replaces: bool = False) -> int:
        with qtbot.waitSignal(scans.ended, timeout=30_000) as ended:
            scans.replace_with(*paths) if replaces else scans.attach(paths)
        return ended.args[0]

    return put


@pytest.fixture
def consents(page, room):
    return opened(page, room.case(), "consents")


def test_a_consent_is_signed_by_guardian_and_thumb_by_keyboard(consents, room, press) -> None:
    trail = consents.trail
    assert trail.isVisible()
    trail.signatures.begin_new()
    answers = trail.signatures.form.answers
    assert answers["signer"].value() is Signer.PARTICIPANT
    assert answers["name"].value() == "ស៊ិន ពិសិដ្ឋ"
    trail.signatures.form.go_to(answers["method"])
    press(Key.Key_2)
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    trail.signatures.begin_new()
    assert answers["signer"].value() is Signer.GUARDIAN
    trail.signatures.form.go_to(answers["name"])
    QTest.keyClicks(answers["name"], "Sin Sok")
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    row = consents.pane.row
    kept = room.desk().signatures.signatures(SignedPaper.CONSENT, row)
    assert [(each.signer, each.method) for each in kept] == [
        (Signer.PARTICIPANT, SignMethod.THUMBPRINT),
        (Signer.GUARDIAN, SignMethod.SIGNATURE),
    ]


def test_a_page_is_put_in_looked_at_and_replaced_and_the_older_one_stays_in_the_list(consents, photo, put_in) -> None:
    scans = consents.trail.scans
    assert scans.attach_button.isVisible()
    assert not scans.replace_button.isVisible()
    assert put_in(scans, [photo]) == 1
    assert put_in(scans, [photo], replaces=True) == 1
    assert [cells(scans.table, row)[3] for row in (0, 1)] == ["Holds", "Replaced"]
    scans.table.setFocus()
    QTest.keyClick(scans.table, Key.Key_Return)
    assert scans.view.isVisible()
    assert not scans.view.picture.pixmap().isNull()
    QTest.keyClick(scans.view, Key.Key_Escape)
    assert not scans.view.isVisible()


def test_every_page_of_a_scanned_pdf_is_put_in(consents, pdf_of_two, put_in) -> None:
    scans = consents.trail.scans
    assert put_in(scans, [pdf_of_two]) == 2
    assert [cells(scans.table, row)[0] for row in (0, 1)] == ["1", "2"]


def test_a_file_that_is_no_picture_is_told_and_nothing_is_put_in(consents, tmp_path, put_in) -> None:
    troubles = []
    consents.troubled.connect(troubles.append)
    for name in ("broken.jpg", "broken.pdf"):
        path = tmp_path / name
        path.write_bytes(b"nothing")
        assert put_in(consents.trail.scans, [path, tmp_path / "missing.pdf"]) == 0
    assert len(troubles) == 2


def test_each_record_shows_its_own_signatures(consents, room) -> None:
    first, second = consents.pane.table.model().index(0, 0), consents.pane.table.model().index(1, 0)
    consents.trail.signatures.begin_new()
    assert consents.trail.signatures.save()
    consents.pane.table.setCurrentIndex(second)
    assert consents.trail.signatures.table.isHidden()
    consents.pane.table.setCurrentIndex(first)
    assert consents.trail.signatures.table.isVisible()


def test_a_half_typed_signature_survives_a_lock(page, page_at, room, consents) -> None:
    consents.trail.signatures.begin_new()
    QTest.keyClicks(consents.trail.signatures.form.answers["name"], "!")
    draft = page.draft()
    again = page_at(room.desk())
    again.take_draft(draft)
    assert again.case_pane.section.trail.signatures.form.answers["name"].value() == "ស៊ិន ពិសិដ្ឋ!"
    assert again.case_pane.section.trail.signatures.is_touched


def test_a_review_and_the_plan_have_signatures_and_scans(page, room, photo, put_in) -> None:
    case_id = room.case()
    plan_id = approved(room, case_id)
    desk = room.desk()
    review = desk.case_plans.review(plan_id, PlanReview(TODAY, ReviewForm(TODAY + timedelta(days=90))))
    section = opened(page, case_id, "plan")
    section.go_to_part(REVIEWS)
    trail = section.papers.review
    assert trail.isVisible()
    trail.signatures.begin_new()
    assert trail.signatures.save()
    assert len(desk.signatures.signatures(SignedPaper.REVIEW, review)) == 1
    assert put_in(trail.scans, [photo]) == 1
    section.go_to_part(SIGNATURES)
    assert not section.papers.review.isVisible()
    assert section.papers.scans.isVisible()
    assert put_in(section.papers.scans, [photo]) == 1
    assert len(desk.scans.of_paper(SignedPaper.CASE_PLAN, plan_id)) == 1


def test_a_colleague_sees_that_a_plan_is_scanned_and_not_its_picture(page_at, room, photo) -> None:
    case_id = room.case()
    row = room.desk().strengths.save(Assessment(None, case_id, AssessmentKind.INTAKE, TODAY))
    room.desk().scans.attach(SignedPaper.ASSESSMENT, row, b"\xff\xd8\xff")
    page = page_at(room.desk("colleague"))
    scans = opened(page, case_id, "assessments").trail.scans
    assert scans.table.isVisible()
    assert not scans.look_button.isVisible()
    assert not scans.attach_button.isVisible()


def test_no_word_is_cut_and_everything_has_a_name(language, consents, page, photo, put_in) -> None:
    put_in(consents.trail.scans, [photo])
    consents.trail.signatures.begin_new()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []


def test_a_pdf_with_a_damaged_page_is_told_and_does_not_stop_the_program(consents, pdf_of_two, put_in) -> None:
    troubles = []
    consents.troubled.connect(troubles.append)
    whole = pdf_of_two.read_bytes()
    pdf_of_two.write_bytes(whole.replace(b"/Type /Page\n", b"/Type /Hurt\n").replace(b"/MediaBox", b"/MediaHurt"))
    for length in range(len(whole) // 4, len(whole), len(whole) // 4):
        (pdf_of_two.parent / f"cut-{length}.pdf").write_bytes(whole[:length])
    for path in sorted(pdf_of_two.parent.glob("*.pdf")):
        put_in(consents.trail.scans, [path])
    assert all(isinstance(each, BadFile) for each in troubles)


@pytest.fixture
def held(monkeypatch) -> Iterator[threading.Event]:
    """Reading waits before the second page until this is set; which threads read is noted in ``PaperPages.read_by``."""
    event, read, read_by = threading.Event(), PaperPages.image, []

    def image(pages: PaperPages, number: int, dots: float) -> PageImage:
        read_by.append(threading.current_thread())
        assert number == 0 or event.wait(30)
        return read(pages, number, dots)

    monkeypatch.setattr(PaperPages, "image", image)
    monkeypatch.setattr(PaperPages, "read_by", read_by, raising=False)
    yield event
    event.set()


def test_while_pages_are_read_the_window_lives_and_says_how_far_it_is(
    consents, page, pdf_of_two, held, qtbot, language
) -> None:
    scans = consents.trail.scans
    scans.attach([pdf_of_two])
    qtbot.waitUntil(lambda: scans.line._sent == 1, timeout=30_000)
    assert scans.line.isVisible()
    assert not scans.attach_button.isEnabled()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    scans.attach([pdf_of_two])  # nothing comes of it while the first is at work
    with qtbot.waitSignal(scans.ended, timeout=30_000) as ended:
        held.set()
    assert ended.args == [2]
    assert not scans.line.isVisible()
    assert scans.attach_button.isEnabled()
    assert threading.main_thread() not in PaperPages.read_by


def test_who_stops_it_keeps_what_is_in(consents, pdf_of_two, held, qtbot) -> None:
    scans = consents.trail.scans
    scans.attach([pdf_of_two])
    qtbot.waitUntil(lambda: scans.line._sent == 1, timeout=30_000)
    with qtbot.waitSignal(scans.ended, timeout=30_000) as ended:
        scans.line.stop_wanted.emit()
        held.set()
    assert ended.args == [1]
    assert cells(scans.table, 0)[0] == "1"


def test_pages_go_to_the_paper_that_was_shown_when_they_were_chosen(consents, room, pdf_of_two, held, qtbot) -> None:
    scans, table = consents.trail.scans, consents.pane.table
    rows = [table.model().index(number, 0) for number in (0, 1)]
    chosen = consents.pane.row
    scans.attach([pdf_of_two])
    table.setCurrentIndex(rows[1])
    other = consents.pane.row
    with qtbot.waitSignal(scans.ended, timeout=30_000):
        held.set()
    assert other != chosen
    assert scans.table.current_id() is None
    assert len(room.desk().scans.of_paper(SignedPaper.CONSENT, chosen)) == 2
    assert room.desk().scans.of_paper(SignedPaper.CONSENT, other) == ()
