"""Curricula: reading them, storing a new version, what a prison leaves out, which version a class follows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import to_milliseconds
from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import curricula as queries
from tlbb_desktop.data.repositories.curricula import store_curriculum
from tlbb_desktop.domain.curricula import (
    LONGEST_SOURCE,
    CourseFollower,
    Curriculum,
    CurriculumProblem,
    CurriculumRefused,
    Unit,
    UnitSwitch,
    problems,
    require_sound,
)
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import class_curricula
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.marking import checked_note
from tlbb_desktop.services.office import Act, Office, require_unchanged

_ASSESSED_IN_CLASS: Final = N_(
    "Unit {code} is missing, but learners of a running class were assessed in it. Keep the unit, or"
    " let the running classes stay with their version."
)
_TAUGHT_IN_CLASS: Final = N_(
    "Unit {code} is missing, but a running class is taught it. Keep the unit, or let the running classes stay with"
    " their version."
)


class CurriculumService:
    """What courses teach.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)

    def newest(self, course_id: int) -> Curriculum | None:
        """The newest version of a course, or None where it has no curriculum yet."""
        with self._office.read(Action.CLASS_READ) as connection:
            return queries.newest(connection, course_id)

    def versions(self, course_id: int) -> tuple[Curriculum, ...]:
        """Every version of a course, the newest first."""
        with self._office.read(Action.CLASS_READ) as connection:
            return queries.versions(connection, course_id)

    def of_class(self, class_id: int) -> Curriculum | None:
        """What a class is taught, without the units that its prison leaves out; None for a class without units."""
        with self._office.read(Action.CLASS_READ, self._prisons[class_id]) as connection:
            return class_curricula.ClassCurricula().of(connection, class_id).taught

    def switches(self, prison_id: int) -> tuple[UnitSwitch, ...]:
        """The units that a prison leaves out."""
        with self._office.read(Action.CLASS_READ, prison_id) as connection:
            return queries.switches(connection, prison_id)

    def followers(self, course_id: int) -> tuple[CourseFollower, ...]:
        """The reader's classes of a course, those that end last first, each with the version that it follows."""
        limit = self._office.prison_limit(Action.CLASS_READ)
        with self._office.read(Action.CLASS_READ) as connection:
            found = queries.followers(connection, course_id)
        return tuple(each for each in found if limit is None or each.prison_id in limit)

    def objections(self, curriculum: Curriculum, *, classes_follow: bool = True) -> tuple[CurriculumProblem, ...]:
        """Why :meth:`save` would refuse a curriculum, line by line; empty when it would take it."""
        curriculum = _written_out(curriculum)
        with self._office.read(Action.COURSE_WRITE) as connection:
            today = self._office.clock.today().isoformat()
            running = queries.running_classes(connection, curriculum.course_id, today) if classes_follow else ()
            return (*problems(curriculum), *_lacking(connection, curriculum, running))

    def save(self, curriculum: Curriculum, seen: int, *, classes_follow: bool = True) -> Curriculum:
        """Store a new version of a course's curriculum; gives it with its rows and number.

        Args:
            curriculum: its units, rule and source; ``id`` and ``number`` are given here.
            seen: number of the newest version that was read, 0 for none.
            classes_follow: whether running classes go on with the new version; later classes take it anyway.

        Raises:
            CurriculumRefused: a code twice, hours that are no hours, and whatever else is wrong, line by line; or a
                unit is missing in which attempts stand in a running class, or which a running class is taught.
            ChangedMeanwhile: somebody stored a version meanwhile.
            Refused: it says what the newest version says already.
        """
        curriculum = _written_out(curriculum)
        require_sound(curriculum)
        with self._office.act(Action.COURSE_WRITE) as act:
            connection = act.connection
            newest = queries.newest(connection, curriculum.course_id)
            _require_new(curriculum, newest, seen)
            running = (
                queries.running_classes(connection, curriculum.course_id, act.today.isoformat())
                if classes_follow
                else ()
            )
            _require_units_kept(connection, curriculum, running)
            stored = store_curriculum(
                connection,
                replace(curriculum, number=seen + 1, sample=False),
                to_milliseconds(act.at),
                act.actor.staff_id,
            )
            for class_id in running:
                _follow(act, class_id, stored)
            act.record(
                "curriculum", f"course:{curriculum.course_id}", f"version:{stored.number} classes:{len(running)}"
            )
            act.changed("course", curriculum.course_id)
        return stored

    def follow(self, class_id: int, curriculum_id: int | None, version: int | None = None) -> None:
        """Put a class on a version of its course's curriculum, or on none: then it is taught without units.

        Args:
            class_id: row of the class.
            curriculum_id: row of the version of its curriculum, or None.
            version: of the class, as it was read; None = whatever stands.

        Raises:
            CurriculumRefused: the version misses a unit in which attempts stand in the class, or that it is taught.
            NotFound: the version is not on record, or belongs to another course.
            ChangedMeanwhile: somebody saved the class meanwhile.
        """
        with self._office.act(Action.CLASS_CURRICULUM, self._prisons[class_id]) as act:
            connection = act.connection
            stored = act.session.get_one(models.TrainingClass, class_id)
            require_unchanged(stored.version, version)
            followed = None if curriculum_id is None else queries.curriculum(connection, curriculum_id)
            if curriculum_id is not None and (followed is None or followed.course_id != stored.course_id):
                raise NotFound(N_("The course of this class has no such version."))
            if followed is not None:
                _require_units_kept(connection, followed, (class_id,))
            act.change(stored, stored.version)
            stored.curriculum_id = curriculum_id
            act.session.flush()
            class_curricula.start_first_unit(act, class_id, max(stored.starts_on, min(act.today, stored.ends_on)))
            told = f"version:{followed.number}" if followed else "none"
            act.record("class_curriculum", f"class:{class_id}", told)
            act.changed("class", class_id)

    def switch(self, prison_id: int, unit_id: int, *, off: bool, reason: str = "", version: int | None = None) -> None:
        """Leave a unit out at a prison, or teach it there again; hours are recomputed from what is left.

        Args:
            prison_id: row of the prison.
            unit_id: row of the unit.
            off: whether it is left out.
            reason: why.
            version: of the ``UnitSwitch`` as it was read; 0 = the unit was taught, None = whatever stands.

        Raises:
            Refused: a unit is left out without a reason.
            NotFound: no course has this unit.
            ChangedMeanwhile: somebody switched the unit meanwhile.
        """
        reason = checked_note(reason)
        if off and not reason:
            raise Refused(N_("Give a reason."), place="reason")
        with self._office.act(Action.UNIT_SWITCH, prison_id) as act:
            unit = act.session.get(models.CourseUnit, unit_id)
            if unit is None:
                raise NotFound(N_("No course has this unit."))
            wanted = select(models.UnitSwitchRow).where(
                models.UnitSwitchRow.prison_id == prison_id, models.UnitSwitchRow.unit_id == unit_id
            )
            stored = act.session.scalars(wanted).one_or_none()
            require_unchanged(stored.version if stored and stored.off else 0, version)
            if stored is None:
                act.add(models.UnitSwitchRow(prison_id=prison_id, unit_id=unit_id, off=off, reason=reason))
            else:
                act.change(stored, stored.version)
                stored.off, stored.reason = off, reason
            act.record("unit_switch", f"prison:{prison_id}", f"{unit.code} {'off' if off else 'on'}")
            act.changed("course", unit.course_id)

    def unit_named(self, course_id: int, code: str) -> Unit:
        """A unit of the course's newest version, by its code. Raises NotFound, which names those that there are."""
        with self._office.read(Action.CLASS_READ) as connection:
            newest = queries.newest(connection, course_id)
            course = next(each for each in class_queries.courses(connection, active_only=False) if each.id == course_id)
        unit = newest.unit_coded(code) if newest else None
        if unit is None:
            raise NotFound(
                N_("The course {course} has no unit with the code {code}. Its units are: {known}."),
                place="unit",
                course=course.code,
                code=code,
                known=tuple(each.code for each in (newest.units if newest else ())),
            )
        return unit


def _follow(act: Act, class_id: int, curriculum: Curriculum) -> None:
    stored = act.session.get_one(models.TrainingClass, class_id)
    act.change(stored, stored.version)
    stored.curriculum_id = curriculum.id
    act.session.flush()
    act.changed("class", class_id)


def _require_new(curriculum: Curriculum, newest: Curriculum | None, seen: int) -> None:
    if newest is not None and not newest.sample and newest.says_the_same(curriculum):
        raise Refused(N_("The curriculum says all this already. Nothing was changed."))
    require_unchanged(newest.number if newest else 0, seen)


def _require_units_kept(connection: Connection, curriculum: Curriculum, class_ids: tuple[int, ...]) -> None:
    """Refuse a version that misses a unit in which somebody of these classes was assessed, or that they are taught."""
    if lines := _lacking(connection, curriculum, class_ids):
        raise CurriculumRefused(lines)


def _lacking(
    connection: Connection, curriculum: Curriculum, class_ids: tuple[int, ...]
) -> tuple[CurriculumProblem, ...]:
    """A line for each unit that the version misses though these classes are taught it or were assessed in it."""
    told = json.dumps(class_ids)
    needed = dict.fromkeys(queries.taught_units(connection, curriculum.course_id, told), _TAUGHT_IN_CLASS)
    needed |= dict.fromkeys(queries.attempted_units(connection, told), _ASSESSED_IN_CLASS)
    missing = [code for code in sorted(needed) if curriculum.unit_coded(code) is None]
    return tuple(CurriculumProblem(needed[code], {"code": code}) for code in missing)


def _written_out(curriculum: Curriculum) -> Curriculum:
    """The curriculum with its texts as they are stored."""
    units = tuple(
        replace(
            unit,
            code=unit.code.strip(),
            name_km=_line(unit.name_km),
            name_en=_line(unit.name_en),
            criteria=tuple(
                replace(each, name_km=_line(each.name_km), name_en=_line(each.name_en)) for each in unit.criteria
            ),
        )
        for unit in curriculum.units
    )
    return replace(curriculum, units=units, source=_line(curriculum.source)[:LONGEST_SOURCE])


def _line(text: str) -> str:
    return " ".join(normalise(text).split())
