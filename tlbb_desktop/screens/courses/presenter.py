"""What the courses page lists, and its files, without widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tlbb_desktop.domain.classes import Course
from tlbb_desktop.domain.curricula import Curriculum
from tlbb_desktop.khmer import holds, search_key
from tlbb_desktop.wiring import Desk

FOLDER_SETTING = "courses_folder"


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A line of the list of courses.

    Args:
        course: what is taught.
        newest: its newest version, or None.
        running: how many classes of it are not over.
    """

    course: Course
    newest: Curriculum | None
    running: int


class CoursesPresenter:
    """The list of courses.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lines: tuple[CourseLine, ...] = ()

    def load(self) -> None:
        """Read the list afresh."""
        today, desk = self._desk.office.clock.today(), self._desk
        running: dict[str, int] = {}
        for row in desk.classes.classes():
            running[row.course_code] = running.get(row.course_code, 0) + (row.ends_on >= today)
        self._lines = tuple(
            CourseLine(each, desk.curricula.newest(each.id or 0), running.get(each.code, 0))
            for each in desk.classes.courses()
        )

    def lines(self, text: str = "") -> dict[int, CourseLine]:
        """Courses whose code or title holds *text*, in any script."""
        wanted = search_key(text)
        return {
            line.course.id or 0: line
            for line in self._lines
            if holds(wanted, line.course.code, line.course.name_km, line.course.name_en)
        }

    def export(self, course_id: int, path: Path) -> Path:
        """Write the newest version of a course as XLSX."""
        return self._desk.curriculum_files.export(course_id, path)

    def read_file(self, course_id: int, path: Path) -> Curriculum:
        """The curriculum that a file holds; nothing is stored."""
        return self._desk.curriculum_files.read(course_id, path)[0]

    def folder(self, otherwise: Path) -> Path:
        """Where this reader's files are; *otherwise* when there is no such folder now."""
        kept = self._desk.settings.mine(FOLDER_SETTING)
        return Path(kept) if kept and Path(kept).is_dir() else otherwise

    def keep_folder(self, folder: Path) -> None:
        """Remember where files are."""
        self._desk.settings.put_mine(FOLDER_SETTING, str(folder))
