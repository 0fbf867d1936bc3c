"""From a weekly timetable to the lessons of a class."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from tlbb_desktop.domain.classes import TimetableSlot, Weekday
from tlbb_desktop.domain.errors import Refused, UsageError
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits

LONGEST_CLASS_DAYS = 3 * 366
_TIME_OF_DAY = re.compile(r"(\d{1,2})(?:[:.,៖ ]?(\d\d))?")


@dataclass(frozen=True, slots=True, order=True)
class Lesson:
    """One lesson on its day."""

    day: date
    starts: time
    ends: time


def check_timetable(slots: tuple[TimetableSlot, ...], starts_on: date, ends_on: date) -> None:
    """Raise Refused for a timetable that cannot be kept: no day, an end before the start, lessons that overlap."""
    if not slots:
        raise Refused(N_("The timetable has no day yet. Choose at least one weekday."), place="timetable")
    if ends_on < starts_on:
        raise Refused(N_("The class ends before it starts. Check the two dates."), place="ends_on")
    if (ends_on - starts_on).days > LONGEST_CLASS_DAYS:
        raise Refused(N_("A class lasts three years at the most. Check the two dates."), place="ends_on")
    for slot in slots:
        check_times(slot.starts, slot.ends)
    for earlier, later in pairwise(sorted(slots, key=lambda slot: (slot.weekday, slot.starts))):
        if earlier.weekday == later.weekday and later.starts < earlier.ends:
            raise Refused(N_("Two lessons of the timetable overlap. Check the times."), place="timetable")


def check_times(starts: time, ends: time) -> None:
    """Raise Refused when a lesson does not end after it starts."""
    if ends <= starts:
        raise Refused(N_("The lesson ends before it starts. Check the times."), place="timetable")


def lessons(slots: tuple[TimetableSlot, ...], first: date, last: date, days_off: Container[date]) -> Iterator[Lesson]:
    """The lessons from *first* to *last* (both included), in order, without those on *days_off*."""
    of_weekday: dict[int, list[TimetableSlot]] = {}
    for slot in sorted(slots, key=lambda slot: slot.starts):
        of_weekday.setdefault(slot.weekday, []).append(slot)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in days_off:
            continue
        for slot in of_weekday.get(day.weekday(), ()):
            yield Lesson(day, slot.starts, slot.ends)


def parse_weekdays(text: str) -> tuple[Weekday, ...]:
    """Read ``mon,tue``; raises UsageError for another word."""
    try:
        named = {Weekday[word.strip().upper()[:3]] for word in text.split(",") if word.strip()}
    except KeyError as error:
        raise UsageError(N_("Days are written like mon,tue,wed.")) from error
    if not named:
        raise UsageError(N_("Days are written like mon,tue,wed."))
    return tuple(sorted(named))


def read_time(text: str) -> time:
    """A time of day as people write it: ``0830``, ``830``, ``8:30``, ``08.30``, ``8``, in the digits of either script.

    Raises:
        Refused: it is no time of day.
    """
    found = _TIME_OF_DAY.fullmatch(to_ascii_digits(text).strip())
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:  # such as 25:00
        pass
    if not text.strip():
        raise Refused(N_("The time is missing. Write it like 08:30 or 0830."))
    raise Refused(N_("The time {text} cannot be read. Write it like 08:30 or 0830."), text=text.strip())


def parse_times(text: str) -> tuple[time, time]:
    """Read ``08:00-11:00``; raises UsageError when it is something else."""
    try:
        starts, ends = (time.fromisoformat(part.strip().zfill(5)) for part in to_ascii_digits(text).split("-"))
    except ValueError as error:
        raise UsageError(N_("A time is written like 08:00-11:00.")) from error
    if starts.tzinfo or starts.second or ends.second:
        raise UsageError(N_("A time is written like 08:00-11:00."))
    return starts, ends
