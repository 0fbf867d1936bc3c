"""A table model that holds every id but fetches only the rows on the screen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 50
KEPT_PAGES = 80
ALL_ROWS = -1
IdRole = Qt.ItemDataRole.UserRole
# Named here, as Qt looks up its own names slowly, and a table asks for thousands of cells.
DISPLAY, ALIGNMENT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole
LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class RowSource(Protocol[Row]):
    """What a service offers to a table, in plain SQL."""

    def ids(self, *, sort: str, descending: bool, search: str, limit: int) -> Sequence[int]:
        """Return the ids of the matching rows in order: the first *limit* of them, or ``ALL_ROWS``."""
        ...

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Return the rows of these ids; an id that is gone is left out."""
        ...


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        key: what the source sorts by.
        title: marked with ``N_`` or ``Np_``, translated when shown.
        show: the text of a row's cell in the reader's language.
        alignment: numbers are trailing.
    """

    key: str
    title: str
    show: Callable[[Row], str]
    alignment: Qt.AlignmentFlag = LEADING


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Sorts and searches by asking the source again; never in Python.

    Attributes:
        is_complete: False from :meth:`search_first` to :meth:`complete`, when there are more rows than one page.
    """

    def __init__(self, source: RowSource[Row], columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self._columns = source, columns
        self._sort, self._descending, self._search = columns[0].key, False, ""
        self._ids: array[int] = array("q")
        self.is_complete = True
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()

    def reload(self) -> None:
        """Ask the source for the ids again and forget all rows."""
        self._show(self._found(ALL_ROWS))

    def search(self, text: str) -> None:
        """Show only the rows that match *text*, as the source understands it."""
        self._search = text
        self.reload()

    def search_first(self, text: str) -> None:
        """Show the first page of what :meth:`search` shows, at once; :meth:`complete` adds the rest."""
        self._search = text
        found = self._found(PAGE_ROWS + 1)
        self._show(found[:PAGE_ROWS], is_complete=len(found) <= PAGE_ROWS)

    def complete(self) -> None:
        """Add the rows that :meth:`search_first` left for later."""
        if self.is_complete:
            return
        found, shown = self._found(ALL_ROWS), len(self._ids)
        if len(found) <= shown or found[:shown] != self._ids:  # somebody saved meanwhile
            self._show(found)
            return
        self.beginInsertRows(QModelIndex(), shown, len(found) - 1)
        self._ids, self.is_complete = found, True
        self.endInsertRows()

    def show_source(self, source: RowSource[Row]) -> None:
        """Show another source, for example the same list with other filters."""
        self._source = source
        self.reload()

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()

    def number_of(self, row_id: int) -> int | None:
        """Return where *row_id* stands in the list, or None."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def row(self, number: int) -> Row | None:
        """Return the row at *number*, fetched with its page; None when it was deleted meanwhile."""
        page, offset = divmod(number, PAGE_ROWS)
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._fetch(page)
        return self._pages[page][offset]

    def texts(self, column: int) -> dict[str, int]:
        """Each text of a column with the number of a row that bears it; reads all rows, and makes no cell for each."""
        show = self._columns[column].show
        rows = ((number, self.row(number)) for number in range(len(self._ids)))
        return {"" if row is None else show(row): number for number, row in rows}

    def _found(self, limit: int) -> array[int]:
        return array(
            "q", self._source.ids(sort=self._sort, descending=self._descending, search=self._search, limit=limit)
        )

    def _show(self, ids: array[int], *, is_complete: bool = True) -> None:
        self.beginResetModel()
        self._ids, self.is_complete = ids, is_complete
        self._pages.clear()
        self.endResetModel()

    def _fetch(self, page: int) -> None:
        ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS].tolist()
        found = self._source.rows(ids)
        self._pages[page] = [found.get(row_id) for row_id in ids]
        if len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role == DISPLAY:
            row = self.row(index.row())
            return None if row is None else self._columns[index.column()].show(row)
        if role == ALIGNMENT:
            return self._columns[index.column()].alignment
        return self._ids[index.row()] if role == IdRole else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return _(self._columns[section].title)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._columns[section].alignment
        return super().headerData(section, orientation, role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self._sort, self._descending = self._columns[column].key, order == Qt.SortOrder.DescendingOrder
        self.reload()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:  # reaches a model whose parent is a widget
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
            if self._ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))
        return super().event(event)
