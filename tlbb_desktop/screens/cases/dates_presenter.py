"""One change of many release dates: who is there, who is chosen, what would become of their dates. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tlbb_desktop.domain.people import PeopleFilter, PersonKind, PersonRow
from tlbb_desktop.domain.release_dates import DateBatch, DateChange, KeptBatch
from tlbb_desktop.i18n.catalog import KHMER, language
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


@dataclass(frozen=True, slots=True)
class DateLine:
    """Somebody in prison, with old and new once that was previewed.

    Args:
        person: who.
        change: what would become of the date; None before the preview.
    """

    person: PersonRow
    change: DateChange | None = None


class DatesPresenter:
    """The change that is prepared.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people: dict[int, PersonRow] = {}
        self._changes: dict[int, DateChange] = {}
        self._batch: DateBatch | None = None
        self._newest: int | None = None

    def prisons(self) -> list[tuple[int, str]]:
        """The prisons of the reader, worded."""
        limit = self._desk.office.prison_limit(Action.RELEASE_DATE_WRITE)
        return [
            (each.id, each.name_km if language() == KHMER else each.name_en)
            for each in self._desk.prisons.prisons()
            if limit is None or each.id in limit
        ]

    def own_prison(self) -> int | None:
        """The prison where this laptop stands."""
        own = self._desk.prisons.own()
        return own.id if own is not None else None

    def load(self, prison_id: int | None) -> None:
        """Read who is in this prison (None = in any); a preview is forgotten."""
        people = self._desk.people
        wish = PeopleFilter(prison_id=prison_id, kind=PersonKind.PARTICIPANT)
        ids = people.ids(wish)
        rows = people.rows(ids)
        self._people = {each: rows[each] for each in ids if each in rows and rows[each].prison}
        self.forget_preview()

    def lines(self) -> dict[int, DateLine]:
        """Everybody who is listed, with old and new where that was previewed."""
        return {each: DateLine(row, self._changes.get(each)) for each, row in self._people.items()}

    def preview(self, values: Mapping[str, Any], chosen: Iterable[int]) -> int:
        """Find old and new of those who are chosen; returns for how many the date would change."""
        self.forget_preview()
        batch = DateBatch(**values)
        changes = self._desk.release_dates.preview(batch, tuple(chosen))
        self._batch, self._changes = batch, {each.person_id: each for each in changes}
        return self.changing

    def forget_preview(self) -> None:
        """What was previewed holds no longer."""
        self._batch, self._changes = None, {}

    @property
    def changing(self) -> int:
        """For how many people the date would change; 0 before a preview."""
        return sum(change.changes for change in self._changes.values())

    def apply(self) -> int:
        """Make the change that was previewed; returns for how many."""
        if self._batch is None:
            return 0
        changed = self.changing
        self._newest = self._desk.release_dates.apply(self._batch, tuple(self._changes.values()))
        self.forget_preview()
        return changed

    def batches(self) -> dict[int, KeptBatch]:
        """The changes that were made, the newest first."""
        return {each.id: each for each in self._desk.release_dates.batches()}

    @property
    def newest(self) -> int | None:
        """The change that was made here last and stands; Ctrl+Z takes it back."""
        return self._newest

    def undo(self, batch_id: int) -> tuple[str, ...]:
        """Take a change back; returns the codes of those whose date was moved since and stays."""
        left = self._desk.release_dates.undo(batch_id)
        if batch_id == self._newest:
            self._newest = None
        return left
