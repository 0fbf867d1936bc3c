"""What an absence list would do to a class and what became of it, without widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.attendance_import import AttendanceImport, AttendanceTaken, RefusedCell
from tlbb_desktop.wiring import Desk

FOLDER_SETTING = "absence_list_folder"


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A list that was read; nothing is written yet.

    Args:
        path: of the file.
        class_code: the class into which it would go.
        plan: what it would do.
        marks: number of cells to be set, by mark.
        to_be_held: number of planned sessions that become held.
    """

    path: Path
    class_code: str
    plan: AttendanceImport
    marks: Mapping[MarkCode, int]
    to_be_held: int


class ImportPresenter:
    """One list on its way into the register.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.preview: ListPreview | None = None
        self.taken: AttendanceTaken | None = None

    def start(self) -> None:
        """Forget the list before."""
        self.preview = self.taken = None

    @property
    def refused(self) -> tuple[RefusedCell, ...]:
        """The cells and rows that are left out."""
        return self.preview.plan.refused if self.preview else ()

    def reader(self, class_id: int, path: Path) -> Callable[[], ListPreview]:
        """The work of reading a list, to be done in the background."""

        def read() -> ListPreview:
            plan = self._desk.attendance_import.read(class_id, path)
            wished = {wish.session_id for wish in plan.wishes}
            sessions = self._desk.classes.sessions(class_id, plan.month.first, plan.month.last)
            return ListPreview(
                path=path,
                class_code=self._desk.classes.row(class_id).code,
                plan=plan,
                marks=Counter(wish.code for wish in plan.wishes if wish.code is not None),
                to_be_held=sum(one.id in wished and one.state is SessionState.PLANNED for one in sessions),
            )

        return read

    def taker(self, preview: ListPreview) -> Callable[[], AttendanceTaken]:
        """The work of setting the marks of *preview*, to be done in the background."""
        return lambda: self._desk.attendance_import.take(preview.plan)

    def write_refused(self, path: Path, language: str) -> None:
        """Write the cells that were left out, each with its reason in *language*, as CSV."""
        if self.taken is not None:
            self._desk.attendance_import.write_refused(self.taken, path, language)

    def folder(self, otherwise: Path) -> Path:
        """Where this reader's last list was; *otherwise* when there is no such folder now."""
        kept = self._desk.settings.mine(FOLDER_SETTING)
        return Path(kept) if kept and Path(kept).is_dir() else otherwise

    def keep_folder(self, folder: Path) -> None:
        """Remember where the list was."""
        self._desk.settings.put_mine(FOLDER_SETTING, str(folder))
