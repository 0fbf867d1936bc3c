"""The list of certificates: find, filter, tick."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.screens.certificates.presenter import CertificatesPresenter, Filter
from tlbb_desktop.screens.certificates.words import FILTER_NAMES, NAME_COLUMN, ROW_COLUMNS, counted_words, row_sign
from tlbb_desktop.widgets.tick_table import TickTable

TYPING_MILLISECONDS = 60
COURSE, GROUP = "course", "group"


class ListPane(QWidget):
    """Shows what the filter takes, and tells which line has the cursor and which are ticked.

    Args:
        presenter: the page's.

    Signals:
        moved: another line has the cursor, or the lines are others.
        ticked: other lines are ticked.
        entered: Enter was pressed in the list.
    """

    moved = Signal()
    ticked = Signal()
    entered = Signal()

    def __init__(self, presenter: CertificatesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._typing = AtRest(self._filter_chosen, self, TYPING_MILLISECONDS)
        self.find_edit, self.state_box, self.group_box = QLineEdit(self), QComboBox(self), QComboBox(self)
        self.find_edit.setClearButtonEnabled(True)
        self.find_edit.textChanged.connect(self._typing.start)
        self.find_edit.returnPressed.connect(self._into_list)
        for box in (self.state_box, self.group_box):
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self._filter_chosen)
        self.table = TickTable(self)
        self.table.set_columns(ROW_COLUMNS, NAME_COLUMN, row_sign)
        self.table.moved.connect(self.moved)
        self.table.ticked.connect(self._ticked)
        self.table.entered.connect(self.entered)
        self._count = QLabel(self)
        self._count.setProperty("role", "caption")
        boxes = QHBoxLayout()
        boxes.setSpacing(GAP_SMALL)
        boxes.addWidget(self.state_box, 1)
        boxes.addWidget(self.group_box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.find_edit)
        column.addLayout(boxes)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        self._word()

    def show_rows(self, current: int | None = None) -> None:
        """Show what the filter takes; the cursor stays on its line, or goes to *current*."""
        self._fill_boxes()
        self.table.show_lines(self._presenter.shown())
        if current is not None:
            self.table.go(current)
        self._say_count()
        self.moved.emit()

    def filter_by_state(self, state: CertificateState | None, group: str = "") -> None:
        """Show only what is in *state*, None = all, and of the class with the code *group*, if one is given."""
        self._presenter.filter = Filter(state=state, group=group)
        self.find_edit.clear()
        self._typing.stop()
        self.show_rows()

    def clear_find(self) -> bool:
        """Empty the search line and show every state; False when it is so already."""
        if self._presenter.filter == Filter() and not self.find_edit.text():
            return False
        self.filter_by_state(None)
        return True

    def begin_find(self, typed: str) -> None:
        """A letter in the list begins a search."""
        self.find_edit.setFocus()
        self.find_edit.setText(typed)

    def _filter_chosen(self) -> None:
        kind, code = self.group_box.currentData() or ("", "")
        state = self.state_box.currentData()
        self._presenter.filter = Filter(
            text=self.find_edit.text(),
            state=CertificateState(state) if state else None,
            course=code if kind == COURSE else "",
            group=code if kind == GROUP else "",
        )
        self.show_rows()

    def _into_list(self) -> None:
        self._typing.stop()
        self._filter_chosen()
        self.table.setFocus()

    def _ticked(self) -> None:
        self._say_count()
        self.ticked.emit()

    def _fill_boxes(self) -> None:
        presenter, chosen = self._presenter, self._presenter.filter
        self.state_box.clear()
        self.state_box.addItem(_("Every state"), "")
        for state, name in FILTER_NAMES.items():
            self.state_box.addItem(counted_words(name, presenter.counted(state)), state.value)
        self.state_box.setCurrentIndex(max(0, self.state_box.findData(chosen.state.value if chosen.state else "")))
        self.group_box.clear()
        self.group_box.addItem(_("All classes"), None)
        for code in presenter.courses():
            self.group_box.addItem(_("Course {code}").format(code=code), (COURSE, code))
        for code in presenter.groups():
            self.group_box.addItem(code, (GROUP, code))
        wanted = (GROUP, chosen.group) if chosen.group else (COURSE, chosen.course) if chosen.course else None
        data = [self.group_box.itemData(number) for number in range(self.group_box.count())]
        found = [number for number, each in enumerate(data) if each is not None and tuple(each) == wanted]
        self.group_box.setCurrentIndex(found[0] if found else 0)

    def _say_count(self) -> None:
        shown, ticked = len(self._presenter.shown()), len(self.table.ticked_ids)
        words = _n("{n} certificate", "{n} certificates", shown).format(n=digits(shown))
        if ticked:
            words += " · " + _n("{n} ticked", "{n} ticked", ticked).format(n=digits(ticked))
        self._count.setText(words)

    def _word(self) -> None:
        self.find_edit.setPlaceholderText(_("Name, code or number"))
        self.find_edit.setAccessibleName(_("Find certificates"))
        self.state_box.setAccessibleName(_("State of the certificates"))
        self.group_box.setAccessibleName(_("Class or course"))
        self.table.setAccessibleName(_("Certificates"))
        self._fill_boxes()
        self._say_count()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
