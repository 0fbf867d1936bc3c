"""What follows from rows that came in, and that each laptop works out for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tlbb_desktop.data.exchange_tables import UNCHANGED, exchange_tables
from tlbb_desktop.data.models.vocabulary import to_milliseconds
from tlbb_desktop.data.queries.mark_history import cells_unlike_history
from tlbb_desktop.data.repositories.people import move_people_with_the_day
from tlbb_desktop.data.repositories.register import RegisterRows
from tlbb_desktop.data.repositories.retention import forget_conflicts, other_cases
from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.release_plans import open_counts
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.exchange_rows import RowBook
from tlbb_desktop.services.expunging import expunge
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.release_reading import items_of

#: Kind of the act in a register that says which mark stands after an exchange; nobody's, so that no undo takes it back.
EXCHANGED: Final = "exchange"
_PLANS: Final = "UPDATE release_plan SET items = ?, done = ?, critical = ?, critical_done = ? WHERE id = ?"
_CLASS: Final = "SELECT class_id FROM class_session WHERE id = ?"


class Settling:
    """Keeps what is worked out from rows true while a bundle is taken in.

    Args:
        act: of the unit of work.
        cipher: opens the items of release plans.
        book: reads the rows.
        has_all_items: whether this laptop has the items of release plans of every compartment, so that it may count.
    """

    def __init__(self, act: Act, cipher: FieldCipher, book: RowBook, *, has_all_items: bool) -> None:
        self._act, self._cipher, self._book, self._has_all_items = act, cipher, book, has_all_items
        self._sheets = self._unchanged_sheets()

    def settle(self, touched: Mapping[str, set[str]], new_sheets: Mapping[str, bool]) -> None:
        """Bring up to date what follows from the touched rows.

        Args:
            touched: table -> keys of the rows.
            new_sheets: key of an issued sheet that came in -> whether nothing was changed since it was issued.
        """
        self._write_history()
        RegisterRows.hold_marked_sessions(self._act.connection)
        if self._has_all_items:
            self._count_plans(touched)
        move_people_with_the_day(self._act.connection, self._act.today)
        self._forget_expunged(touched)
        self._compare_sheets(touched, new_sheets)

    def _write_history(self) -> None:
        """Let the history of each cell end with the mark that stands, whichever act came in last."""
        by_class: dict[int, list[tuple[int, int]]] = {}
        for session, person in cells_unlike_history(self._act.connection):
            class_id = self._act.connection.exec_driver_sql(_CLASS, (session,)).scalar()
            if class_id is not None:
                by_class.setdefault(int(class_id), []).append((session, person))
        for class_id, cells in by_class.items():
            RegisterRows.note_standing(self._act.connection, class_id, cells, EXCHANGED, to_milliseconds(self._act.at))

    def _forget_expunged(self, touched: Mapping[str, set[str]]) -> None:
        for key in touched.get("case_file", ()):
            row = self._book.one(exchange_tables()["case_file"], key)
            if row is not None and row.raw["state"] == CaseState.EXPUNGED:
                self._expunge(row.raw["id"], row.raw["person_id"])

    def _expunge(self, case_id: int, person_id: int) -> None:
        """Do here what was done there: of what this laptop may not be sent any more, it empties its own rows."""
        forget_conflicts(self._act.connection, person_id)
        if not other_cases(self._act.connection, case_id, person_id):
            code = self._act.connection.exec_driver_sql(
                "SELECT code FROM person WHERE id = ?", (person_id,)
            ).scalar_one()
            expunge(self._act, self._cipher, CaseFile(case_id, person_id, str(code)))

    def _count_plans(self, touched: Mapping[str, set[str]]) -> None:
        plans = {self._book.names.id("release_plan", key) for key in touched.get("release_plan", ())}
        for key in touched.get("release_item", ()):
            row = self._book.one(exchange_tables()["release_item"], key)
            plans.add(row.raw["plan_id"] if row else None)
        ids = tuple(sorted(each for each in plans if each is not None))
        found = items_of(self._act.connection, self._cipher, ids, FIELD_COMPARTMENTS)
        for plan in ids:
            counts = open_counts(item.form for item in found.get(plan, ()) if not item.form.struck)
            numbers = (counts.items, counts.done, counts.critical, counts.critical_done)
            self._act.connection.exec_driver_sql(_PLANS, (*numbers, plan))

    def _unchanged_sheets(self) -> dict[str, int]:
        table = exchange_tables()["month_sheet"]
        return {row.key: row.raw["class_id"] for row in self._book.read(table) if row.values[UNCHANGED]}

    def _compare_sheets(self, touched: Mapping[str, set[str]], new_sheets: Mapping[str, bool]) -> None:
        """An issued sheet stays as true as it was where nothing came in for its class."""
        table, changed = exchange_tables()["month_sheet"], self._changed_classes(touched)
        kept = {key for key, class_id in self._sheets.items() if class_id not in changed}
        for key in kept | {key for key, unchanged in new_sheets.items() if unchanged}:
            row = self._book.one(table, key)
            if row is not None:
                stands = self._book.state_of_sheet(row.raw)
                self._book.rows.update("month_sheet", {"id": row.raw["id"]}, {"as_of": stands})

    def _changed_classes(self, touched: Mapping[str, set[str]]) -> set[int]:
        found: set[int] = set()
        for name in ("mark", "class_session", "enrolment"):
            for key in touched.get(name, ()):
                row = self._book.one(exchange_tables()[name], key)
                if row is not None:
                    found.add(row.raw.get("class_id") or self._class_of(row.raw["session_id"]))
        return found

    def _class_of(self, session_id: int) -> int:
        return int(self._act.connection.exec_driver_sql(_CLASS, (session_id,)).scalar_one())
