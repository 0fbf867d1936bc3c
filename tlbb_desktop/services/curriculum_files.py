"""Curricula as files: written for editing, and taken in as a new version."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import curricula as queries
from tlbb_desktop.domain.classes import Course
from tlbb_desktop.domain.curricula import Curriculum, CurriculumProblem, CurriculumRefused
from tlbb_desktop.domain.curriculum_table import COURSE_SHEET, read_sheets, written_sheets
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.curricula import CurriculumService
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.spreadsheets import read_spreadsheet
from tlbb_desktop.services.whole_file import write_whole

_WIDTHS: Final = (14, 42, 42, 34, 12)


class CurriculumFileService:
    """Hands curricula out as workbooks and takes them in.

    Args:
        office: who acts on which record.
        curricula: stores what comes in.
    """

    def __init__(self, office: Office, curricula: CurriculumService) -> None:
        self._office, self._curricula = office, curricula

    def export(self, course_id: int, path: Path) -> Path:
        """Write the newest version of a course's curriculum as XLSX.

        Raises:
            NotFound: the course has no curriculum.
            StorageFull, Refused: the file could not be written.
        """
        from tlbb_desktop.documents.plain_workbook import PlainSheet, plain_workbook

        with self._office.read(Action.CLASS_READ) as connection:
            course = _course(class_queries.courses(connection, active_only=False), course_id)
            newest = queries.newest(connection, course_id)
        if newest is None:
            raise NotFound(N_("The course {course} has no curriculum yet."), course=course.code)
        title = f"{course.code} {newest.number}"
        sheets = [
            PlainSheet(name, rows, _WIDTHS, headed=name != COURSE_SHEET)
            for name, rows in written_sheets(course, newest)
        ]
        write_whole(path, plain_workbook(sheets, title, self._office.clock.today()))
        return path

    def read(self, course_id: int, path: Path) -> tuple[Curriculum, int]:
        """The curriculum that a file holds, and the number of the version that it takes the place of (0 = none).

        That is the version which the file was written from, where it says so and this laptop has stored as many;
        otherwise the one that stands now.

        Raises:
            BadFile: it cannot be read as a spreadsheet, or has no sheet of units.
            CurriculumRefused: lines that cannot be read, or the file is of another course.
        """
        with self._office.read(Action.COURSE_WRITE) as connection:
            course = _course(class_queries.courses(connection, active_only=False), course_id)
            newest = queries.newest(connection, course_id)
        found = read_sheets(read_spreadsheet(path), course_id)
        if found.course_code and found.course_code != course.code:
            raise CurriculumRefused(
                [
                    CurriculumProblem(
                        N_("The file is of the course {found}, not of {course}. Nothing was changed."),
                        {"found": found.course_code, "course": course.code},
                    )
                ]
            )
        standing = newest.number if newest else 0
        return found.curriculum, standing if found.version is None else min(found.version, standing)

    def take(self, course_id: int, path: Path, *, classes_follow: bool = True) -> Curriculum:
        """Take a file in as the course's new version; see ``CurriculumService.save`` for what is refused.

        Raises:
            ChangedMeanwhile: somebody stored a version after the file was written.
        """
        curriculum, seen = self.read(course_id, path)
        return self._curricula.save(curriculum, seen, classes_follow=classes_follow)


def _course(courses: tuple[Course, ...], course_id: int) -> Course:
    found = next((course for course in courses if course.id == course_id), None)
    if found is None:
        raise NotFound(N_("This course is not on record any more."))
    return found
