"""The real window in a process of its own, worked by key events of a hand that knows only what it sees.

    python -m tests.e2e.window_process JOB HOME USER FOLDER

reads the passphrase from its input and says on its output what was done, one line of JSON each.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.crash import CrashDialog
from tlbb_desktop.screens.login.notices import OtherWindowPage
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.widgets.command_palette import CommandPalette
from tlbb_desktop.widgets.month_grid import MonthGrid
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.widgets.paper_printer import PaperPrinter, PrintOrder
from tlbb_desktop.widgets.task_line import TaskLine

Key = Qt.Key
NOTE = "Zwq-canary-in-a-note"
HALF_TYPED = "Zwqcanaryhalftyped"
PHONE = "0987 604 321"
#: The paper itself; it lies outside of what is searched, as somebody wanted it.
PRINTED = "printed.pdf"


def say(**news: object) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


class Window:
    """A member of staff at the window."""

    def __init__(self, home: Path, user: str, folder: Path) -> None:
        self.stage = Stage(folder)
        self.hand = self.stage.hand
        self.home, self.user = Home(home), user

    def open(self) -> None:
        self.stage.open(self.home, "en")

    def log_in(self) -> None:
        page = self.hand.find(LoginPage)
        self.hand.click(page.field.field)
        self.hand.write(sys.stdin.readline().strip())
        self.hand.key(Key.Key_Return)
        self.hand.wait_for(lambda: self.stage.has_workplace() and bool(self.stage.workplace.place), "workplace")
        say(seated=True)

    def mark(self, count: int, key: Qt.Key = Key.Key_P) -> None:
        """Mark learners from the first unmarked one down; each key is told after it was handled."""
        self.stage.go("register")
        cells = self.hand.find(MonthGrid).cells
        self.hand.wait_for(cells.hasFocus, "register")
        for number in range(count):
            row = cells.currentIndex().row()
            self.hand.key(key)
            say(marked=row, number=number)

    def write_note(self) -> None:
        self.hand.key(Key.Key_Up, Key.Key_F2)
        self.hand.write(NOTE)
        self.hand.key(Key.Key_Return)

    def look_at_sheets(self) -> None:
        """See the month's paper, and choose no folder for it after all."""
        self.stage.go("sheets")
        self.hand.let_rest()
        asked = QTimer()

        def think_better_of_it() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                asked.stop()
                dialog.reject()

        asked.timeout.connect(think_better_of_it)
        asked.start(20)
        self.hand.click(self.hand.named(QAbstractButton, "folderButton"))
        self.hand.wait_for(lambda: not asked.isActive(), "file dialog")
        self.hand.window.activateWindow()  # without a window manager nobody else gives it back its cursor
        self.hand.wait_for(self.hand.window.isActiveWindow, "window")
        say(cancelled=True)

    def look_for(self, text: str) -> None:
        """Look for somebody everywhere, and among the people."""
        self.hand.key(Key.Key_K, modifiers=CONTROL)
        self.hand.find(CommandPalette)
        self.hand.write(text)
        self.hand.let_rest()
        self.hand.key(Key.Key_Escape)
        self.stage.go("people")
        self.hand.fill(self.hand.named(QLineEdit, "findEdit"), text)
        self.hand.let_rest()
        say(looked=True)

    def paste_a_list(self, text: str) -> None:
        """Paste a list of people, see what it would bring, and leave it."""
        QApplication.clipboard().setText(f"code\tname\tphone\nC-1\t{text}\t{PHONE}")
        self.stage.go("people")
        self.hand.click(self.hand.named(QPushButton, "importButton"))
        self.hand.click(self.hand.named(QPushButton, "pasteButton"))
        self.hand.let_rest()
        self.hand.click(self.hand.named(QAbstractButton, "leaveButton"))
        say(pasted=True)

    def print_a_paper(self) -> None:
        """Look at the paper of the sheets and print it into a file, through the dialog of printers."""
        self.stage.go("sheets")
        self.hand.let_rest()
        preview = self.hand.find(PaperPreview)
        printed: list[PrintOrder] = []
        preview.findChild(PaperPrinter).printed.connect(printed.append)
        QPrinterInfo.availablePrinterNames = lambda: ["file"]  # the dialog then offers to print into one
        asked = QTimer()

        def choose_a_file() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QPrintDialog):
                asked.stop()
                dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
                dialog.printer().setOutputFileName(str(self.stage.folder.parents[1] / PRINTED))
                dialog.done(QPrintDialog.DialogCode.Accepted)

        asked.timeout.connect(choose_a_file)
        asked.start(20)
        self.hand.click(self.hand.find(QAbstractButton, lambda button: button.text() == _("Print"), "print"))
        self.hand.wait_for(lambda: bool(printed), "printer")
        self.hand.window.activateWindow()
        self.hand.wait_for(self.hand.window.isActiveWindow, "window")
        say(printed=printed[0].pages)

    def fail(self, text: str) -> None:
        """Meet a fault of the program that quotes what is on record, and copy what its dialog says."""
        self.hand.watch = lambda: None

        def fall() -> None:
            raise RuntimeError(text)

        QTimer.singleShot(0, fall)
        self.hand.wait_for(lambda: isinstance(QApplication.activeModalWidget(), CrashDialog), "crash dialog")
        dialog = QApplication.activeModalWidget()
        self.hand.click(dialog.copy_button)
        shown = [label.text() for label in dialog.findChildren(QLabel)]
        shown += [field.toPlainText() for field in dialog.findChildren(QPlainTextEdit)]
        say(crashed=[*shown, QApplication.clipboard().text()])
        self.hand.key(Key.Key_Escape)
        self.hand.wait_for(lambda: not dialog.isVisible(), "no dialog")
        self.hand.window.activateWindow()
        self.hand.wait_for(self.hand.window.isActiveWindow, "window")

    def copy_a_name(self, text: str) -> None:
        """Copy what stands in a field, and leave it on the clipboard."""
        self.stage.go("people")
        self.hand.fill(self.hand.named(QLineEdit, "findEdit"), text)
        self.hand.key(Key.Key_A, Key.Key_C, modifiers=CONTROL)
        say(copied=QApplication.clipboard().text())

    def type_half_a_form(self) -> None:
        """Type a name into a new person's form and wait until the draft is kept, then go on typing."""
        self.stage.go("people")
        self.hand.key(Key.Key_N, modifiers=CONTROL)
        self.hand.wait_for(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "form")
        self.hand.write(HALF_TYPED)
        self.hand.wait_for(lambda: "typed" in (self.stage._program._sitting._kept or {}), "draft")
        say(kept=True)
        while True:
            self.hand.write("x")


def mark_until_killed(window: Window) -> None:
    """Mark with the key that is told after the login."""
    window.open()
    window.log_in()
    window.mark(10_000, Key[f"Key_{sys.stdin.readline().strip()}"])


def leave_half_done(window: Window) -> None:
    window.open()
    window.log_in()
    window.mark(3)
    window.write_note()
    window.type_half_a_form()


def leave_traces_everywhere(window: Window) -> None:
    """A paper that is looked at and printed, an export and an import that are broken off, searches, marks, a note, a
    fault of the program, a copied name, half a form."""
    window.open()
    window.log_in()
    window.mark(3)
    window.write_note()
    window.look_at_sheets()
    window.print_a_paper()
    window.look_for(HALF_TYPED)
    window.paste_a_list(HALF_TYPED)
    window.fail(HALF_TYPED)
    window.copy_a_name(HALF_TYPED)
    window.type_half_a_form()


def look(window: Window) -> None:
    """Come back after a stop and go on where the window offers it."""
    window.open()
    window.log_in()
    workplace = window.stage.workplace
    first = window.hand.find(TaskLine)
    say(
        place=workplace.place,
        first_line=[label.text() for label in first.findChildren(QLabel) if label.text()],
        offer=workplace.banner.text,
    )
    window.hand.press(_("Go on there"))
    window.hand.wait_for(lambda: workplace.place == "people", "people")
    say(fields=[field.text() for field in workplace.page.findChildren(QLineEdit) if field.isVisible()])
    window.stage.close()


def sit_until_told(window: Window) -> None:
    window.open()
    window.log_in()
    sys.stdin.readline()
    window.stage.close()


def come_second(window: Window) -> None:
    """Open beside another window; when that one is closed, the login page comes by itself."""
    window.open()
    page = window.hand.find(OtherWindowPage)
    say(words=[label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()])
    window.hand.find(LoginPage)
    say(login=True)
    window.log_in()
    window.stage.close()


JOBS = {
    job.__name__: job
    for job in (mark_until_killed, leave_half_done, leave_traces_everywhere, look, sit_until_told, come_second)
}


def work(job: str, home: str, user: str, folder: str) -> None:
    """Be a window and do *job* at it; ends the process where a sentence says why it cannot go on."""
    window = Window(Path(home), user, Path(folder))
    try:
        JOBS[job](window)
    except TlbbError as error:
        window.hand.photograph("trouble")
        sys.exit(explain(error))


if __name__ == "__main__":
    work(*sys.argv[1:])
