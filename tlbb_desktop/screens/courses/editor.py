"""One course while its curriculum is edited, without widgets: nothing is stored before the whole of it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tlbb_desktop.domain.classes import Course
from tlbb_desktop.domain.curricula import (
    Basis,
    CertificateRule,
    CourseFollower,
    Curriculum,
    CurriculumProblem,
    Unit,
    UnitSwitch,
    problems,
)
from tlbb_desktop.domain.curriculum_changes import UnitChange, unit_changes
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.screens.courses.unit_draft import UnitDraft, moved
from tlbb_desktop.wiring import Desk


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of the list of units.

    Args:
        unit: of the version that is shown.
        off: why the chosen prison leaves it out; None where it is taught.
    """

    unit: Unit
    off: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What saving would change.

    Args:
        before: the newest version, or None.
        after: what would be stored.
        units: unit by unit.
        about: whether the rule, the basis or the source is another.
        objections: why it would be refused.
    """

    before: Curriculum | None
    after: Curriculum
    units: tuple[UnitChange, ...]
    about: bool
    objections: tuple[CurriculumProblem, ...]

    @property
    def number(self) -> int:
        """Of the version that would be stored."""
        return (self.before.number if self.before else 0) + 1

    @property
    def may_be_saved(self) -> bool:
        """Whether it is taken: something changes, or a sample becomes one's own."""
        differs = bool(self.units or self.about) or self.before is None or self.before.sample
        return differs and not self.objections


class CourseEditor:
    """A course, its versions, and a draft of the next one.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.course = Course(None, "", "", "")
        self.versions: tuple[Curriculum, ...] = ()
        self.followers: tuple[CourseFollower, ...] = ()
        self.prisons: tuple[Prison, ...] = ()
        self.prison_id: int | None = None
        self.shown_number: int | None = None
        self._switches: tuple[UnitSwitch, ...] = ()
        self._draft = Curriculum(None, 0, 0, ())

    # reading -------------------------------------------------------------------------------------------------------

    def load(self, course_id: int) -> None:
        """Read a course afresh; a draft of the one before is dropped."""
        self.course = next(each for each in self._desk.classes.courses() if each.id == course_id)
        self.prisons = self._desk.prisons.prisons(active_only=True)
        self.prison_id = self.shown_number = None
        self._switches = ()
        self._read_stored()
        self.drop()

    def read(self) -> None:
        """Read what stands on record now; a draft is kept, and compared with the newest version from now on."""
        was_changed = self.is_changed
        self._read_stored()
        if not was_changed:
            self.drop()

    def _read_stored(self) -> None:
        course_id = self.course_id
        self.versions = self._desk.curricula.versions(course_id)
        self.followers = self._desk.curricula.followers(course_id)
        if self.prison_id is not None:
            self._switches = self._desk.curricula.switches(self.prison_id)

    @property
    def course_id(self) -> int:
        """Row of the course; 0 while none is shown."""
        return self.course.id or 0

    @property
    def newest(self) -> Curriculum | None:
        """The newest version that is stored."""
        return self.versions[0] if self.versions else None

    @property
    def draft(self) -> Curriculum:
        """The curriculum as it is edited."""
        return self._draft

    @property
    def shown(self) -> Curriculum:
        """The version that is looked at: the draft, or an older one."""
        return next((each for each in self.versions if each.number == self.shown_number), self._draft)

    @property
    def is_old(self) -> bool:
        """Whether an older version is looked at, which nobody changes."""
        return self.shown is not self._draft

    @property
    def is_changed(self) -> bool:
        """Whether the draft says something else than the newest version."""
        return not self._draft.says_the_same(self.newest or self._empty())

    @property
    def lines(self) -> tuple[UnitLine, ...]:
        """The units that are shown, in their order."""
        reasons = {each.unit_id: each.reason for each in self._switches}
        return tuple(UnitLine(unit, reasons.get(unit.id or 0)) for unit in self.shown.units)

    @property
    def taught(self) -> Curriculum:
        """What is shown, without what the chosen prison leaves out."""
        return self.shown.without({each.unit_id for each in self._switches})

    @property
    def prison(self) -> Prison | None:
        """The prison whose units are shown."""
        return next((each for each in self.prisons if each.id == self.prison_id), None)

    def show_version(self, number: int | None) -> None:
        """Look at an older version; None or the newest = the draft."""
        newest = self.newest
        self.shown_number = None if newest is not None and number == newest.number else number

    def show_prison(self, prison_id: int | None) -> None:
        """Show what a prison leaves out; None = the whole curriculum."""
        self._switches = () if prison_id is None else self._desk.curricula.switches(prison_id)
        self.prison_id = prison_id

    # editing -------------------------------------------------------------------------------------------------------

    def new_unit(self) -> UnitDraft:
        """A unit to be added, with the code that comes next after the last one's."""
        codes = {unit.code.upper() for unit in self._draft.units}
        last = self._draft.units[-1].code if self._draft.units else "U00"
        stem = last.rstrip("0123456789")
        width, number = len(last) - len(stem), int(last[len(stem) :] or 0)
        while (code := f"{stem}{number + 1:0{max(width, 2)}}").upper() in codes:
            number += 1
        return UnitDraft.new(code)

    def unit_draft(self, place: int) -> UnitDraft:
        """A unit to be changed."""
        return UnitDraft.of(self._draft.units[place], place)

    def wrong_with(self, draft: UnitDraft) -> tuple[CurriculumProblem, ...]:
        """What is wrong with a unit in its place among the others."""
        unit = draft.unit()
        lines = problems(replace(self._draft, units=tuple(self._with(draft))))
        return tuple(line for line in lines if str(line.fields.get("code", "")).upper() == unit.code.upper())

    def put(self, draft: UnitDraft) -> int:
        """Put a unit into its place; returns the place."""
        self._take(self._with(draft))
        return len(self._draft.units) - 1 if draft.place is None else draft.place

    def remove(self, place: int) -> int | None:
        """Take a unit out of the draft; returns the place of the one that is current then."""
        units = list(self._draft.units)
        del units[place]
        self._take(units)
        return min(place, len(units) - 1) if units else None

    def move(self, place: int, by: int) -> int:
        """Let a unit change places with a neighbour; returns its new place."""
        units, wanted = moved(self._draft.units, place, by)
        self._take(units)
        return wanted

    def set_about(self, basis: Basis, rule: CertificateRule, source: str) -> None:
        """Say what units are judged by, what the certificate asks for, and where the curriculum comes from."""
        self._draft = replace(self._draft, basis=basis, rule=rule, source=" ".join(source.split()))

    def drop(self) -> None:
        """Forget what is not saved."""
        self._draft = replace(self.newest or self._empty())
        self.shown_number = None

    def _with(self, draft: UnitDraft) -> list[Unit]:
        units = list(self._draft.units)
        if draft.place is None:
            units.append(draft.unit())
        else:
            units[draft.place] = draft.unit()
        return units

    def _take(self, units: Sequence[Unit]) -> None:
        self._draft = replace(self._draft, units=tuple(units))

    def _empty(self) -> Curriculum:
        return Curriculum(None, self.course_id, 0, ())

    # saving --------------------------------------------------------------------------------------------------------

    def changes(self, after: Curriculum, *, classes_follow: bool) -> Changes:
        """What storing *after* would change, and why it would be refused."""
        before = self.newest
        about = before is None or (before.basis, before.rule, before.source) != (after.basis, after.rule, after.source)
        objections = self._desk.curricula.objections(after, classes_follow=classes_follow)
        return Changes(before, after, unit_changes(before, after), about, objections)

    def save(self, after: Curriculum, *, classes_follow: bool) -> Curriculum:
        """Store a new version, and go on from it."""
        seen = self.newest.number if self.newest else 0
        stored = self._desk.curricula.save(after, seen, classes_follow=classes_follow)
        self._read_stored()
        self.drop()
        return stored

    def leave_out(self, place: int, reason: str) -> None:
        """Let the chosen prison leave a unit out."""
        self._switch(place, reason, off=True)

    def teach_again(self, place: int) -> None:
        """Let the chosen prison teach a unit again."""
        self._switch(place, "", off=False)

    def _switch(self, place: int, reason: str, *, off: bool) -> None:
        unit = self.shown.units[place]
        if self.prison_id is not None:
            seen = next((each.version for each in self._switches if each.unit_id == unit.id), 0)
            self._desk.curricula.switch(self.prison_id, unit.id or 0, off=off, reason=reason, version=seen)
            self._switches = self._desk.curricula.switches(self.prison_id)

    def follow(self, class_id: int, number: int | None) -> None:
        """Put a class on a version; None = it is taught without units."""
        version = next((each.id for each in self.versions if each.number == number), None)
        seen = next(each.version for each in self.followers if each.class_id == class_id)
        self._desk.curricula.follow(class_id, version, seen)
        self.followers = self._desk.curricula.followers(self.course_id)

    # half typed ----------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, object]:
        """The draft in JSON values."""
        draft, rule = self._draft, self._draft.rule
        units = [UnitDraft.of(unit, place).values() for place, unit in enumerate(draft.units)]
        rules = [rule.all_units, rule.attendance_percent, rule.hours_percent]
        about = {"basis": str(draft.basis), "rule": rules, "source": draft.source}
        return {"course": self.course_id, "units": units, **about}

    def take_values(self, values: dict[str, Any]) -> None:
        """Go on with the draft that :meth:`values` gave."""
        self.load(values["course"])
        self.set_about(Basis(values["basis"]), CertificateRule(*values["rule"]), values["source"])
        self._take([UnitDraft.from_values(each).unit() for each in values["units"]])
