"""The place for people: the list, and in the same place the form, the comparison and the import."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.people import PersonRecord
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import time_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.people.compare_pages import LikelySamePage, MergePage
from tlbb_desktop.screens.people.form_page import PersonFormPage
from tlbb_desktop.screens.people.form_presenter import PersonFormPresenter
from tlbb_desktop.screens.people.import_page import ImportPage
from tlbb_desktop.screens.people.import_presenter import ImportPresenter
from tlbb_desktop.screens.people.list_page import PeopleListPage
from tlbb_desktop.screens.people.presenter import PeoplePresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.command_palette import CommandPalette, Suggestion
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk

Key = Qt.Key
IMPORT = "import"
NEW = "new"
OFFERED = 12
PEOPLE_KEYS = (
    ("Ctrl+F", N_("Find people")),
    ("↓", N_("From the search into the list")),
    ("Enter", N_("Open the person")),
    ("Ctrl+N", N_("Add a person")),
    ("Ctrl+S", N_("Save the form")),
    ("Esc", N_("Back to the list")),
)


class PeopleScreen(Page):
    """Finds, opens, adds, compares and takes in people."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._list_presenter = PeoplePresenter(desk)
        self._form_presenter = PersonFormPresenter(desk)
        self._saving = False
        self._pages = QStackedWidget(self)
        self.list_page = PeopleListPage(self._list_presenter, self)
        self.form_page = PersonFormPage(self._form_presenter, desk.gazetteer, self)
        self.likely_page = LikelySamePage(self._list_presenter, self)
        self.merge_page = MergePage(self._list_presenter, self)
        self.import_page = ImportPage(ImportPresenter(desk), self._list_presenter, tasks, self)
        for page in (self.list_page, self.form_page, self.likely_page, self.merge_page, self.import_page):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.others = CommandPalette(self._others_found, self)
        self._wire(changes)

    @override
    def open(self, argument: object = None) -> None:
        if isinstance(argument, int):
            if self._may_leave_form():
                self.open_person(argument)
        elif argument == IMPORT:
            self.start_import()
        elif argument == NEW:
            self.start_new()
        elif self._pages.currentWidget() is self.list_page:
            self.show_list()

    @override
    def title(self) -> str:
        return _p("place", "People")

    @override
    def help_topic(self) -> str:
        return "people"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return PEOPLE_KEYS

    @override
    def start_find(self) -> None:
        if self._pages.currentWidget() is self.list_page:
            self.list_page.start_find()

    @override
    def go_back(self) -> bool:
        page = self._pages.currentWidget()
        if page is self.list_page:
            return self.list_page.clear_search()
        if page is self.likely_page:
            self._pages.setCurrentWidget(self.form_page)
        elif page is self.form_page:
            self._leave_form()
        elif page is not self.import_page or not self.import_page.step_back():
            self._leave_inner_page()
        return True

    @override
    def draft(self) -> dict[str, object] | None:
        if self._pages.currentWidget() not in (self.form_page, self.likely_page) or not self.form_page.is_touched:
            return None
        presenter = self._form_presenter
        return {"person": presenter.record.id, "versions": presenter.versions(), "typed": self.form_page.typed()}

    @override
    def draft_compartment(self) -> str:
        return self._form_presenter.compartment()

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        person_id, versions, typed = draft.get("person"), draft.get("versions"), draft.get("typed")
        if not isinstance(typed, dict):
            return
        if isinstance(person_id, int):
            self.open_person(person_id)
            if isinstance(versions, dict):
                self._form_presenter.stand_on(versions)
        else:
            self.start_new()
        self.form_page.put_back(typed)

    def show_list(self) -> None:
        """Show the list as it is now."""
        self._pages.setCurrentWidget(self.list_page)
        self.done(self.list_page.refresh)
        self.list_page.take_cursor()

    def open_person(self, person_id: int) -> None:
        """Show a person's form."""
        if self.done(lambda: self._form_presenter.load(person_id)):
            self._show_form()

    def start_new(self) -> None:
        """Show an empty form."""
        if self._list_presenter.may(Action.PEOPLE_WRITE) and self._may_leave_form():
            self._form_presenter.start_new()
            self._show_form()

    def start_import(self) -> None:
        """Begin to take in a list."""
        if self._list_presenter.may(Action.PEOPLE_IMPORT):
            self.import_page.start()
            self._pages.setCurrentWidget(self.import_page)

    def save(self) -> None:
        """Keep the form; somebody new who looks like somebody known is first shown beside them."""
        record = self.form_page.read() if self._list_presenter.may(Action.PEOPLE_WRITE) else None
        if record is None:
            return
        try:
            found = self._form_presenter.likely_same(record) if record.id is None else ()
            photos = {each.person.id: self._form_presenter.photo_of(each.person.id) for each in found}
        except TlbbError as error:
            self.form_page.show_trouble(error)
            return
        if found:
            self.likely_page.ask(record, found, photos)
            self._pages.setCurrentWidget(self.likely_page)
        else:
            self._keep(record)

    def compare(self, left_id: int, right_id: int) -> None:
        """Put two records side by side."""

        def read() -> None:
            left, right = (self._desk.people.record(each) for each in (left_id, right_id))
            photos = (self._form_presenter.photo_of(left_id), self._form_presenter.photo_of(right_id))
            self.merge_page.ask(left, right, photos)

        if self.done(read):
            self._pages.setCurrentWidget(self.merge_page)
            self.merge_page.take_cursor()

    def _wire(self, changes: ChangeSignal) -> None:
        self.list_page.opened.connect(self.open_person)
        self.list_page.add_wanted.connect(self.start_new)
        self.list_page.import_wanted.connect(self.start_import)
        self.list_page.compare_wanted.connect(self.compare)
        self.form_page.save_wanted.connect(self.save)
        self.form_page.closed.connect(self._leave_form)
        self.form_page.same_wanted.connect(self.others.open)
        self.form_page.reload_wanted.connect(self._reload)
        self.others.chosen.connect(self._compare_with)
        self.likely_page.closed.connect(self.go_back)
        self.likely_page.is_same.connect(self.open_person)
        self.likely_page.is_another.connect(self._save_another)
        self.merge_page.closed.connect(self._leave_inner_page)
        self.merge_page.merged.connect(self._merge)
        self.import_page.closed.connect(self._leave_inner_page)
        self.import_page.said.connect(self.said)
        changes.changed.connect(self._something_changed)

    def _show_form(self) -> None:
        self._pages.setCurrentWidget(self.form_page)
        self.form_page.show_record()

    def _may_leave_form(self) -> bool:
        """Whether nothing would be lost; else the form says so, and the second time it may be left."""
        return self._pages.currentWidget() is not self.form_page or self.form_page.may_be_left()

    def _leave_form(self) -> None:
        if self._may_leave_form():
            self._leave_inner_page()

    def _leave_inner_page(self) -> None:
        person_id = self._form_presenter.record.id
        self.show_list()
        if person_id is not None:
            self.list_page.go_to(person_id)

    def _keep(self, record: PersonRecord) -> None:
        self._saving = True
        try:
            self._form_presenter.save(record, self.form_page.photo, self.form_page.consents)
        except TlbbError as error:
            self._pages.setCurrentWidget(self.form_page)
            self.form_page.show_trouble(error)
        else:
            self._show_form()
            self.said.emit(_("Saved {time}").format(time=time_text(self._desk.office.clock.now())))
        finally:
            self._saving = False

    def _save_another(self) -> None:
        record = self.form_page.read()
        if record is not None:
            self._keep(record)

    def _reload(self) -> None:
        person_id = self._form_presenter.record.id
        if person_id is not None:
            self.open_person(person_id)

    def _compare_with(self, person_id: object) -> None:
        own_id = self._form_presenter.record.id
        if isinstance(person_id, int) and own_id is not None:
            self.compare(own_id, person_id)

    def _merge(self, kept_id: int, merged_id: int, reason: str) -> None:
        if self.done(lambda: self._desk.people.merge(kept_id, merged_id, reason)):
            self.open_person(kept_id)
            self.said.emit(_("The two records are one now."))

    def _others_found(self, text: str) -> list[Suggestion]:
        if not text.strip():
            return []
        own_id = self._form_presenter.record.id
        found = self._desk.people.quick_find(text, limit=OFFERED)
        return [
            Suggestion(" · ".join(filter(None, (row.names.khmer, row.names.latin))), row.code, "user", row.id)
            for row in found
            if row.id != own_id
        ]

    def _something_changed(self, kind: str, ids: object) -> None:
        if not self.isVisible() or self._saving or kind not in ("person", "class", "prison"):
            return
        page, own_id = self._pages.currentWidget(), self._form_presenter.record.id
        if page is self.list_page:
            self.done(self.list_page.refresh)
            return
        is_own = kind == "person" and isinstance(ids, frozenset) and own_id in ids
        if page is self.form_page and is_own and not self.form_page.is_touched:
            self._reload()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            key = physical_key(event)
            if key == Key.Key_N:
                self.start_new()
                return
            if key == Key.Key_S and self._pages.currentWidget() is self.form_page:
                self.save()
                return
        super().keyPressEvent(event)
