"""What the list of people shows, without widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.people import PeopleFilter, PersonRow, PersonStatus, Prison
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.people.columns import ALWAYS, FIRST_CHOICE, SORTED_KEYS, columns_of_people, in_language
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

COLUMNS_SETTING = "people_columns"


class PeoplePresenter:
    """The list's filter, order and columns; also the source of its rows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.wish = PeopleFilter()
        self.all_columns = columns_of_people(self.province_name)
        kept = desk.settings.mine(COLUMNS_SETTING, FIRST_CHOICE)
        self._chosen = frozenset(kept) | {ALWAYS}

    def ids(self, *, sort: str, descending: bool, search: str, limit: int) -> Sequence[int]:
        """Ids of the people whom the filter and *search* let through, in order."""
        return self._desk.people.ids(
            replace(self.wish, search=search),
            sort=sort if sort in SORTED_KEYS else ALWAYS,
            descending=descending,
            limit=limit,
        )

    def rows(self, ids: Sequence[int]) -> dict[int, PersonRow]:
        """The lines of these people."""
        return self._desk.people.rows(ids)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter holds people back."""
        return self.wish != PeopleFilter()

    def filter_by(self, *, prison_id: int | None, status: PersonStatus | None, class_id: int | None) -> None:
        """Show only these people; None lets all through."""
        self.wish = PeopleFilter(prison_id=prison_id, status=status, class_id=class_id)

    @property
    def columns(self) -> tuple[Column[PersonRow], ...]:
        """The chosen columns."""
        return tuple(column for column in self.all_columns if column.key in self._chosen)

    def shows(self, key: str) -> bool:
        """Whether a column is chosen."""
        return key in self._chosen

    def choose_column(self, key: str, *, shown: bool) -> None:
        """Show or hide a column, and keep that for this member of staff."""
        self._chosen = (self._chosen | {key}) if shown else (self._chosen - {key}) | {ALWAYS}
        self._desk.settings.put_mine(COLUMNS_SETTING, [column.key for column in self.columns])

    def prisons(self) -> tuple[Prison, ...]:
        """The prisons whose people this member of staff may see."""
        limit = self._desk.office.prison_limit(Action.PEOPLE_READ)
        return tuple(
            prison for prison in self._desk.prisons.prisons(active_only=True) if limit is None or prison.id in limit
        )

    def classes(self) -> tuple[ClassRow, ...]:
        """The classes of today, in their order."""
        if not self.may(Action.CLASS_READ):
            return ()
        return self._desk.classes.classes(on=self._desk.office.clock.today())

    def may(self, action: Action) -> bool:
        """Whether this member of staff may do *action* anywhere."""
        return self._desk.office.may(action)

    def province_name(self, code: str) -> str:
        """A province in the reader's language, or ``""``."""
        place = self._desk.gazetteer.place(code) if code else None
        return in_language(place.name_km, place.name_latin) if place is not None else ""
