"""A class form as JSON values, so that what is half typed survives a lock."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from tlbb_desktop.domain.classes import RosterOrder, TimetableSlot, TrainingClass, Weekday


def as_values(group: TrainingClass) -> dict[str, object]:
    """What stands in the form."""
    return {
        "id": group.id,
        "version": group.version,
        "code": group.code,
        "course": group.course_id,
        "prison": group.prison_id,
        "trainer": group.trainer_id,
        "starts": group.starts_on.isoformat(),
        "ends": group.ends_on.isoformat(),
        "week": [[int(slot.weekday), slot.starts.isoformat(), slot.ends.isoformat()] for slot in group.timetable],
        "order": group.order.value,
    }


def from_values(values: dict[str, Any]) -> TrainingClass:
    """The form that :func:`as_values` gave."""
    return TrainingClass(
        id=values["id"],
        version=values["version"],
        code=values["code"],
        course_id=values["course"],
        prison_id=values["prison"],
        trainer_id=values["trainer"],
        starts_on=date.fromisoformat(values["starts"]),
        ends_on=date.fromisoformat(values["ends"]),
        timetable=tuple(
            TimetableSlot(Weekday(day), time.fromisoformat(starts), time.fromisoformat(ends))
            for day, starts, ends in values["week"]
        ),
        order=RosterOrder(values["order"]),
    )
