"""Where a paper goes as a file."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget

from tlbb_desktop.widgets.paper_saving import ask_where_to_save


def answer(dialog_name: str, accept: str = "accept"):
    """Type a name into the dialog that opens, and accept it or leave."""

    def type_it() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        dialog.findChild(QLineEdit, "fileNameEdit").setText(dialog_name)
        getattr(dialog, accept)()

    return type_it


def test_the_paper_proposes_its_name_and_the_folder_is_the_one_used_last(qtbot, tmp_path, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    proposed = []

    def look(dialog: QFileDialog) -> int:
        proposed.extend((dialog.directory().path(), *dialog.selectedFiles()))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QFileDialog, "exec", look)
    assert ask_where_to_save(window, tmp_path, "sheet 2026-10") is None
    assert proposed == [str(tmp_path), str(tmp_path / "sheet 2026-10.pdf")]


def test_a_name_without_an_ending_gets_the_one_of_a_pdf(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    QTimer.singleShot(0, answer("sheet"))
    assert ask_where_to_save(window, tmp_path, "other") == tmp_path / "sheet.pdf"


def test_an_older_file_is_replaced_only_after_a_question(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    (tmp_path / "sheet.pdf").write_bytes(b"old")
    asked = []

    def refuse() -> None:
        box = next((each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)), None)
        if box is None:
            return
        watch.stop()
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.No).click()
        QTimer.singleShot(0, answer("", "reject"))

    watch = QTimer(window)
    watch.timeout.connect(refuse)
    watch.start(10)
    QTimer.singleShot(0, answer("sheet"))
    assert ask_where_to_save(window, tmp_path, "other") is None
    assert "sheet.pdf" in asked[0]
