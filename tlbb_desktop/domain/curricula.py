"""Curricula: the units of a course, their hours and criteria, and what its certificate asks for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_, Np_

MOST_UNITS: Final = 99
MOST_CRITERIA: Final = 20
MOST_HOURS: Final = 2000
LONGEST_TITLE: Final = 160
LONGEST_SOURCE: Final = 300
MINUTES_OF_AN_HOUR: Final = 60
_Value = TypeVar("_Value", str, int)
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}")


class Basis(StrEnum):
    """What a unit is judged by: skill at the bench, or having taken part and made something."""

    COMPETENCE = "competence"
    PARTICIPATION = "participation"


BASIS_NAMES: Final = {
    Basis.COMPETENCE: Np_("what a unit is judged by", "Competence"),
    Basis.PARTICIPATION: Np_("what a unit is judged by", "Participation and a product"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a learner shows, ticked with yes or no.

    Args:
        number: 1 and up, as it stands on the bench sheet.
        name_km, name_en: wording.
        critical: whether the unit cannot be passed without it.
    """

    number: int
    name_km: str
    name_en: str
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a course; ``hours`` are nominal, whole hours.

    Args:
        id: row of the course's unit, which stays the same in all versions; None while it is not stored.
        code: short Latin word such as ``M05``.
        name_km, name_en: titles.
        hours: nominal hours.
        criteria: in order; may be empty.
    """

    id: int | None
    code: str
    name_km: str
    name_en: str
    hours: int
    criteria: tuple[Criterion, ...] = ()

    @property
    def minutes(self) -> int:
        """The nominal hours in minutes."""
        return self.hours * MINUTES_OF_AN_HOUR

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all criteria."""
        return frozenset(each.number for each in self.criteria)

    @property
    def critical(self) -> frozenset[int]:
        """The numbers of the critical ones."""
        return frozenset(each.number for each in self.criteria if each.critical)


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """What a course asks for before it certifies completion.

    Args:
        all_units: whether every unit must be competent.
        attendance_percent: net attendance, 0 to 100.
        hours_percent: share of the nominal hours that must be attended, 0 to 100; 0 = none.
    """

    all_units: bool = True
    attendance_percent: int = 80
    hours_percent: int = 80


#: What is asked of a class that is taught without units.
ATTENDANCE_ALONE: Final = CertificateRule(all_units=False, hours_percent=0)


@dataclass(frozen=True, slots=True)
class Curriculum:
    """One version of what a course teaches. A stored version never changes; a new one stands beside it.

    Args:
        id: row, or None while it is not stored.
        course_id: row of the course.
        number: of the version, 1 and up.
        units: in the order in which they are taught.
        basis: what units are judged by.
        rule: what the certificate asks for.
        source: where it comes from.
        sample: whether it is one of the samples that the program brings, which nobody here has approved.
    """

    id: int | None
    course_id: int
    number: int
    units: tuple[Unit, ...]
    basis: Basis = Basis.COMPETENCE
    rule: CertificateRule = field(default=CertificateRule())
    source: str = ""
    sample: bool = False

    @property
    def hours(self) -> int:
        """Nominal hours of all units."""
        return sum(unit.hours for unit in self.units)

    def unit(self, unit_id: int) -> Unit | None:
        """The unit of this row, or None."""
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def unit_coded(self, code: str) -> Unit | None:
        """The unit with this code in any case, or None."""
        wanted = code.strip().upper()
        return next((unit for unit in self.units if unit.code.upper() == wanted), None)

    def without(self, off: Container[int]) -> Curriculum:
        """The curriculum as a prison teaches it: the units that are switched off there left out, hours recomputed."""
        return replace(self, units=tuple(unit for unit in self.units if unit.id not in off))

    def says_the_same(self, other: Curriculum) -> bool:
        """Whether two versions differ only in their rows, numbers and label."""
        mine, theirs = (
            (
                each.basis,
                each.rule,
                each.source,
                tuple((one.code, one.name_km, one.name_en, one.hours, one.criteria) for one in each.units),
            )
            for each in (self, other)
        )
        return mine == theirs


@dataclass(frozen=True, slots=True)
class UnitSwitch:
    """A unit that a prison does not teach, and why; ``version`` tells two editors apart."""

    unit_id: int
    code: str
    reason: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class CourseFollower:
    """A class of a course, and what it is taught.

    Args:
        class_id: row.
        code: of the class.
        prison_id: row of its prison.
        prison: code of its prison.
        starts_on, ends_on: its first and last day.
        number: of the version that it follows; None for a class that is taught without units.
        version: of the class's row, for detecting two editors.
    """

    class_id: int
    code: str
    prison_id: int
    prison: str
    starts_on: date
    ends_on: date
    number: int | None
    version: int


@dataclass(frozen=True, slots=True)
class CurriculumProblem:
    """One thing that is wrong with a curriculum; ``i18n.sentences.explain`` words it.

    Args:
        message: the English sentence with its places.
        fields: values of the places.
    """

    message: str
    fields: Mapping[str, object] = field(default_factory=dict)


class CurriculumRefused(Refused):
    """A curriculum that cannot be taken; ``lines`` says all that is wrong with it."""

    def __init__(self, lines: Sequence[CurriculumProblem]) -> None:
        self.lines = tuple(lines)
        super().__init__(self.lines[0].message, place="units", **self.lines[0].fields)


def require_sound(curriculum: Curriculum) -> None:
    """Raise CurriculumRefused with every line that is wrong: codes, titles, hours, criteria, the rule."""
    if lines := tuple(problems(curriculum)):
        raise CurriculumRefused(lines)


def problems(curriculum: Curriculum) -> Iterator[CurriculumProblem]:
    """What is wrong with a curriculum, in the order of its units."""
    if not curriculum.units:
        yield CurriculumProblem(N_("The course has no unit. Write at least one."))
    if len(curriculum.units) > MOST_UNITS:
        yield CurriculumProblem(N_("A course has at most {most} units."), {"most": MOST_UNITS})
    for name in ("attendance_percent", "hours_percent"):
        if not 0 <= getattr(curriculum.rule, name) <= 100:
            yield CurriculumProblem(N_("A percentage lies between 0 and 100."))
    for code in _twice(unit.code.upper() for unit in curriculum.units):
        yield CurriculumProblem(N_("Two units have the code {code}. Every unit needs its own."), {"code": code})
    for unit in curriculum.units:
        yield from _unit_problems(unit)


def _unit_problems(unit: Unit) -> Iterator[CurriculumProblem]:
    here = {"code": unit.code}
    if not _CODE.fullmatch(unit.code):
        yield CurriculumProblem(
            N_("{code} is no code of a unit. Write Latin letters and digits without spaces, such as M05."), here
        )
    if not (unit.name_km or unit.name_en):
        yield CurriculumProblem(N_("Unit {code} has no title."), here)
    if not 1 <= unit.hours <= MOST_HOURS:
        yield CurriculumProblem(
            N_("Unit {code}: {hours} hours. A unit has from 1 to {most} whole hours."),
            {**here, "hours": unit.hours, "most": MOST_HOURS},
        )
    if len(unit.criteria) > MOST_CRITERIA:
        yield CurriculumProblem(N_("Unit {code} has more than {most} criteria."), {**here, "most": MOST_CRITERIA})
    for number in _twice(each.number for each in unit.criteria):
        yield CurriculumProblem(N_("Unit {code} has criterion {number} twice."), {**here, "number": number})
    texts = [unit.name_km, unit.name_en, *(text for each in unit.criteria for text in (each.name_km, each.name_en))]
    if max(map(len, texts)) > LONGEST_TITLE:
        yield CurriculumProblem(
            N_("Unit {code}: a text is longer than {most} letters."), {**here, "most": LONGEST_TITLE}
        )
    for each in unit.criteria:
        if not (each.name_km or each.name_en) or each.number < 1:
            yield CurriculumProblem(
                N_("Unit {code}: criterion {number} has no words."), {**here, "number": each.number}
            )


def _twice(values: Iterable[_Value]) -> list[_Value]:
    seen: set[_Value] = set()
    found: dict[_Value, None] = {}
    for value in values:
        if value in seen:
            found[value] = None
        seen.add(value)
    return list(found)
