"""The list: find as one types, filter, choose columns, open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QMenu, QWidget
from typing_extensions import override

from tlbb_desktop.domain.people import STATUS_NAMES, PersonRow, PersonStatus
from tlbb_desktop.forms.ui_people_list import Ui_PeopleListForm
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.paged_table import IdRole, PagedTableModel
from tlbb_desktop.screens.people.columns import SORTED_KEYS, USUAL_WIDTH, WIDTHS, fit_columns, in_language
from tlbb_desktop.screens.people.presenter import PeoplePresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.empty_state import EmptyState
from tlbb_desktop.widgets.plain_delegate import PlainDelegate

#: Long enough to take a fast typist's keys together, too short to be noticed.
TYPING_MILLISECONDS = 60
#: From the paint of the first page until the rest is asked for: time for that page to reach the screen, and for a key.
PAINTED_MILLISECONDS = 40
Key = Qt.Key
Modifier = Qt.KeyboardModifier
#: A second layout shows as a group switch; none of these makes a letter a command.
TYPING_MODIFIERS = Modifier.ShiftModifier | Modifier.GroupSwitchModifier | Modifier.KeypadModifier
ENTER = (Key.Key_Return, Key.Key_Enter)
Select = QItemSelectionModel.SelectionFlag


class PeopleListPage(QWidget):
    """Shows people; knows them by id.

    Signals:
        opened: id of the person to show.
        add_wanted: a new person.
        import_wanted: a list from outside.
        compare_wanted: ids of two people who may be one.
    """

    opened = Signal(int)
    add_wanted = Signal()
    import_wanted = Signal()
    compare_wanted = Signal(int, int)

    def __init__(self, presenter: PeoplePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._form = Ui_PeopleListForm()
        self._form.setupUi(self)
        self.model: PagedTableModel[PersonRow] = PagedTableModel(presenter, presenter.columns, self)
        self._typing = AtRest(self._search_now, self, TYPING_MILLISECONDS)
        self._rest = AtRest(self.model.complete, self, PAINTED_MILLISECONDS)
        self._empty, self._nobody = self._empty_states()
        for state in (self._empty, self._nobody):
            self._form.body.addWidget(state)
        self._make_table()
        self._make_menu()
        self._wire()
        apply_icons(self)

    def refresh(self) -> None:
        """Ask again: filters, rows and count; the row with the cursor stays where it can."""
        current = self.current_id()
        self._fill_filters()
        self._ask(current)

    def current_id(self) -> int | None:
        """The person on whose line the cursor is."""
        index = self._form.table.currentIndex()
        return int(index.data(IdRole)) if index.isValid() else None

    def chosen_ids(self) -> list[int]:
        """The selected people, from the top."""
        rows = self._form.table.selectionModel().selectedRows()
        return [int(index.data(IdRole)) for index in sorted(rows, key=lambda index: index.row())]

    def start_find(self) -> None:
        """Put the cursor into the search line."""
        self._form.findEdit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._form.findEdit.selectAll()

    def take_cursor(self) -> None:
        """Put the cursor where the work goes on: into the table, or into the search line when there is nobody."""
        (self._form.table if self.model.rowCount() else self._form.findEdit).setFocus()

    def clear_search(self) -> bool:
        """Empty the search line; False when it is empty already."""
        if not self._form.findEdit.text():
            return False
        self._form.findEdit.clear()
        self._search_now()
        return True

    def go_to(self, person_id: int) -> None:
        """Put the cursor on a person's line where it is shown."""
        self.model.complete()
        number = self.model.number_of(person_id)
        if number is not None:
            self._form.table.setCurrentIndex(self.model.index(number, 0))

    def _empty_states(self) -> tuple[EmptyState, EmptyState]:
        may_import, may_add = (self._presenter.may(each) for each in (Action.PEOPLE_IMPORT, Action.PEOPLE_WRITE))
        if may_import:
            hint, action = N_("Take in the list that the site keeps, or add the first person."), N_("Take in a list")
        elif may_add:
            hint, action = N_("Add the first person."), N_("Add a person")
        else:
            hint, action = (
                N_("The prison liaison takes in the site's list. Until then you can add guests to a class."),
                "",
            )
        empty = EmptyState("users", N_("Nobody is on record yet"), hint, action, self)
        empty.wanted.connect(self.import_wanted if may_import else self.add_wanted)
        nobody = EmptyState(
            "user-search",
            N_("Nobody found"),
            N_("Try fewer letters, the other script, or another filter."),
            N_("Show everybody"),
            self,
        )
        nobody.wanted.connect(self._show_everybody)
        return empty, nobody

    def _make_table(self) -> None:
        table = self._form.table
        table.setModel(self.model)
        table.setItemDelegate(PlainDelegate(table))
        table.verticalHeader().hide()
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setStretchLastSection(True)
        self._fit_columns()

    def _fit_columns(self) -> None:
        columns = self._presenter.columns
        widths = [WIDTHS.get(column.key, USUAL_WIDTH) for column in columns]
        fit_columns(self._form.table, [column.title for column in columns], widths)

    def _make_menu(self) -> None:
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for column in self._presenter.all_columns[1:]:
            action = self._menu.addAction("")
            action.setCheckable(True)
            action.setChecked(self._presenter.shows(column.key))
            action.toggled.connect(partial(self._choose_column, column.key))
            self._actions[column.key] = action
        self._form.columnsButton.setMenu(self._menu)
        self._word_menu()

    def _wire(self) -> None:
        form = self._form
        form.findEdit.textEdited.connect(self._typing.start)
        form.findEdit.textChanged.connect(self._text_cleared)
        form.findEdit.installEventFilter(self)
        for box in (form.prisonBox, form.statusBox, form.classBox):
            box.activated.connect(self._filter_chosen)
        form.table.doubleClicked.connect(self._open_current)
        form.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        form.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.model.modelReset.connect(self._selection_changed)
        self.model.modelReset.connect(self._show_count)
        self.model.rowsInserted.connect(self._show_count)
        form.addButton.clicked.connect(self.add_wanted)
        form.importButton.clicked.connect(self.import_wanted)
        form.compareButton.clicked.connect(self._compare)
        form.addButton.setVisible(self._presenter.may(Action.PEOPLE_WRITE))
        form.importButton.setVisible(self._presenter.may(Action.PEOPLE_IMPORT))

    def _ask(self, current: int | None = None) -> None:
        self.model.search(self._form.findEdit.text())
        self._show_found(current)

    def _show_found(self, current: int | None = None) -> None:
        if self.model.rowCount():
            self._form.body.setCurrentWidget(self._form.table)
            number = self.model.number_of(current) if current is not None else None
            self._form.table.setCurrentIndex(self.model.index(number or 0, 0))
        else:
            searching = bool(self._form.findEdit.text()) or self._presenter.is_filtered
            self._form.body.setCurrentWidget(self._nobody if searching else self._empty)
        self._show_tools(self._form.body.currentWidget() is not self._empty)

    def _show_count(self) -> None:
        if self.model.is_complete:
            count = self.model.rowCount()
            self._form.countLabel.setText(_n("{n} person", "{n} people", count).format(n=digits(f"{count:,}")))

    def _show_tools(self, shown: bool) -> None:
        """Searching and filtering are offered once there is somebody."""
        form = self._form
        for widget in (form.findEdit, form.statusBox, form.classBox, form.countLabel, form.columnsButton):
            widget.setVisible(shown)
        form.prisonBox.setVisible(shown and form.prisonBox.count() > 2)
        form.compareButton.setVisible(shown and self._presenter.may(Action.PEOPLE_MERGE))

    def _search_now(self) -> None:
        """Show the first page; the rest and the count follow when it is painted, as they take longer than a key may."""
        self._typing.stop()
        self._rest.stop()
        self.model.search_first(self._form.findEdit.text())
        self._show_found()

    def _text_cleared(self, text: str) -> None:
        if not text:
            self._search_now()

    def _show_everybody(self) -> None:
        for box in (self._form.prisonBox, self._form.statusBox, self._form.classBox):
            box.setCurrentIndex(0)
        self._form.findEdit.clear()
        self._filter_chosen()

    def _filter_chosen(self) -> None:
        form, status = self._form, self._form.statusBox.currentData()
        self._presenter.filter_by(
            prison_id=form.prisonBox.currentData(),
            status=PersonStatus(status) if status else None,
            class_id=form.classBox.currentData(),
        )
        self._ask()

    def _fill_filters(self) -> None:
        form = self._form
        prisons = [(in_language(each.name_km, each.name_en), each.id) for each in self._presenter.prisons()]
        classes = [
            (f"{in_language(each.course_km, each.course_en)} · {each.code}", each.id)
            for each in self._presenter.classes()
        ]
        _fill(form.prisonBox, _("All prisons"), prisons)
        _fill(form.statusBox, _("Every status"), [(_(STATUS_NAMES[each]), each.value) for each in PersonStatus])
        _fill(form.classBox, _("All classes"), classes)

    def _sort_by(self, section: int) -> None:
        header = self._form.table.horizontalHeader()
        if self._presenter.columns[section].key in SORTED_KEYS:
            current = self.current_id()
            self.model.sort(section, header.sortIndicatorOrder())
            if current is not None:
                self.go_to(current)
        else:
            header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
            self.model.sort(0)

    def _choose_column(self, key: str, shown: bool) -> None:
        self._presenter.choose_column(key, shown=shown)
        self.model.show_columns(self._presenter.columns)
        self._fit_columns()
        self._ask()

    def _open_current(self) -> None:
        person_id = self.current_id()
        if person_id is not None:
            self.opened.emit(person_id)

    def _compare(self) -> None:
        chosen = self.chosen_ids()
        if len(chosen) == 2:
            self.compare_wanted.emit(*chosen)

    def _selection_changed(self) -> None:
        self._form.compareButton.setEnabled(len(self._form.table.selectionModel().selectedRows()) == 2)

    def _word_menu(self) -> None:
        for column in self._presenter.all_columns[1:]:
            self._actions[column.key].setText(_(column.title))

    def _key_in_table(self, event: QKeyEvent) -> bool:
        """Enter opens; a letter begins a search, as Qt's own would fetch every row."""
        if event.key() in ENTER:
            self._open_current()
            return True
        typed = event.text().strip()
        if typed.isprintable() and typed and not event.modifiers() & ~TYPING_MODIFIERS:
            self._form.findEdit.setFocus()
            self._form.findEdit.setText(typed)
            self._typing.start()
            return True
        return False

    def _key_in_search(self, event: QKeyEvent) -> bool:
        """Down goes into the list; Enter, too, but it opens the only one who was found."""
        if event.key() != Key.Key_Down and event.key() not in ENTER:
            return False
        self._search_now()
        if event.key() in ENTER and self.model.rowCount() == 1:
            self._open_current()
        else:
            self.take_cursor()
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self._form.table:
                return self._key_in_table(event)
            if watched is self._form.findEdit:
                return self._key_in_search(event)
        elif event.type() == QEvent.Type.Paint and not (self.model.is_complete or self._rest.isActive()):
            self._rest.start()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word_menu()
            self._fit_columns()
            self._fill_filters()
            self._ask(self.current_id())
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_columns()
        super().changeEvent(event)


def _fill(box: QComboBox, everything: str, entries: Sequence[tuple[str, object]]) -> None:
    """Offer *entries* after *everything*; what was chosen stays chosen where it is still offered."""
    chosen = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for words, value in entries:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
