"""Records of one kind, the newest first, and the long form of the one that is chosen or new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused, TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import IconRole, set_icon
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.section_form import Section, SectionForm
from tlbb_desktop.widgets.trail import Trail

Record = TypeVar("Record")
LINES_IN_SIGHT = 5
NOT_SAVED = N_("What is typed here is not saved. Save it with Ctrl+S, or leave once more to drop it.")
NOTHING_YET = N_("Nothing is recorded here yet.")
CANNOT_BE_CHANGED = N_("This entry can only be read.")


class Records(Protocol[Record]):
    """What a kind of record offers to the pane. Acts may raise TlbbError; ``place`` names a question of the form."""

    @property
    def columns(self) -> Sequence[Column[Record]]:
        """The columns of the list, from left to right."""
        ...

    @property
    def wide(self) -> int:
        """Number of the column that takes the room left over."""
        ...

    @property
    def sections(self) -> Sequence[Section]:
        """The form."""
        ...

    def lines(self) -> Mapping[int, Record]:
        """Every record by its row, in the order of the list."""
        ...

    def sign(self, record: Record) -> tuple[str, IconRole] | None:
        """An icon before a line, or None."""
        ...

    def values_of(self, record: Record | None) -> Mapping[str, Any]:
        """What the form shows of a record; of a new one where there is none."""
        ...

    def missing(self, record: Record) -> Iterable[str]:
        """The questions that are still to be answered before the paper can be approved or closed."""
        ...

    def may_add(self) -> bool:
        """Whether the reader may add one."""
        ...

    def may_change(self, record: Record) -> bool:
        """Whether the reader may change this one."""
        ...

    def keep(self, record: Record | None, values: Mapping[str, Any]) -> int:
        """Store the form's values in a record, or as a new one; returns its row."""
        ...


class FollowingRecords(Generic[Record]):
    """What a kind of record may offer beyond :class:`Records`: a form that follows what stands in it."""

    def asked(self, record: Record | None, values: Mapping[str, Any]) -> Collection[str] | None:  # noqa: ARG002
        """The questions that are asked while these *values* stand in the form; None for all."""
        return None

    def locked(self, record: Record | None) -> Collection[str]:  # noqa: ARG002
        """Questions that can only be read, in a record that can be changed otherwise."""
        return ()

    def remarks(self, record: Record | None, values: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG002
        """Captions under questions, translated: what was answered before, what a number means."""
        return {}

    def told(self) -> str:
        """What is said after the last storing, translated."""
        return _("Saved")


class SignedRecords(Generic[Record]):
    """What a kind of record offers whose papers are signed."""

    def trail(self, record: Record) -> Trail | None:
        """Signatures and scans of a record's paper; None where the reader sees none."""
        raise NotImplementedError


class RecordPane(QWidget, Generic[Record]):
    """A list above, a form below. N begins a new one, Ctrl+S saves, Esc leaves the form.

    Args:
        records: the kind.
        name: marked words for the list.
        parent: where it stands.
        listed: whether the list is shown; without it there is one record only.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError that belongs to no field.
        kept: a record was stored; its row.
        filled: the form shows another record, or the same one read again.
    """

    said = Signal(str)
    troubled = Signal(object)
    kept = Signal(int)
    filled = Signal()

    def __init__(
        self, records: Records[Record], name: str, parent: QWidget | None = None, *, listed: bool = True
    ) -> None:
        super().__init__(parent)
        self._records, self._name, self._listed = records, name, listed
        self._following: FollowingRecords[Record] = (
            records if isinstance(records, FollowingRecords) else FollowingRecords()
        )
        self._lines: Mapping[int, Record] = {}
        self._record: Record | None = None
        self._row: int | None = None
        self._touched = self._warned = False
        #: What stands beside the form and belongs to its record; asked, too, before the record is left.
        self.beside: Callable[[], bool] = lambda: True
        self._editor = QWidget(self)
        self.table, self.form = LineTable(self), SectionForm(records.sections, self._editor)
        self.table.set_columns(records.columns, records.wide, records.sign)
        self.table.be_as_high_as_the_lines(LINES_IN_SIGHT)
        self.new_button, self.save_button = QPushButton(self), QPushButton(self)
        self._state, self._nothing = QLabel(self), QLabel(self)
        self._lay_out()
        self._wire()
        self._word()

    def _lay_out(self) -> None:
        self.save_button.setProperty("role", "primary")
        for label in (self._state, self._nothing):
            label.setProperty("role", "caption")
        set_icon(self.new_button, "plus", "text")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._nothing, 1)
        head.addWidget(self.new_button)
        foot.addWidget(self._state, 1)
        foot.addWidget(self.save_button)
        editor = QVBoxLayout(self._editor)
        editor.setContentsMargins(0, 0, 0, 0)
        editor.setSpacing(GAP_SMALL)
        editor.addWidget(self.form)
        editor.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self._editor)
        column.addStretch(1)
        self._editor.hide()

    def _wire(self) -> None:
        self.table.chosen.connect(self.show_record)
        self.table.moved.connect(self._cursor_moved)
        self.new_button.clicked.connect(self.begin_new)
        self.save_button.clicked.connect(self.save)
        self.form.edited.connect(self._edited)

    # reading --------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Read the records again; the form stays on its record unless something is typed there.

        Where they may not be read, those of before do not stay in sight.
        """
        self._lines = {}
        try:
            self._lines = self._records.lines()
        finally:
            self._show_lines()

    def _show_lines(self) -> None:
        self.table.blockSignals(True)
        self.table.show_lines(self._lines)
        self.table.blockSignals(False)
        self.new_button.setVisible(self._records.may_add())
        self.table.setVisible(self._listed and bool(self._lines))
        self._nothing.setText("" if self._lines else _(NOTHING_YET))
        if self._touched:
            return
        if self._row is not None and self._row in self._lines:
            self._fill(self._row, self._lines[self._row])
        elif self._lines:
            first = next(iter(self._lines))
            self.table.go(first)
            self._fill(first, self._lines[first])
        else:
            self._hide_form()

    def show_record(self, row: int) -> None:
        """Go to a record and put the cursor into its form."""
        if row in self._lines and self.may_be_left():
            self._fill(row, self._lines[row])
            self._into_form()

    def begin_new(self) -> None:
        """Show an empty form."""
        if self._records.may_add() and self.may_be_left():
            self._fill(None, None)
            self._into_form()

    def forget(self) -> None:
        """Let go of the record that is shown: the records are others now."""
        self._row = self._record = None
        self._touched = self._warned = False

    @property
    def is_touched(self) -> bool:
        """Whether something is typed that is not stored."""
        return self._touched

    @property
    def record(self) -> Record | None:
        """The record that the form shows; None for a new one or none at all."""
        return self._record

    @property
    def row(self) -> int | None:
        """The record that the form shows; None for a new one or none at all."""
        return self._row

    def may_be_left(self) -> bool:
        """Whether nothing would be lost, or the reader was told so and typed nothing since."""
        if not self.beside():
            return False
        if not self._touched or self._warned:
            self._touched = False
            return True
        self._warned = True
        self.troubled.emit(Refused(NOT_SAVED))
        return False

    # writing --------------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Store the form; False when it could not be."""
        try:
            row = self._records.keep(self._record, self.form.values())
        except ChangedMeanwhile as error:
            self._touched = False
            self.open()
            self.troubled.emit(error)
            return False
        except TlbbError as error:
            if error.place not in self.form.fields:
                self.troubled.emit(error)
            elif not self.form.fields[error.place].is_wrong:
                self.form.show_trouble(error)
            return False
        self._touched = self._warned = False
        self._row = row
        self.open()
        self.table.go(row)
        self.said.emit(self._following.told())
        self.kept.emit(row)
        return True

    def draft(self) -> dict[str, object] | None:
        """What is half typed; None when nothing is."""
        return {"row": self._row, "typed": self.form.raw()} if self._touched else None

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what :meth:`draft` gave, where its record is still there."""
        row = draft["row"]
        if row is not None and row not in self._lines:
            return
        self._fill(row, self._lines[row] if row is not None else None)
        self.form.show_raw(draft["typed"])
        self._edited()
        self._into_form()

    # inside ---------------------------------------------------------------------------------------------------------

    def _fill(self, row: int | None, record: Record | None) -> None:
        self._row, self._record = row, record
        self._touched = self._warned = False
        editable = self._records.may_add() if record is None else self._records.may_change(record)
        self.form.fill(self._records.values_of(record))
        self.form.show_missing(self._records.missing(record) if record is not None else ())
        self.form.set_editable(editable, self._following.locked(record))
        self._follow()
        self.save_button.setVisible(editable)
        self._editor.show()
        self._say_state()
        self.filled.emit()

    def _hide_form(self) -> None:
        self._row = self._record = None
        self._editor.hide()
        self._touched = self._warned = False  # a field that loses the cursor by it finishes what was typed there
        self.filled.emit()

    def _into_form(self) -> None:
        self.form.begin()

    def _cursor_moved(self) -> None:
        row = self.table.current_id()
        if row is None or row == self._row:
            return
        if self.may_be_left():
            self._fill(row, self._lines[row])
        elif self._row is not None:
            self.table.go(self._row)

    def _follow(self) -> None:
        values = self.form.readable()
        self.form.ask(self._following.asked(self._record, values))
        self.form.show_notes(self._following.remarks(self._record, values))

    def _edited(self) -> None:
        self._touched, self._warned = True, False
        self._follow()
        self._say_state()

    def _say_state(self) -> None:
        if self.save_button.isHidden():
            self._state.setText(_(CANNOT_BE_CHANGED))
        else:
            self._state.setText(_("Not saved yet") if self._touched else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = physical_key(event), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_S and control and not self.save_button.isHidden():
            self.save()
        elif key == Qt.Key.Key_N and not event.modifiers() and self.table.hasFocus():
            self.begin_new()
        elif event.key() == Qt.Key.Key_Escape and self._editor.isAncestorOf(self.focusWidget()) and self._lines:
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _word(self) -> None:
        self.table.setAccessibleName(_(self._name))
        self.new_button.setText(_("New"))
        self.save_button.setText(_("Save"))
        self._nothing.setText("" if self._lines else _(NOTHING_YET))
        self._follow()
        self._say_state()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
