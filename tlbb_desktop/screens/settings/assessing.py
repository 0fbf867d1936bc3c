"""How attempts are checked and shown: a second assessor for a sample, photos of the work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tlbb_desktop.domain.assessment import SECOND_ASSESSOR_PERCENT
from tlbb_desktop.domain.consents import PRACTICAL_PHOTOS
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.values import ValuesSection
from tlbb_desktop.widgets.small_form import Field
from tlbb_desktop.wiring import Desk


class AssessingSection(ValuesSection):
    """Values of the programme about attempts at units; off until a manager asks for them."""

    title = Np_("settings", "Assessment")

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        words = N_("Attempts in a hundred that a second assessor checks")
        super().__init__(
            desk,
            tasks,
            N_("How attempts are checked and shown"),
            N_(
                "The program draws the attempts by lot after they were recorded. The first result counts; where the"
                " second one differs, the board says so. 0 = nobody checks."
            ),
            [
                Field(SECOND_ASSESSOR_PERCENT, words, "number", most=100),
                Field(PRACTICAL_PHOTOS, N_("Keep photos of practical work of learners who agreed to it"), "yes"),
            ],
            {SECOND_ASSESSOR_PERCENT: 0, PRACTICAL_PHOTOS: False},
            parent,
        )
        self.column.addStretch()
        self.word()
