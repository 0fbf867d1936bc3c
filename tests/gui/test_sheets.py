"""The month's sheets in the real page over a real record."""

from __future__ import annotations

import zipfile
from datetime import date

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import FRIDAY, OCTOBER, Classroom, desk_of, furnish
from tests.gui.text_fits import cut_texts
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.class_papers import ClassPaper, PaperWish
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.form_code import form_code
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SheetState
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.sheets.screen import SheetsScreen
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets import paper_acts
from tlbb_desktop.widgets.destinations import OpenRegister

Key = Qt.Key
MISSING = date(2026, 10, 20)


@pytest.fixture
def room(desk) -> Classroom:
    return furnish(desk)


@pytest.fixture
def marked(room) -> Classroom:
    """Everything of October is marked; one was absent, one late, and the prison closed on a day."""
    room.mark_all()
    room.mark(date(2026, 10, 6), 0, MarkCode.ABSENT)
    room.mark(date(2026, 10, 7), 1, MarkCode.LATE, 15)
    room.cancel(date(2026, 10, 8))
    return room


@pytest.fixture
def screen_at(qtbot, tasks, tmp_path):
    def build(desk, argument: object = None) -> SheetsScreen:
        screen = SheetsScreen(desk, tasks, ChangeSignal())
        screen._presenter.keep_folder(tmp_path)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open(argument)
        return screen

    return build


def form(screen: SheetsScreen):
    return screen._form


def lines(screen: SheetsScreen) -> list[list[str]]:
    model = form(screen).table.model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def paper(screen: SheetsScreen, qtbot, holds: str = "") -> str:
    """What stands on the paper in sight, once it holds these words."""
    texts: list[str] = []

    def told() -> bool:
        texts[:] = [page.accessibleDescription() for page in form(screen).preview.sheets._pages]
        return bool(texts) and all(texts) and holds in "\n".join(texts)

    qtbot.waitUntil(told, timeout=30_000)
    return "\n".join(texts)


def issue(screen: SheetsScreen) -> None:
    form(screen).issueButton.click()
    screen._issue._form.keepButton.click()


def test_the_list_says_how_many_sessions_are_marked(marked, screen_at):
    assert lines(screen_at(marked.desk))[0][0::2] == ["SR-MOTO-26", "Open"]


def test_the_preview_shows_the_paper_itself(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    text = paper(screen, qtbot, "KIM VANNA")
    assert {name for name in ("CHAN RITHY", "LY BOPHA", "KHIEV KOSAL", "SIN DARA") if name in text} == {
        "CHAN RITHY",
        "LY BOPHA",
        "KHIEV KOSAL",
        "SIN DARA",
    }
    assert "late 1 × (15 min)" in text
    assert "Closed by the prison" in text
    made = marked.desk.class_papers.paper(PaperWish(ClassPaper.ABSENCE_LIST, marked.class_id, OCTOBER.first, "en"))
    assert len(form(screen).preview.sheets._pages) == made.pages


def test_the_preview_speaks_the_language_of_the_paper(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    form(screen).languageBox.setCurrentIndex(form(screen).languageBox.findData("km"))
    form(screen).languageBox.activated.emit(0)
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in paper(screen, qtbot, "ខៀវ កុសល")
    again = screen_at(marked.desk)
    assert form(again).languageBox.currentData() == "km"


def test_ctrl_p_prints_the_paper_and_the_audit_knows(marked, screen_at, qtbot, monkeypatch, tmp_path):
    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        dialog.printer().setCopyCount(2)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    said = []
    screen.said.connect(said.append)
    screen.print_paper()
    qtbot.waitUntil(lambda: "The printer has taken the paper." in said, timeout=30_000)
    pages = form(screen).preview.sheets._pages
    printed = PaperPages((tmp_path / "printed.pdf").read_bytes()).sizes()
    assert [size.is_landscape for size in printed] == [True] * 2 * len(pages)
    assert marked.desk.audit.events(1)[0].detail == f"2026-10 no:0 en {len(pages)}x2"


def test_the_paper_is_saved_where_one_likes_and_the_folder_is_remembered(
    marked, screen_at, qtbot, monkeypatch, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(paper_acts, "ask_where_to_save", lambda _window, _folder, name: stick / f"{name}.pdf")
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    with qtbot.waitSignal(screen._paper.saved, timeout=30_000):
        screen._paper.save_it()
    (file,) = stick.iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert form(screen).strip.shown is screen._saved
    assert screen._presenter.folder(tmp_path) == stick


def test_choose_a_class_and_one_click_leaves_the_file(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    form(screen).table.go(marked.class_id)
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    (file,) = tmp_path.glob("*.xlsx")
    assert zipfile.is_zipfile(file)
    assert screen._form.strip.shown is screen._saved
    assert file.name in screen._saved._form.savedLabel.text()


def test_enter_on_a_class_leads_to_export(marked, screen_at):
    screen = screen_at(marked.desk)
    form(screen).table.setFocus()
    QTest.keyClick(form(screen).table, Key.Key_Return)
    assert form(screen).exportButton.hasFocus()


def test_machines_get_a_csv(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    with qtbot.waitSignal(screen.said):
        form(screen).csvButton.click()
    (file,) = tmp_path.glob("*.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def choose(screen: SheetsScreen, box: str, wanted: str) -> None:
    chosen = getattr(form(screen), box)
    chosen.setCurrentIndex(chosen.findData(wanted))
    chosen.activated.emit(chosen.currentIndex())


def test_a_pdf_is_written_side_by_side_and_the_choice_is_kept(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    choose(screen, "formatBox", "pdf")
    choose(screen, "languageBox", "both")
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    (file,) = tmp_path.glob("*.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert "KINGDOM OF CAMBODIA" in text
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in text
    again = screen_at(marked.desk)
    assert (form(again).formatBox.currentData(), form(again).languageBox.currentData()) == ("pdf", "both")


def test_side_by_side_is_offered_for_the_pdf_only(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    assert form(screen).formatBox.currentData() == "xlsx"
    assert form(screen).languageBox.findData("both") == -1
    choose(screen, "formatBox", "pdf")
    choose(screen, "languageBox", "both")
    text = paper(screen, qtbot, "KIM VANNA")
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in text
    assert "KINGDOM OF CAMBODIA" in text
    choose(screen, "formatBox", "xlsx")
    assert form(screen).languageBox.currentData() in ("km", "en")


def test_one_click_leaves_the_register_for_hand_marking(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    with qtbot.waitSignal(screen.said):
        form(screen).blankButton.click()
    (file,) = tmp_path.glob("*.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert form_code(marked.class_id, OCTOBER) in text


def test_the_code_on_the_paper_leads_to_the_register_of_that_month(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    form(screen).handMarkedButton.click()
    panel = screen._hand_marked
    assert screen._form.strip.shown is panel
    panel._form.codeEdit.setText(form_code(marked.class_id, OCTOBER).lower())
    with qtbot.waitSignal(screen.go_to) as gone:
        QTest.keyClick(panel._form.codeEdit, Key.Key_Return)
    assert gone.args == ["register", OpenRegister(marked.class_id, OCTOBER)]
    assert screen._form.strip.shown is None


def test_a_mistyped_code_is_said_and_may_be_mended(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    form(screen).handMarkedButton.click()
    panel = screen._hand_marked
    panel._form.codeEdit.setText("111-112")
    with qtbot.waitSignal(screen.troubled):
        panel._form.openButton.click()
    assert screen._form.strip.shown is panel
    assert panel._form.codeEdit.text() == "111-112"


def test_the_whole_prison_month_comes_as_one_pdf(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    choose(screen, "formatBox", "pdf")
    with qtbot.waitSignal(screen.said):
        form(screen).wholeButton.click()
    (file,) = tmp_path.glob("*.pdf")
    assert len(pypdf.PdfReader(file).pages) == 2


def test_the_whole_prison_month_comes_as_one_file(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    with qtbot.waitSignal(screen.said):
        form(screen).wholeButton.click()
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


def test_a_cancelled_prison_month_leaves_no_file(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    form(screen).wholeButton.click()
    assert form(screen).strip.shown is screen._progress
    screen._progress._form.cancelButton.click()
    with qtbot.waitSignal(screen.said):  # the queue takes the next job only after the cancelled one
        form(screen).csvButton.click()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_where_no_program_shows_folders_the_page_says_where_the_file_is(
    marked, screen_at, qtbot, monkeypatch, tmp_path
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())))
    screen = screen_at(marked.desk)
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    saved = screen._saved._form
    saved.showButton.click()
    assert opened == [str(tmp_path)]
    path = next(tmp_path.glob("*.xlsx"))
    assert saved.savedLabel.text() == f"No program shows folders on this laptop. The file is {path}"


def test_a_folder_that_is_gone_is_explained_and_nothing_is_left(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    write = screen._presenter.exporter("xlsx", "en", tmp_path / "gone")
    with pytest.raises(Refused):
        write()
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]


def test_issuing_is_explained_before_it_freezes(marked, screen_at):
    screen = screen_at(marked.desk)
    form(screen).issueButton.click()
    assert "frozen" in screen._issue._form.explainLabel.text()
    assert marked.desk.sheets.sheet(marked.class_id, OCTOBER).state is SheetState.OPEN
    screen._issue._form.keepButton.click()
    assert marked.desk.sheets.sheet(marked.class_id, OCTOBER).number == 1
    assert form(screen).stateLabel.text() == "Issued no. 1"
    assert form(screen).issueButton.isHidden()


def test_an_unmarked_day_is_named_and_leads_to_its_register(room, screen_at, qtbot):
    room.mark_all(but=(MISSING,))
    screen = screen_at(room.desk)
    assert form(screen).stateLabel.text() == "Open · draft"
    form(screen).issueButton.click()
    assert screen._issue._form.keepButton.isHidden()
    (day,) = screen._issue._form.days.findChildren(QPushButton)
    assert day.text() == "20/10/2026"
    with qtbot.waitSignal(screen.go_to) as went:
        day.click()
    assert went.args == ["register", OpenRegister(room.class_id, OCTOBER, room.session_on(MISSING))]


def test_a_month_with_sessions_to_come_says_which(marked, screen_at):
    screen = screen_at(marked.desk, (marked.class_id, Month(2026, 11)))
    form(screen).issueButton.click()
    assert "02/11/2026" in screen._issue._form.explainLabel.text()
    assert screen._issue._form.keepButton.isHidden()


def test_a_signature_is_noted_with_a_picture_of_the_paper(marked, screen_at, tmp_path):
    screen = screen_at(marked.desk)
    issue(screen)
    picture = tmp_path / "paper.png"
    image = QImage(3000, 2000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(str(picture))
    form(screen).signButton.click()
    screen._sign.take_scan(picture)
    screen._sign._form.byEdit.setText("ជា វណ្ណៈ")
    screen._sign._form.keepButton.click()
    sheet = marked.desk.sheets.sheet(marked.class_id, OCTOBER)
    assert (sheet.state, sheet.signed_by, sheet.signed_on) == (SheetState.SIGNED, "ជា វណ្ណៈ", FRIDAY)
    assert marked.desk.sheets.scan(marked.class_id, OCTOBER).startswith(b"\xff\xd8\xff")
    assert form(screen).signButton.isHidden()


def test_the_cursor_comes_back_to_where_the_panel_was_asked_for(marked, screen_at, qapp):
    screen = screen_at(marked.desk)
    form(screen).issueButton.setFocus()
    form(screen).issueButton.click()
    assert screen._issue.isAncestorOf(qapp.focusWidget())
    assert screen.go_back()
    assert qapp.focusWidget() is form(screen).issueButton


def test_a_file_that_is_no_picture_is_refused_calmly(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    issue(screen)
    form(screen).signButton.click()
    (tmp_path / "paper.jpg").write_bytes(b"no picture")
    with qtbot.waitSignal(screen.troubled):
        screen._sign.take_scan(tmp_path / "paper.jpg")
    assert form(screen).strip.shown is screen._sign


def test_a_mark_changed_after_the_issue_makes_a_correction_with_its_differences(marked, screen_at):
    screen = screen_at(marked.desk)
    issue(screen)
    marked.mark(date(2026, 10, 6), 0, MarkCode.PRESENT)
    screen.open((marked.class_id, OCTOBER))
    assert lines(screen)[0][2] == "Issued no. 1 · changed"
    assert form(screen).issueButton.text() == "Issue correction"
    form(screen).issueButton.click()
    assert "6 គឹម វណ្ណា: Absent → Present" in screen._issue._form.changesLabel.text()
    screen._issue._form.keepButton.click()
    sheet = marked.desk.sheets.sheet(marked.class_id, OCTOBER)
    assert (sheet.number, sheet.corrects) == (2, 1)


def test_hours_lost_stand_on_the_screen_and_on_no_preview(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    assert form(screen).lostLabel.text() == "Hours lost to the prison: 15"
    assert "Hours lost" not in paper(screen, qtbot, "KIM VANNA")


def test_a_trainer_exports_but_neither_issues_nor_learns_the_hours_lost(marked, desk_as, screen_at):
    screen = screen_at(desk_of(desk_as, Role.TRAINER))
    hidden = (form(screen).issueButton, form(screen).signButton, form(screen).lostLabel)
    assert all(widget.isHidden() for widget in hidden)
    assert not form(screen).exportButton.isHidden()


def test_who_may_not_issue_reads_who_does(marked, desk_as, screen_at):
    screen = screen_at(desk_of(desk_as, Role.TRAINER))
    assert form(screen).issuerLabel.isVisible()
    assert form(screen).issuerLabel.text() == "The prison liaison or the manager issues this sheet."
    marked.desk.sheets.issue(marked.class_id, OCTOBER)
    screen.open()
    assert form(screen).issuerLabel.isHidden()
    for role in (Role.LIAISON, Role.MANAGER):
        assert form(screen_at(desk_of(desk_as, role))).issuerLabel.isHidden()


def test_a_month_without_sessions_says_so(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, Month(2026, 8)))
    assert screen._empty.isVisible()
    assert form(screen).exportButton.isHidden()
    form(screen).laterButton.click()
    form(screen).laterButton.click()
    assert not screen._empty.isVisible()


def test_the_paper_fits_beside_the_list_and_can_be_read_alone(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    sheets = form(screen).preview.sheets
    paper(screen, qtbot)
    assert sheets._pages[0].width() <= sheets.viewport().width()
    small = sheets.factor
    form(screen).zoomButton.click()
    qtbot.waitUntil(lambda: sheets.factor > 1.2 * small)
    assert form(screen).table.isHidden()
    assert screen.go_back()
    assert not form(screen).table.isHidden()


def test_a_paper_may_be_looked_at_without_being_taken_along(marked, screen_at, monkeypatch):
    screen = screen_at(marked.desk)
    assert not form(screen).preview._print.isHidden()
    monkeypatch.setattr(screen._presenter, "may", lambda action: action is not Action.SHEET_PRINT)
    monkeypatch.setattr(screen._paper, "print_it", lambda: pytest.fail("may not print"))
    screen.open()
    screen.print_paper()
    assert form(screen).preview._print.isHidden()
    assert form(screen).preview._save.isHidden()


def test_the_page_follows_a_mark_made_elsewhere(room, qtbot, tasks, screen_at):
    room.mark_all(but=(MISSING,))
    screen = screen_at(room.desk)
    room.mark_all()
    screen._something_changed("mark", frozenset())
    assert form(screen).stateLabel.text() == "Open"


def test_every_control_is_named_and_no_text_is_cut(marked, screen_at, language, qtbot):
    screen = screen_at(marked.desk)
    for step in (lambda: None, screen._ask_issue, lambda: issue(screen), screen._ask_sign):
        step()
        QApplication.processEvents()
        assert unnamed_controls(screen) == []
        assert cut_texts(screen) == []


def test_the_language_switches_live(marked, screen_at, qapp):
    screen = screen_at(marked.desk)
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert form(screen).exportButton.text() == "នាំចេញ"
        assert form(screen).stateLabel.text() == "មិនទាន់ចេញ"
    finally:
        switch_language(qapp, "en")
