"""Public holidays of Cambodia, and what the staff changed in that list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, delete

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import classes as queries
from tlbb_desktop.domain.classes import STAFF, Holiday
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import class_sessions
from tlbb_desktop.services.office import Act, Office


class CalendarService:
    """The holidays that classes are planned over: the ``holidays`` package, and over it an editable table."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def holidays(self, first: date, last: date) -> dict[date, Holiday]:
        """Every holiday from *first* to *last*, and the days that staff made working days (``working`` tells them)."""
        with self._office.read(Action.CLASS_READ) as connection:
            return holidays_between(connection, first, last)

    def save(self, holiday: Holiday, seen: Holiday | None) -> None:
        """Add or change a day; sessions that nobody has worked with yet follow it.

        Args:
            holiday: the day as it shall be.
            seen: what :meth:`holidays` said of the day when it was read, None where it was no holiday.

        Raises:
            Refused: the day has no name, or is to be added and is in the list already.
            ChangedMeanwhile: somebody changed the day after it was read.
        """
        names = (normalise(holiday.name_km).strip(), normalise(holiday.name_en).strip())
        if not any(names):
            raise Refused(N_("A holiday needs a name."), place="name_km")
        wished = replace(holiday, name_km=names[0], name_en=names[1], source=STAFF)
        with self._office.act(Action.HOLIDAY_WRITE) as act:
            now = _holiday_on(act, holiday.day)
            if now == wished:
                return
            if now is not None and seen is None:
                raise Refused(N_("This day is in the list already. Choose its line to change it."), place="day")
            if now != seen:
                raise ChangedMeanwhile
            stored = act.session.get(models.Holiday, holiday.day) or models.Holiday(day=holiday.day)
            stored.name_km, stored.name_en, stored.working = (*names, holiday.working)
            act.session.add(stored)
            self._follow(act, holiday.day, "saved")

    def remove(self, seen: Holiday) -> None:
        """Forget what staff changed about a day; what the package says counts again.

        Args:
            seen: the day as it was read.

        Raises:
            ChangedMeanwhile: somebody changed the day after it was read.
        """
        day = seen.day
        with self._office.act(Action.HOLIDAY_WRITE) as act:
            if _holiday_on(act, day) != seen:
                raise ChangedMeanwhile
            act.session.execute(delete(models.Holiday).where(models.Holiday.day == day))
            self._follow(act, day, "removed")

    def _follow(self, act: Act, day: date, what: str) -> None:
        act.session.flush()
        connection = act.connection
        is_off = day in days_off(connection, day, day)
        for class_id in queries.classes_running(connection, day):
            class_sessions.follow_holiday(act, class_id, day, is_off=is_off)
        act.record("holiday", day.isoformat(), what)
        act.changed("holiday", day.toordinal())


def _holiday_on(act: Act, day: date) -> Holiday | None:
    return holidays_between(act.connection, day, day).get(day)


def holidays_between(connection: Connection, first: date, last: date) -> dict[date, Holiday]:
    """The package's holidays with the staff's changes over them, in order of day."""
    found = {
        day: holiday
        for year in range(first.year, last.year + 1)
        for day, holiday in _package_holidays(year).items()
        if first <= day <= last
    }
    found.update(queries.stored_holidays(connection, first, last))
    return dict(sorted(found.items()))


def load_holidays(year: int) -> None:
    """Load the package with its holidays of *year*, so that the first page that shows days need not wait for it."""
    _package_holidays(year)


def days_off(connection: Connection, first: date, last: date) -> frozenset[date]:
    """The days without classes."""
    return frozenset(day for day, one in holidays_between(connection, first, last).items() if not one.working)


@lru_cache(maxsize=32)
def _package_holidays(year: int) -> dict[date, Holiday]:
    # A fifth of a second to import, so only when a calendar is asked for.
    from holidays import country_holidays

    khmer = country_holidays("KH", years=year, language="km")
    english = country_holidays("KH", years=year, language="en_US")
    return {day: Holiday(day, khmer[day], english[day]) for day in khmer}
