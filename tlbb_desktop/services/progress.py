"""The progress board of a class, for whoever may look at it."""

from __future__ import annotations

from tlbb_desktop.domain.progress import Board
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.class_curricula import ClassCurricula
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.progress_reading import read_board


class ProgressService:
    """Reads what learners have reached.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)
        self._curricula = ClassCurricula()

    def board(self, class_id: int) -> Board:
        """The progress board of a class, as one consistent view."""
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            return read_board(connection, class_id, self._office.clock.today(), self._curricula)
