"""Moves the release dates of many people at once, such as for a royal reduction: choose, preview, apply, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_words import DATE_CAUSE_NAMES
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused, TlbbError
from tlbb_desktop.domain.release_dates import DateCause, KeptBatch
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole, set_icon
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.choices import choices_of, day_or_nothing
from tlbb_desktop.screens.cases.dates_presenter import DateLine, DatesPresenter
from tlbb_desktop.screens.cases.release_date_card import CAUSES
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.page import ENTER
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.widgets.section_form import Question, Section, SectionForm
from tlbb_desktop.widgets.tick_table import TickTable

BATCH_SECTIONS: Final = (
    Section(
        N_("What changes"),
        (
            Question("cause", Np_("of a release date", "Cause"), "choice", choices_of(CAUSES)),
            Question("source", N_("Source: who or which paper says so"), wide=True),
            Question("months", N_("Months earlier"), "number"),
            Question("day", N_("Or: all on this day"), "day"),
        ),
    ),
)
LINES_IN_SIGHT: Final = 4


def _day(line: DateLine, name: str) -> str:
    day = getattr(line.change, name) if line.change is not None else None
    return day_or_nothing(day)


def _change_words(batch: KeptBatch) -> str:
    form = batch.batch
    if form.day is not None:
        return day_text(form.day)
    months = form.months or 0
    return _n("{n} month earlier", "{n} months earlier", months).format(n=digits(months))


PEOPLE_COLUMNS: Final[tuple[Column[DateLine], ...]] = (
    Column("name", N_("Name"), lambda line: line.person.names.shown or line.person.code),
    Column("code", Np_("of a person", "Code"), lambda line: line.person.code),
    Column("prison", N_("Prison"), lambda line: line.person.prison),
    Column("old", Np_("release date", "Old"), lambda line: _day(line, "old_on")),
    Column("new", Np_("release date", "New"), lambda line: _day(line, "new_on")),
    Column("planned", N_("Planned day"), lambda line: _day(line, "planned_on")),
)
BATCH_COLUMNS: Final[tuple[Column[KeptBatch], ...]] = (
    Column("made", N_("Made on"), lambda each: day_text(each.made_at.date())),
    Column("cause", Np_("of a release date", "Cause"), lambda each: _(DATE_CAUSE_NAMES[each.batch.cause])),
    Column("change", N_("Change"), _change_words),
    Column("people", Np_("how many", "People"), lambda each: digits(each.people)),
)
CAUSE_COLUMN: Final = 1


def _line_sign(line: DateLine) -> tuple[str, IconRole] | None:
    """Who was previewed and keeps the date."""
    return ("triangle-alert", "warning") if line.change is not None and not line.change.changes else None


def _batch_sign(batch: KeptBatch) -> tuple[str, IconRole]:
    return ("undo-2", "muted") if batch.undone else ("circle-check", "success")


class DatesPage(QWidget):
    """The inner page for a change of many.

    Args:
        presenter: prepares the change.
        parent: where it stands.

    Signals:
        closed: back to the list.
        said: a quiet success, translated.
        troubled: a TlbbError that belongs to no field.
    """

    closed = Signal()
    said = Signal(str)
    troubled = Signal(object)

    def __init__(self, presenter: DatesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._kept: Mapping[int, KeptBatch] = {}
        self.back_button, self.heading = QPushButton(self), QLabel(self)
        self.heading.setProperty("role", "heading")
        self.back_button.setProperty("role", "quiet")
        set_icon(self.back_button, "arrow-left")
        self.prison_box, self.all_button = QComboBox(self), QPushButton(self)
        self.table, self.form = TickTable(self), SectionForm(BATCH_SECTIONS, self)
        self.table.set_columns(PEOPLE_COLUMNS, 0, _line_sign)
        self.preview_button, self.apply_button = QPushButton(self), QPushButton(self)
        self.apply_button.setProperty("role", "primary")
        self.earlier = Card(N_("Changes that were made"), "", self)
        self.batches, self.undo_button = LineTable(self.earlier), QPushButton(self.earlier)
        self.batches.set_columns(BATCH_COLUMNS, CAUSE_COLUMN, _batch_sign)
        self.batches.keep_lines_in_sight(LINES_IN_SIGHT)
        self.source = WrappingLabel(self.earlier)
        self.source.setProperty("role", "caption")
        set_icon(self.undo_button, "undo-2")
        for button in (
            self.back_button,
            self.all_button,
            self.preview_button,
            self.apply_button,
            self.undo_button,
        ):
            button.setAutoDefault(False)
        self._lay_out()
        self._wire()
        self._word()

    def start(self) -> None:
        """Begin anew, with nobody ticked."""
        self.table.ticks.clear()
        self.form.fill({"cause": DateCause.REDUCTION})
        self._fill_prisons()
        self.prison_box.setCurrentIndex(max(0, self.prison_box.findData(self._presenter.own_prison())))
        self._load()
        self.table.setFocus()

    def undo(self) -> None:
        """Take back the change that was made here last (Ctrl+Z)."""
        if self._presenter.newest is not None:
            self._take_back(self._presenter.newest)

    def _lay_out(self) -> None:
        head, choice, foot, columns = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, choice, foot):
            row.setSpacing(GAP_SMALL)
        columns.setSpacing(GAP)
        head.addWidget(self.back_button)
        head.addWidget(self.heading, 1)
        choice.addWidget(self.prison_box, 1)
        choice.addWidget(self.all_button)
        foot.addStretch(1)
        foot.addWidget(self.preview_button)
        foot.addWidget(self.apply_button)
        left, middle = QVBoxLayout(), QWidget(self)
        left.setSpacing(GAP_SMALL)
        left.addLayout(choice)
        left.addWidget(self.table, 1)
        right = QVBoxLayout(middle)
        right.setContentsMargins(0, 0, GAP_SMALL, GAP)
        right.setSpacing(GAP)
        right.addWidget(self.form)
        right.addLayout(foot)
        self.earlier.body.addWidget(self.batches)
        self.earlier.body.addWidget(self.source)
        self.earlier.body.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.earlier)
        right.addStretch(1)
        columns.addLayout(left, 5)
        columns.addWidget(scrolling(middle), 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(columns, 1)

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.closed)
        self.prison_box.activated.connect(self._load)
        self.all_button.clicked.connect(lambda: self.table.tick(self._presenter.lines()))
        self.table.ticked.connect(self._forget_preview)
        self.table.entered.connect(self._preview)
        self.form.edited.connect(self._forget_preview)
        self.preview_button.clicked.connect(self._preview)
        self.apply_button.clicked.connect(self._apply)
        self.batches.moved.connect(self._show_buttons)
        self.undo_button.clicked.connect(self._undo_current)

    def _fill_prisons(self) -> None:
        chosen = self.prison_box.currentData()
        self.prison_box.clear()
        prisons = self._presenter.prisons()
        if len(prisons) > 1:
            self.prison_box.addItem(_("All prisons"), 0)
        for prison_id, name in prisons:
            self.prison_box.addItem(name, prison_id)
        self.prison_box.setCurrentIndex(max(0, self.prison_box.findData(chosen)))

    def _load(self) -> None:
        self._attempt(lambda: self._presenter.load(self.prison_box.currentData() or None))
        self._show()

    def _show(self) -> None:
        self.table.show_lines(self._presenter.lines())
        self._kept = self._attempt(self._presenter.batches) or {}
        self.batches.show_lines(self._kept)
        self.earlier.setVisible(self.batches.current_id() is not None)
        self._show_buttons()

    def _forget_preview(self) -> None:
        self._presenter.forget_preview()
        self.table.show_lines(self._presenter.lines())
        self._show_buttons()

    def _preview(self) -> None:
        if not self.table.ticked_ids:
            self.troubled.emit(Refused(N_("Tick the people whose release date changes.")))
            return
        chosen = self.table.ticked_ids
        found = self._attempt(lambda: self._presenter.preview(self.form.values(), chosen))
        self._show()
        if found:
            self.apply_button.setFocus()

    def _apply(self) -> None:
        changed = self._attempt(self._presenter.apply)
        if changed is None:
            self._load()
            return
        self.table.ticks.clear()
        self.form.fill({"cause": DateCause.REDUCTION})  # a reduction is never applied twice by one key too many
        self._show()
        self.table.setFocus()
        words = _n(
            "{n} release date was changed. Ctrl+Z takes it back.",
            "{n} release dates were changed. Ctrl+Z takes them back.",
            changed,
        )
        self.said.emit(words.format(n=digits(changed)))

    def _undo_current(self) -> None:
        here = self.batches.current_id()
        if here is not None:
            self._take_back(here)

    def _take_back(self, batch_id: int) -> None:
        left = self._attempt(lambda: self._presenter.undo(batch_id))
        if left is None:
            return
        self._load()
        if left:
            moved = _("The change was taken back. These dates were moved since and stay: {codes}")
            self.said.emit(moved.format(codes=", ".join(left)))
        else:
            self.said.emit(_("The change was taken back."))

    def _attempt(self, act: Callable[[], Any]) -> Any:
        """Carry *act* out; trouble goes under its field or to the banner and gives None."""
        try:
            return act()
        except ChangedMeanwhile as error:
            self._presenter.forget_preview()
            self.troubled.emit(error)
        except TlbbError as error:
            field = self.form.fields.get(error.place)
            if field is None:
                self.troubled.emit(error)
            elif not field.is_wrong:
                self.form.show_trouble(error)
        return None

    def _show_buttons(self) -> None:
        ticked, changing = len(self.table.ticked_ids), self._presenter.changing
        self.preview_button.setEnabled(bool(ticked))
        preview = _n("Preview for {n} person", "Preview for {n} people", ticked)
        self.preview_button.setText(preview.format(n=digits(ticked)))
        self.apply_button.setEnabled(bool(changing))
        change = _n("Change {n} release date", "Change {n} release dates", changing)
        self.apply_button.setText(change.format(n=digits(changing)))
        here = self._kept.get(self.batches.current_id() or 0)
        self.undo_button.setEnabled(here is not None and not here.undone)
        source = here.batch.source if here is not None else ""
        self.source.setText(labelled(_p("of a release date", "Source"), source) if source else "")

    def _word(self) -> None:
        self.back_button.setText(_("Back"))
        self.heading.setText(_("Change release dates of many"))
        self.prison_box.setAccessibleName(_("Prison"))
        self.all_button.setText(_("Tick all"))
        self.table.setAccessibleName(_("People in prison"))
        self.batches.setAccessibleName(_("Changes that were made"))
        self.undo_button.setText(_("Take this change back"))
        self._show_buttons()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.form.isAncestorOf(self.focusWidget()):
            self._preview()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill_prisons()
            self._word()
        super().changeEvent(event)
