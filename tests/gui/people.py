"""A few people for the pages that show them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    Names,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.wiring import Desk

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "samples" / "people.xlsx"


def add_person(desk: Desk, family: str, given: str, latin: tuple[str, str] = ("", ""), **changes: object) -> int:
    """Somebody at the home's prison; *changes* are fields of PersonRecord."""
    own = desk.prisons.own()
    fields: dict[str, object] = {
        "code": "",
        "sex": Sex.MALE,
        "status": PersonStatus.IN_TRAINING,
        "stays": (CustodyStay(own.id, date(2026, 1, 5)),),
        "identity": Identity(Birth.on(date(2009, 2, 3))),
        "contact": Contact(),
    }
    return desk.people.save(
        PersonRecord(id=None, names=Names(family, given, *latin), kind=PersonKind.PARTICIPANT, **(fields | changes))
    )
