"""Which units a class is taught: its version of the curriculum, less what its prison leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import curricula as queries
from tlbb_desktop.data.queries import training as training_queries
from tlbb_desktop.domain.curricula import Curriculum, Unit, UnitSwitch
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.office import Act


@dataclass(frozen=True, slots=True)
class ClassCurriculum:
    """What a class is taught.

    Args:
        course_id: row of its course.
        whole: the version that it follows, or None for a class without units.
        taught: the same without the units that are left out.
        off: the units that its prison leaves out.
    """

    course_id: int
    whole: Curriculum | None
    taught: Curriculum | None
    off: tuple[UnitSwitch, ...]

    @property
    def off_here(self) -> tuple[UnitSwitch, ...]:
        """Those of the units left out that the version has at all."""
        return tuple(switch for switch in self.off if self.whole and self.whole.unit(switch.unit_id))


class ClassCurricula:
    """Reads what classes are taught; a version never changes, so each is read once."""

    def __init__(self) -> None:
        self._versions: dict[int, Curriculum] = {}

    def of(self, connection: Connection, class_id: int) -> ClassCurriculum:
        """What the class is taught today."""
        course_id, curriculum_id, prison_id = connection.exec_driver_sql(
            "SELECT course_id, curriculum_id, prison_id FROM training_class WHERE id = ?", (class_id,)
        ).one()
        if curriculum_id is None:
            return ClassCurriculum(course_id, None, None, ())
        whole = self._version(connection, curriculum_id)
        off = queries.switches(connection, prison_id)
        left_out = {switch.unit_id for switch in off}
        return ClassCurriculum(course_id, whole, whole.without(left_out) if whole and left_out else whole, off)

    def required(self, connection: Connection, class_id: int) -> tuple[ClassCurriculum, Curriculum]:
        """What the class is taught. Raises Refused for a class that is taught without units."""
        found = self.of(connection, class_id)
        if found.taught is None:
            raise Refused(N_("This class is taught without units. A manager can put it on the course's curriculum."))
        return found, found.taught

    def _version(self, connection: Connection, curriculum_id: int) -> Curriculum | None:
        if curriculum_id not in self._versions:
            found = queries.curriculum(connection, curriculum_id)
            if found is None:
                return None
            self._versions[curriculum_id] = found
        return self._versions[curriculum_id]


def unit_here(found: ClassCurriculum, unit_id: int) -> Unit:
    """A unit that the class is taught.

    Raises:
        Refused: its prison leaves it out.
        NotFound: the class's curriculum does not have it.
    """
    unit = found.taught.unit(unit_id) if found.taught else None
    if unit is not None:
        return unit
    for switch in found.off_here:
        if switch.unit_id == unit_id:
            raise Refused(N_("Unit {unit} is not taught at this prison."), place="unit", unit=switch.code)
    raise NotFound(N_("The class's curriculum does not have this unit."), place="unit")


def unit_coded(found: ClassCurriculum, code: str) -> Unit:
    """A unit that the class is taught, by its code; see :func:`unit_here`."""
    unit = found.whole.unit_coded(code) if found.whole else None
    if unit is None or unit.id is None:
        raise NotFound(
            N_("The class has no unit with the code {code}. Its units are: {known}."),
            place="unit",
            code=code,
            known=tuple(each.code for each in (found.taught.units if found.taught else ())),
        )
    return unit_here(found, unit.id)


def begin_again(act: Act, stored: models.TrainingClass) -> None:
    """Put a class that moved to another course on that one's curriculum.

    Raises:
        Refused: learners of the class were assessed already.
    """
    connection = act.connection
    if training_queries.was_assessed(connection, stored.id):
        raise Refused(
            N_("Learners of this class were assessed, so its course stays. Make a new class for the other course."),
            place="course",
        )
    of_class = select(models.ClassSession.id).where(models.ClassSession.class_id == stored.id)
    act.session.execute(delete(models.SessionUnit).where(models.SessionUnit.session_id.in_(of_class)))
    act.session.execute(delete(models.ClassUnit).where(models.ClassUnit.class_id == stored.id))
    begin(act, stored)


def begin_earlier(act: Act, class_id: int, before: date, after: date) -> None:
    """Let a class whose first day moved from *before* to *after* be at its first unit from then on.

    A class that took up its units on a later day keeps that day.
    """
    wanted = select(models.ClassUnit).where(models.ClassUnit.class_id == class_id).order_by(models.ClassUnit.starts_on)
    first = act.session.scalars(wanted.limit(1)).one_or_none()
    if first is not None and after < first.starts_on <= before:
        act.change(first, first.version)
        first.starts_on = after


def begin(act: Act, stored: models.TrainingClass) -> None:
    """Put a new class on the newest curriculum of its course and at the first unit that its prison teaches."""
    connection = act.connection
    stored.curriculum_id = queries.newest_id(connection, stored.course_id)
    act.session.flush()
    if stored.curriculum_id is not None:
        start_first_unit(act, stored.id, stored.starts_on)


def start_first_unit(act: Act, class_id: int, day: date) -> None:
    """Let a class be at its first unit from *day* on, where it is at none yet."""
    taught = ClassCurricula().of(act.connection, class_id).taught
    known = act.connection.exec_driver_sql("SELECT 1 FROM class_unit WHERE class_id = ?", (class_id,)).first()
    if taught and taught.units and known is None:
        act.add(models.ClassUnit(class_id=class_id, starts_on=day, unit_id=taught.units[0].id))
