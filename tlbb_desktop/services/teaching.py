"""Which unit a class is at, and what single sessions teach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from tlbb_desktop.data.models import ClassSession, ClassUnit, SessionUnit, TrainingClass
from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.domain.unit_hours import Part, Teaching, UnitSpell, require_fitting
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.class_curricula import ClassCurricula, unit_here
from tlbb_desktop.services.office import Office, require_unchanged


class TeachingService:
    """What is taught when. A session teaches the class's unit of its day unless it says otherwise.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)
        self._curricula = ClassCurricula()

    def spells(self, class_id: int) -> tuple[UnitSpell, ...]:
        """From which day on the class is at which unit, in order."""
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            return queries.spells(connection, class_id)

    def parts(self, session_id: int) -> tuple[Part, ...]:
        """What a session teaches, by itself, by the session that it repairs, or by its class."""
        class_id = self._class_of(session_id)
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            known = {each.id: each for each in register_queries.sessions(connection, class_id)}
            teaching = Teaching(queries.spells(connection, class_id), queries.said_parts(connection, class_id))
            return teaching.parts(known[session_id], known)

    def set_unit(self, class_id: int, unit_id: int, starts_on: date, version: int | None = None) -> None:
        """Let the class be at a unit from a day on, until the next change.

        Args:
            class_id: row of the class.
            unit_id: row of the unit.
            starts_on: the day.
            version: of the spell that begins on this day, as it was read; 0 = none began, None = whatever stands.

        Raises:
            Refused: the day lies outside the class, or the prison leaves the unit out.
            NotFound: the class is not taught this unit.
            ChangedMeanwhile: somebody set the unit of this day meanwhile.
        """
        with self._office.act(Action.SESSION_WRITE, self._prisons[class_id]) as act:
            found, _curriculum = self._curricula.required(act.connection, class_id)
            unit = unit_here(found, unit_id)
            group = act.session.get_one(TrainingClass, class_id)
            if not group.starts_on <= starts_on <= group.ends_on:
                raise Refused(N_("{day} lies outside the time of the class."), place="starts_on", day=starts_on)
            wanted = select(ClassUnit).where(ClassUnit.class_id == class_id, ClassUnit.starts_on == starts_on)
            stored = act.session.scalars(wanted).one_or_none()
            require_unchanged(stored.version if stored else 0, version)
            if stored is None:
                act.add(ClassUnit(class_id=class_id, starts_on=starts_on, unit_id=unit_id))
            else:
                act.change(stored, stored.version)
                stored.unit_id = unit_id
            act.record("class_unit", f"class:{class_id}", f"{unit.code} from:{starts_on}")
            act.changed("session", class_id)

    def set_parts(self, session_id: int, parts: Sequence[Part], version: int) -> None:
        """Say what a session teaches, in the order in which it is taught; no part = as its class.

        Args:
            session_id: row of the session.
            parts: units with their minutes; no more than the session has.
            version: of the session, as it was read.

        Raises:
            Refused: the minutes do not fit, or the prison leaves a unit out.
            NotFound: the class is not taught a unit.
            ChangedMeanwhile: somebody changed the session meanwhile.
        """
        class_id = self._class_of(session_id)
        with self._office.act(Action.SESSION_WRITE, self._prisons[class_id]) as act:
            connection = act.connection
            found, _curriculum = self._curricula.required(connection, class_id)
            stored = act.session.get_one(ClassSession, session_id)
            if stored.version != version:
                raise ChangedMeanwhile
            session = next(
                each
                for each in class_queries.sessions(connection, class_id, stored.day, stored.day)
                if each.id == session_id
            )
            for part in parts:
                unit_here(found, part.unit_id)
            require_fitting(parts, session)
            act.change(stored, version)
            act.session.execute(delete(SessionUnit).where(SessionUnit.session_id == session_id))
            act.session.add_all(
                SessionUnit(session_id=session_id, position=place, unit_id=part.unit_id, minutes=part.minutes)
                for place, part in enumerate(parts, 1)
            )
            said = " ".join(f"{part.unit_id}:{part.minutes}" for part in parts) or "as its class"
            act.record("session_units", f"class:{class_id}", f"session:{session_id} {said}")
            act.changed("session", session_id)

    def _class_of(self, session_id: int) -> int:
        with self._office.store.read() as connection:
            found = register_queries.class_of_session(connection, session_id)
        if found is None:
            raise NotFound(N_("This session is not on record any more. Open the register again."))
        return found
