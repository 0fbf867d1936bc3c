"""What a row of the record is called for a reader: the person, the class or the name that it leads to, and its day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from sqlalchemy.orm import Session

from tlbb_desktop.data.exchange_tables import ExchangeTable, exchange_tables
from tlbb_desktop.data.models import Person, TrainingClass
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.exchange import Named
from tlbb_desktop.services.exchange_rows import RowBook, StoredRow
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.seeds import read_table

#: By which column a row leads to what it is about, the nearest first.
_LEADS: Final = (
    "person_id", "kept_id", "case_id", "plan_id", "goal_id", "assessment_id", "note_id", "release_id", "follow_up_id",
    "reoffence_id", "certificate_id", "attempt_id", "check_id", "class_id", "session_id", "prison_id", "unit_id",
    "curriculum_unit_id", "curriculum_id", "course_id", "staff_id", "paper_id",
)  # fmt: skip
_DAYS: Final = ("day", "on_day", "starts_on", "given_on")
_STEPS: Final = 6


class Naming:
    """Names rows inside one act.

    Args:
        session: of the unit of work.
        book: reads the rows.
    """

    def __init__(self, session: Session, book: RowBook) -> None:
        self._session, self._book = session, book

    def about(self, table: ExchangeTable, row: StoredRow | None) -> Named:
        """Code and name of the person, or code of the class, that a row is about, and the day where it has one."""
        return Named(table.name) if row is None else self._led(table, row.raw)

    def named(self, table: str, key: str) -> Named:
        """The row that a reference names; without words where it is not here."""
        described = exchange_tables()[table]
        row = self._book.one(described, key)
        return Named(table) if row is None else self._led(described, row.raw)

    def place(self, code: str) -> Named:
        """A province, district, commune or village by its code."""
        path = self._gazetteer.path(code)
        if not path:
            return Named("", code, code)
        return Named("", " ".join(each.name_km for each in path), ", ".join(each.name_latin for each in reversed(path)))

    def service(self, code: str) -> Named:
        """A service of the list that is shared with the Ministry, by its code."""
        return self._services.get(code, Named("", code, code))

    @cached_property
    def _services(self) -> dict[str, Named]:
        return {row["code"]: Named("", row["name_km"], row["name_en"]) for row in read_table("services.tsv")}

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer()

    def _led(self, table: ExchangeTable, raw: dict[str, Any]) -> Named:
        name, day = table.name, _day(raw) or self._day_of_session(raw)
        for _step in range(_STEPS):
            words = self._words(table, raw)
            if words:
                return Named(name, *words, day)
            lead = next((column for column in _LEADS if column in table.references and raw[column] is not None), None)
            if lead is None:
                break
            table = exchange_tables()[table.references[lead]]
            above = self._book.rows.row(table, {"id": raw[lead]})
            if above is None:
                break
            raw, day = above, day or _day(above)
        text = str(raw.get("code") or raw.get("name") or "")
        return Named(name, text, text, day)

    def _day_of_session(self, raw: dict[str, Any]) -> date | None:
        session = raw.get("session_id")
        found = self._book.rows.row(exchange_tables()["class_session"], {"id": session}) if session else None
        return _day(found) if found else None

    def _words(self, table: ExchangeTable, raw: dict[str, Any]) -> tuple[str, str] | None:
        if table.name == "person":
            person = self._session.get_one(Person, raw["id"])
            text = f"{person.code} {names_of(person).shown}".strip()
        elif table.name == "training_class":
            text = self._session.get_one(TrainingClass, raw["id"]).code
        elif "name_km" in raw:
            return raw["name_km"], raw["name_en"] or raw["name_km"]
        elif table.name == "staff":
            text = str(raw["name"])
        else:
            return None
        return text, text


def _day(raw: dict[str, Any]) -> date | None:
    found = next((raw[column] for column in _DAYS if raw.get(column)), None)
    return date.fromisoformat(found) if found else None
