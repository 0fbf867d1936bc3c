"""Time as the programme counts it: Cambodia, UTC+7, no daylight saving."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

CAMBODIA = timezone(timedelta(hours=7), "ICT")


class Clock(Protocol):
    """Where the program takes the time from; passed in, so that tests and a wrong laptop clock can replace it."""

    def now(self) -> datetime:
        """The present moment, aware, in Cambodian time."""
        ...

    def today(self) -> date:
        """The working day."""
        ...


class SystemClock:
    """The clock of the laptop."""

    def now(self) -> datetime:
        """The present moment, aware, in Cambodian time."""
        return datetime.now(CAMBODIA)

    def today(self) -> date:
        """The calendar day in Cambodia."""
        return self.now().date()


class WorkingDayClock:
    """The laptop's clock with the working day that the staff gave because the clock is wrong.

    Args:
        underlying: the clock of the laptop, whose readings are kept beside the given day.
        day: the day that the staff say it is.
    """

    def __init__(self, underlying: Clock, day: date) -> None:
        self._underlying = underlying
        self._day = day
        self._started_on = underlying.today()

    def now(self) -> datetime:
        """The laptop's time of day on the working day."""
        return datetime.combine(self.today(), self._underlying.now().timetz())

    def today(self) -> date:
        """The given day, moved on when the laptop passes midnight."""
        return self._day + (self._underlying.today() - self._started_on)
