"""The question over an absence list that was kept on paper or in a spreadsheet: shall its marks be taken in?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QTableWidgetItem, QWidget
from typing_extensions import override

from tlbb_desktop.domain.attendance_import import AttendanceTaken
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.forms.ui_sheet_import import Ui_SheetImportForm
from tlbb_desktop.i18n.catalog import _, language
from tlbb_desktop.qt.tasks import Task, TaskRunner
from tlbb_desktop.screens.sheets.import_presenter import ImportPresenter, ListPreview
from tlbb_desktop.screens.sheets.import_words import (
    REFUSED_COLUMNS,
    heading_words,
    preview_words,
    refused_words,
    taken_words,
)
from tlbb_desktop.widgets.record_table import RecordTable

SHOWN_ROWS = 4
WHY_COLUMN = 2
SPREADSHEETS = "*.xlsx *.xls *.ods *.csv"


class ImportPanel(QFrame):
    """Says what a list will do; nothing is changed before "Take in", and that is all or nothing.

    Signals:
        opened: a file was chosen, so that the panel is to be shown.
        taken: (row of the class, month) whose register has the marks now.
        said: a quiet success, translated.
        troubled: a TlbbError.
        closed: nothing more to ask.
    """

    opened = Signal()
    taken = Signal(int, object)
    said = Signal(str)
    troubled = Signal(object)
    closed = Signal()

    def __init__(self, presenter: ImportPresenter, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._tasks = presenter, tasks
        self._reading: Task | None = None
        self.taking = False
        self._form = Ui_SheetImportForm()
        self._form.setupUi(self)
        self._table = RecordTable(len(REFUSED_COLUMNS), (WHY_COLUMN,), SHOWN_ROWS, self)
        self._form.column.insertWidget(self._form.column.indexOf(self._form.refusedLabel) + 1, self._table)
        self._form.keepButton.clicked.connect(self._take)
        self._form.closeButton.clicked.connect(self.closed)
        self._form.writeButton.clicked.connect(self._choose_refused_file)

    def choose(self, class_id: int, folder: Path) -> None:
        """Let the reader choose a list for a class; *folder* is where to look when no list was taken before."""
        kinds = _("Spreadsheets") + f" ({SPREADSHEETS});;" + _("All files") + " (*)"
        start = str(self._presenter.folder(folder))
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the absence list"), start, kinds)
        if name:
            self._presenter.keep_folder(Path(name).parent)
            self.read(class_id, Path(name))

    def read(self, class_id: int, path: Path) -> None:
        """Read a list in the background, then ask."""
        if self.taking:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._presenter.start()
        read = self._presenter.reader(class_id, path)
        task = self._tasks.submit(
            lambda _progress: read(),
            self,
            lambda preview: self._ask(preview, task),
            lambda error: self._unread(error, task),
        )
        self._reading = task
        self._word()
        self.opened.emit()
        self._form.closeButton.setFocus()

    def write_refused(self, path: Path) -> None:
        """Write the cells left out, each with its reason in the reader's language."""
        try:
            self._presenter.write_refused(path, language())
        except TlbbError as error:
            self.troubled.emit(error)
        else:
            self.said.emit(_("Written: {file}").format(file=path.name))

    def _ask(self, preview: ListPreview, task: Task) -> None:
        if task is not self._reading or self.isHidden():
            return
        self._reading = None
        self._presenter.preview = preview
        self._word()
        (self._form.keepButton if preview.plan.wishes else self._form.closeButton).setFocus()

    def _unread(self, error: Exception, task: Task) -> None:
        if task is self._reading and not self.isHidden():
            self._reading = None
            self.closed.emit()
            self._complain(error)

    def _take(self) -> None:
        preview = self._presenter.preview
        if preview is None or self.taking:
            return
        take = self._presenter.taker(preview)
        self.taking = True
        self._word()
        self._tasks.submit(
            lambda _progress: take(), self, lambda taken: self._took(preview, taken), self._not_taken, writes=True
        )

    def _took(self, preview: ListPreview, taken: AttendanceTaken) -> None:
        self.taking = False
        self._presenter.taken = taken
        self._word()
        self.taken.emit(preview.plan.class_id, preview.plan.month)
        self.said.emit(taken_words(taken))
        if taken.refused:
            self._form.writeButton.setFocus()
        elif not self.isHidden():
            self.closed.emit()

    def _not_taken(self, error: Exception) -> None:
        self.taking = False
        self._word()
        self._complain(error)

    def _complain(self, error: Exception) -> None:
        if isinstance(error, TlbbError):
            self.troubled.emit(error)
        else:
            self._tasks.unhandled.emit(error)

    def _choose_refused_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the cells left out"),
            str(self._presenter.folder(Path.home()) / (_("cells left out") + ".csv")),
            "CSV (*.csv)",
        )
        if name:
            self.write_refused(Path(name))

    def _word(self) -> None:
        form, preview, taken = self._form, self._presenter.preview, self._presenter.taken
        form.headingLabel.setText(heading_words(preview, taken))
        form.fileLabel.setText(f"{preview.path.name} · {preview.plan.sheet}" if preview else "")
        form.explainLabel.setText(preview_words(preview, taken))
        form.refusedLabel.setText(refused_words(self._presenter.refused, taken))
        for label in (form.fileLabel, form.explainLabel, form.refusedLabel):
            label.setVisible(bool(label.text()))
        form.writeButton.setVisible(taken is not None and bool(taken.refused))
        form.closeButton.setText(_("Close") if taken else _("Cancel"))
        form.closeButton.setEnabled(not self.taking)
        form.keepButton.setVisible(preview is not None and bool(preview.plan.wishes) and taken is None)
        form.keepButton.setEnabled(not self.taking)
        self._fill_table()

    def _fill_table(self) -> None:
        refused = self._presenter.refused
        self._table.setVisible(bool(refused))
        self._table.setAccessibleName(_("Cells left out"))
        self._table.setHorizontalHeaderLabels([_(title) for title, _show in REFUSED_COLUMNS])
        self._table.setRowCount(len(refused))
        for row, cell in enumerate(refused):
            for column, (_title, show) in enumerate(REFUSED_COLUMNS):
                item = QTableWidgetItem(show(cell))
                item.setToolTip(item.text())
                self._table.setItem(row, column, item)
        self._table.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
