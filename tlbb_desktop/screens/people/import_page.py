"""Taking in a list, step by step, on one page: source, columns, lines, result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Cancelled, TlbbError
from tlbb_desktop.domain.people_import import (
    OUTCOME_NAMES,
    ImportField,
    ImportLine,
    ImportOutcome,
    ImportResult,
    LineDecision,
)
from tlbb_desktop.forms.ui_import_people import Ui_ImportPeopleForm
from tlbb_desktop.i18n.catalog import _, _n, _p, language
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner
from tlbb_desktop.screens.people.columns import fit_columns
from tlbb_desktop.screens.people.described import facts_about, of_likely, of_record
from tlbb_desktop.screens.people.import_lines import TITLES, WIDTHS, ImportLinesModel
from tlbb_desktop.screens.people.import_presenter import ImportPresenter
from tlbb_desktop.screens.people.presenter import PeoplePresenter
from tlbb_desktop.widgets.banner import Banner

T = TypeVar("T")
SPREADSHEETS = "*.xlsx *.xls *.ods *.csv *.tsv *.txt"
STEP_NAMES = (N_("Where is the list?"), N_("What do the columns hold?"), N_("What will happen to each line"))


class ImportPage(QWidget):
    """The wizard; nothing is changed before the last step, and that is all or nothing.

    Signals:
        closed: back to the list of people.
        said: a quiet success, translated.
    """

    closed = Signal()
    said = Signal(str)

    def __init__(self, presenter: ImportPresenter, people: PeoplePresenter, tasks: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter, self._people, self._tasks = presenter, people, tasks
        self._task: Task | None = None
        self._before: QWidget = self
        self._form = Ui_ImportPeopleForm()
        self._form.setupUi(self)
        self.banner = Banner(self)
        self._form.page.insertWidget(1, self.banner)
        self._model = ImportLinesModel(presenter, self)
        self.setAcceptDrops(True)
        self._make_lines()
        self._wire()
        apply_icons(self)

    def start(self) -> None:
        """Begin with the first step."""
        self._presenter.start()
        self._form.asOfEdit.set_day(self._presenter.as_of)
        self.banner.clear()
        self._show(self._form.sourceStep)
        self._form.fileButton.setFocus()

    def take_file(self, path: Path) -> None:
        """Open a file in the background and go to its columns."""
        self._open(lambda _progress: self._presenter.open_file(path))

    def take_text(self, pasted: str) -> None:
        """Open pasted rows and go to their columns."""
        self._open(lambda _progress: self._presenter.open_text(pasted))

    def step_back(self) -> bool:
        """One step back; False on the first step and after the end."""
        step = self._form.steps.currentWidget()
        if step is self._form.busyStep:
            self._cancel()
        elif step is self._form.columnsStep:
            self._show(self._form.sourceStep)
        elif step is self._form.previewStep:
            self._show(self._form.columnsStep)
        else:
            return False
        return True

    def _make_lines(self) -> None:
        table = self._form.linesTable
        table.setModel(self._model)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        fit_columns(table, TITLES, WIDTHS)
        self._outcomes = QButtonGroup(self)
        self._filters = {
            self._form.allButton: None,
            self._form.addButton: ImportOutcome.ADD,
            self._form.likelyButton: ImportOutcome.LIKELY_SAME,
            self._form.refusedButton: ImportOutcome.REFUSED,
        }
        for button in self._filters:
            self._outcomes.addButton(button)

    def _wire(self) -> None:
        form = self._form
        form.leaveButton.clicked.connect(self.closed)
        form.fileButton.clicked.connect(self._choose_file)
        form.pasteButton.clicked.connect(self._paste)
        form.headingBox.valueChanged.connect(self._choose_heading)
        form.meanings.chosen.connect(self._choose_column)
        form.linesTable.selectionModel().currentRowChanged.connect(self._line_reached)
        self._outcomes.buttonClicked.connect(self._filter)
        form.sameButton.clicked.connect(lambda: self._decide(LineDecision.SKIP))
        form.anotherButton.clicked.connect(lambda: self._decide(LineDecision.ADD))
        form.earlierButton.clicked.connect(self.step_back)
        form.nextButton.clicked.connect(self._go_on)
        form.cancelButton.clicked.connect(self._cancel)
        form.showButton.clicked.connect(self.closed)
        form.againButton.clicked.connect(self.start)
        form.writeButton.clicked.connect(self._choose_left_out)

    # source --------------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        kinds = _("Spreadsheets") + f" ({SPREADSHEETS});;" + _("All files") + " (*)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the list"), "", kinds)
        if name:
            self.take_file(Path(name))

    def _paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text())

    def _open(self, job: Callable[[Progress], T]) -> None:
        try:
            self._presenter.as_of = self._form.asOfEdit.day() or self._presenter.today
        except TlbbError as error:
            self._form.asOfField.show_problem(error)
            return
        self._form.asOfField.show_problem(None)
        self._work(_("Reading the list"), job, self._table_read, self._form.sourceStep)

    def _table_read(self, table: object) -> None:
        self._presenter.take_table(table)  # type: ignore[arg-type]  # what open_file and open_text give
        plan = self._presenter.plan
        if plan is not None:
            box = self._form.headingBox
            box.blockSignals(True)
            box.setRange(0, len(plan.table.rows))
            box.setValue(0 if plan.heading is None else plan.heading + 1)
            box.blockSignals(False)
            self._form.meanings.show_plan(plan)
        self._show(self._form.columnsStep)
        self._form.nextButton.setFocus()

    # columns -------------------------------------------------------------------------------------------------------

    def _choose_heading(self, row: int) -> None:
        self._presenter.choose_heading(row)
        self._show_plan()

    def _choose_column(self, position: int, field: ImportField | None) -> None:
        self._presenter.choose_column(position, field)
        self._show_plan()

    def _show_plan(self) -> None:
        if self._presenter.plan is not None:
            self._form.meanings.show_plan(self._presenter.plan)
        self._word()

    def _preview(self) -> None:
        plan = self._presenter.plan
        if plan is not None:
            self._work(
                _("Looking at every line"),
                lambda _progress: self._presenter.previewed(plan),
                self._lines_read,
                self._form.columnsStep,
            )

    # lines ---------------------------------------------------------------------------------------------------------

    def _lines_read(self, lines: tuple[ImportLine, ...]) -> None:
        self._presenter.take_lines(lines)
        doubtful = bool(self._presenter.counts()[ImportOutcome.LIKELY_SAME])
        (self._form.likelyButton if doubtful else self._form.allButton).setChecked(True)
        self._show(self._form.previewStep)
        self._filter()
        self._form.linesTable.setFocus()

    def _filter(self) -> None:
        chosen = self._outcomes.checkedButton()
        self._presenter.show_only(next((each for button, each in self._filters.items() if button is chosen), None))
        doubtful = any(line.outcome is ImportOutcome.LIKELY_SAME for line in self._presenter.shown)
        self._form.compareCard.setVisible(doubtful)
        self._model.reload()
        self._form.linesTable.setCurrentIndex(self._model.index(0, 0))
        self._line_reached()

    def _line_reached(self) -> None:
        form, line = self._form, self._model.line(self._form.linesTable.currentIndex().row())
        doubtful = line is not None and line.resembles is not None and line.record is not None
        form.compareHint.setVisible(not doubtful)
        for widget in (form.factsScroll, form.sameButton, form.anotherButton):
            widget.setVisible(doubtful)
        if line is None or line.resembles is None or line.record is None:
            return
        on_record = _("On record") if line.resembles.person.id else _("Earlier in the list")
        left, right = of_record(self._people, line.record), of_likely(self._people, line.resembles)
        heads = (_("Line {number}").format(number=digits(line.number)), on_record)
        form.facts.show_facts(heads, facts_about(left, right))
        decision = self._presenter.decisions.get(line.number)
        form.sameButton.setChecked(decision is LineDecision.SKIP)
        form.anotherButton.setChecked(decision is LineDecision.ADD)

    def _decide(self, decision: LineDecision) -> None:
        row = self._form.linesTable.currentIndex().row()
        line = self._model.line(row)
        if line is None:
            return
        self._presenter.decide(line, decision)
        self._model.repaint_row(row)
        self._word()
        self._line_reached()
        if row + 1 < self._model.rowCount():
            self._form.linesTable.setCurrentIndex(self._model.index(row + 1, 0))

    def _take(self) -> None:
        def job(progress: Progress) -> ImportResult:
            def report(done: int, total: int) -> None:
                if progress.cancelled:
                    raise Cancelled
                progress.report(done, total)

            return self._presenter.taken(report)

        self._work(_("Taking in the people"), job, self._taken, self._form.previewStep)

    def _taken(self, result: ImportResult) -> None:
        self._presenter.result = result
        self._show(self._form.resultStep)
        self._form.showButton.setFocus()
        self.said.emit(self._form.takenLabel.text())

    # result --------------------------------------------------------------------------------------------------------

    def _choose_left_out(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Write the lines left out"), _("lines left out") + ".xlsx", "XLSX (*.xlsx);;CSV (*.csv)"
        )
        if name:
            self.write_left_out(Path(name))

    def write_left_out(self, path: Path) -> None:
        """Write the lines left out, each with its reason in the reader's language."""
        try:
            self._presenter.write_left_out(path, language())
        except TlbbError as error:
            self.banner.show_trouble(error)
        else:
            self.said.emit(_("Written: {file}").format(file=path.name))

    # between the steps ---------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        (self._preview if self._form.steps.currentWidget() is self._form.columnsStep else self._take)()

    def _work(self, words: str, job: Callable[[Progress], T], done: Callable[[T], object], before: QWidget) -> None:
        """Run *job* in the background; trouble leads back to the step *before* and says why."""

        def succeeded(result: T) -> None:
            if self._task is not None or before is self._form.previewStep:  # what was taken in stays, even if too late
                self._task = None
                done(result)

        def failed(error: Exception) -> None:
            self._show(before)
            if isinstance(error, TlbbError):
                self.banner.show_trouble(error)
            else:
                self._tasks.unhandled.emit(error)

        self.banner.clear()
        self._before = before
        self._form.busyLabel.setText(words)
        self._form.busyBar.setRange(0, 0)
        self._show(self._form.busyStep)
        self._task = self._tasks.submit(
            job, self, succeeded, failed, self._progressed, writes=before is self._form.previewStep
        )

    def _progressed(self, done: int, total: int) -> None:
        self._form.busyBar.setRange(0, total)
        self._form.busyBar.setValue(done)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._show(self._before)
        self.banner.show_trouble(Cancelled())

    def _show(self, step: QWidget) -> None:
        self._form.steps.setCurrentWidget(step)
        self._word()

    def _word(self) -> None:
        form, presenter = self._form, self._presenter
        step = form.steps.currentWidget()
        steps = (form.sourceStep, form.columnsStep, form.previewStep)
        number = steps.index(step) if step in steps else -1
        form.headingLabel.setText(_(STEP_NAMES[number]) if number >= 0 else _("Take in a list"))
        form.stepLabel.setText(_("{place} of {count}").format(place=digits(number + 1), count=digits(len(steps))))
        form.stepLabel.setVisible(number >= 0)
        form.fileLabel.setText(self._file_words())
        form.earlierButton.setVisible(number > 0)
        form.nextButton.setVisible(number > 0)
        self._word_foot(step)
        self._word_outcomes()
        if presenter.result is not None:
            added, left_out = len(presenter.result.added), len(presenter.result.refused)
            form.takenLabel.setText(_n("{n} person taken in", "{n} people taken in", added).format(n=digits(added)))
            form.leftOutLabel.setText(
                _n("{n} line was left out.", "{n} lines were left out.", left_out).format(n=digits(left_out))
            )
            form.leftOutLabel.setVisible(left_out > 0)
            form.writeButton.setVisible(left_out > 0)

    def _word_foot(self, step: QWidget | None) -> None:
        form, presenter, words = self._form, self._presenter, ""
        if step is form.columnsStep:
            complete = presenter.plan is not None and presenter.plan.is_complete
            form.nextButton.setText(_("Look at the lines"))
            form.nextButton.setEnabled(complete)
            words = "" if complete else _("Say which column holds the names; without it nobody can be taken in.")
        elif step is form.previewStep:
            count, undecided = presenter.to_add, presenter.undecided
            form.nextButton.setText(_n("Take in {n} person", "Take in {n} people", count).format(n=digits(count)))
            form.nextButton.setEnabled(count > 0)
            if undecided:
                words = _n(
                    "{n} line is not decided yet and would be left out.",
                    "{n} lines are not decided yet and would be left out.",
                    undecided,
                ).format(n=digits(undecided))
        form.footLabel.setText(words)

    def _word_outcomes(self) -> None:
        counts = self._presenter.counts()
        for button, outcome in self._filters.items():
            words = _(OUTCOME_NAMES[outcome]) if outcome is not None else _p("lines of a list", "All")
            count = counts[outcome] if outcome is not None else len(self._presenter.lines)
            button.setText(f"{words} · {digits(count)}")
            button.setEnabled(count > 0)

    def _file_words(self) -> str:
        plan = self._presenter.plan
        if plan is None:
            return ""
        rows = len(plan.table.rows)
        words = _n("{n} row", "{n} rows", rows).format(n=digits(rows))
        return f"{plan.table.name} · {words}" if plan.table.name else words

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._form.steps.currentWidget() is self._form.sourceStep and event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_file(Path(paths[0]))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            fit_columns(self._form.linesTable, TITLES, WIDTHS)
            self._word()
            self._line_reached()
        super().changeEvent(event)
