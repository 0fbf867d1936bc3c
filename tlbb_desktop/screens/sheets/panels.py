"""The small questions over a sheet: issue it, note its signature, wait for a file, see where the file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.documents.absence_list import difference_text
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.register import SheetDifference
from tlbb_desktop.forms.ui_sheet_issue import Ui_SheetIssueForm
from tlbb_desktop.forms.ui_sheet_progress import Ui_SheetProgressForm
from tlbb_desktop.forms.ui_sheet_saved import Ui_SheetSavedForm
from tlbb_desktop.forms.ui_sheet_sign import Ui_SheetSignForm
from tlbb_desktop.i18n.catalog import _, language
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.picture_file import FILE_ENDINGS, read_scan

DIFFERENCES_SHOWN = 12


class IssuePanel(QFrame):
    """Explains what issuing freezes; while marks are missing it names the days and leads there.

    Signals:
        issue_wanted: the reader has read it and issues the sheet.
        day_wanted: a day whose register is to be opened.
        closed: nothing is issued.
    """

    issue_wanted = Signal()
    day_wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 1
        self._missing: tuple[date, ...] = ()
        self._to_come: tuple[date, ...] = ()
        self._differences: tuple[SheetDifference, ...] = ()
        self._form = Ui_SheetIssueForm()
        self._form.setupUi(self)
        self._flow = FlowLayout(self._form.days, spacing=8)
        self._form.keepButton.clicked.connect(self.issue_wanted)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(
        self,
        number: int,
        missing: Sequence[date],
        to_come: Sequence[date],
        differences: Sequence[SheetDifference],
    ) -> None:
        """Ask whether to issue.

        Args:
            number: that the sheet will bear.
            missing: days with unmarked cells.
            to_come: days whose session is still to come.
            differences: what a correction changes.
        """
        self._number = number
        self._missing, self._to_come, self._differences = tuple(missing), tuple(to_come), tuple(differences)
        self._show_days()
        self._word()
        if not self._may_issue:
            first = self._form.days.findChild(QPushButton)
            (first or self._form.closeButton).setFocus()
        else:
            self._form.keepButton.setFocus()

    @property
    def _may_issue(self) -> bool:
        return not (self._missing or self._to_come)

    def _show_days(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for day in self._missing:
            button = QPushButton(day_text(day), self._form.days)
            button.setProperty("day", day)
            set_icon(button, "clipboard-check")
            button.clicked.connect(self._day_clicked)
            self._flow.addWidget(button)
        self._form.days.setVisible(bool(self._missing))

    def _day_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.day_wanted.emit(button.property("day"))

    def _word(self) -> None:
        form = self._form
        form.headingLabel.setText(
            _("Issue sheet no. {number}?").format(number=digits(self._number))
            if self._may_issue
            else _("This sheet cannot be issued yet")
        )
        form.explainLabel.setText(self._explanation())
        form.changesLabel.setText(self._changes())
        form.changesLabel.setVisible(bool(self._differences))
        form.keepButton.setText(_("Issue no. {number}").format(number=digits(self._number)))
        form.keepButton.setVisible(self._may_issue)

    def _explanation(self) -> str:
        if self._missing:
            return _("Marks are missing on these days. Open the register there:")
        if self._to_come:
            days = ", ".join(day_text(day) for day in self._to_come)
            return _("Sessions are still to come on {days}. Hold or cancel them first.").format(days=days)
        if self._number > 1:
            return _("The new sheet corrects no. {number}, which stays readable. The new figures are frozen.").format(
                number=digits(self._number - 1)
            )
        return _(
            "The figures are frozen under this number."
            " A mark that is changed later makes a new sheet, which corrects this one."
        )

    def _changes(self) -> str:
        words = PaperWords(language())
        lines = [difference_text(words, each) for each in self._differences[:DIFFERENCES_SHOWN]]
        if len(self._differences) > DIFFERENCES_SHOWN:
            lines.append(f"… + {digits(len(self._differences) - DIFFERENCES_SHOWN)}")
        return "\n".join([_("What changed:"), *lines])

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)


class SignPanel(QFrame):
    """Asks on which day and by whom the paper was signed; a picture of it may be kept.

    Signals:
        kept: (day, name, JPEG or None).
        closed: nothing is noted.
        troubled: a TlbbError about the picture.
    """

    kept = Signal(object, str, object)
    closed = Signal()
    troubled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scan: bytes | None = None
        self._form = Ui_SheetSignForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self._keep)
        self._form.byEdit.returnPressed.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)
        self._form.scanButton.clicked.connect(self._choose_scan)

    def ask(self, day: date) -> None:
        """Ask, with *day* proposed."""
        self._scan = None
        self._form.dayEdit.show_day(day)
        self._form.byEdit.clear()
        self._form.scanLabel.clear()
        self._form.byEdit.setFocus()

    def take_scan(self, path: Path) -> None:
        """Take the picture in a file."""
        try:
            self._scan = read_scan(path)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self._form.scanLabel.setText(path.name)

    def _choose_scan(self) -> None:
        pictures = _("Pictures") + f" ({FILE_ENDINGS})"
        name, _filter = QFileDialog.getOpenFileName(self, _("Picture of the signed paper"), "", pictures)
        if name:
            self.take_scan(Path(name))

    def _keep(self) -> None:
        self.kept.emit(self._form.dayEdit.day(), self._form.byEdit.text(), self._scan)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)


class ProgressPanel(QFrame):
    """How far a file is, with a way to stop it.

    Signals:
        cancelled: the reader does not want it any more.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_SheetProgressForm()
        self._form.setupUi(self)
        self._form.cancelButton.clicked.connect(self.cancelled)

    def start(self) -> None:
        """Show that the work begins."""
        self._form.bar.setRange(0, 0)
        self._form.cancelButton.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show that *done* of *total* pages are written."""
        self._form.bar.setRange(0, max(1, total))
        self._form.bar.setValue(done)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)


class SavedPanel(QFrame):
    """Says where the file is.

    Signals:
        closed: the message was read.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._opened = Path(), True
        self._form = Ui_SheetSavedForm()
        self._form.setupUi(self)
        self._form.showButton.clicked.connect(self._show_folder)
        self._form.closeButton.clicked.connect(self.closed)

    def show_path(self, path: Path) -> None:
        """Name the file and its folder."""
        self._path, self._opened = path, True
        self._word()
        self._form.showButton.setFocus()

    def _show_folder(self) -> None:
        self._opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
        self._word()

    def _word(self) -> None:
        if self._opened:
            text = _("{name} is in the folder {folder}").format(name=self._path.name, folder=self._path.parent)
        else:
            text = _("No program shows folders on this laptop. The file is {path}").format(path=self._path)
        self._form.savedLabel.setText(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
