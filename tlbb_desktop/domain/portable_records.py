"""What a learner takes along to another laptop of the programme: units, hours and attendance, without a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tlbb_desktop.domain.assessment import Outcome


@dataclass(frozen=True, slots=True)
class CarriedUnit:
    """A unit on the record.

    Args:
        code, name_km, name_en, hours: as the course words it.
        minutes: attended in the class, with prior learning recognised there; what was brought, and what another class
            gave, has a file of its own.
        outcome, day: of the attempt that counts; None where nothing was attempted.
    """

    code: str
    name_km: str
    name_en: str
    hours: int
    minutes: int
    outcome: Outcome | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class PortableRecord:
    """What the file says.

    Args:
        record_id: its own id, so that it is taken in once.
        training_id: opaque id of the class in which the learner was; a newer record of the same one says it again.
        programme: opaque id of the programme that signed it.
        issuer_km, issuer_en: its organisation.
        dated: when it was written.
        name_km, name_latin: family name first.
        course_code, course_km, course_en: of which course.
        minutes_due, minutes_attended: of the sessions so far.
        units: in the order of the course, without those that nothing is known of.
        signed_with: id of the key.
    """

    record_id: str
    training_id: str
    programme: str
    issuer_km: str
    issuer_en: str
    dated: datetime
    name_km: str
    name_latin: str
    course_code: str
    course_km: str
    course_en: str
    minutes_due: int
    minutes_attended: int
    units: tuple[CarriedUnit, ...]
    signed_with: str

    def texts(self) -> dict[str, str]:
        """Every text that the file takes from the record: where it stands -> text."""
        return {
            "name_km": self.name_km,
            "name_latin": self.name_latin,
            "course": f"{self.course_code} {self.course_km} {self.course_en}",
            "units": " ".join(f"{unit.code} {unit.name_km} {unit.name_en}" for unit in self.units),
            "issuer": f"{self.issuer_km} {self.issuer_en}",
        }


@dataclass(frozen=True, slots=True)
class TakenRecord:
    """What came of a file.

    Args:
        taken: codes of the units that came in.
        unknown: codes that the class is not taught here.
        minutes: credited.
    """

    taken: tuple[str, ...]
    unknown: tuple[str, ...]
    minutes: int
