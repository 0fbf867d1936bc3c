"""How the papers of learners look: the heading of each, and whether certificates show photos."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tlbb_desktop.domain.consents import PHOTOS_ON_CERTIFICATES
from tlbb_desktop.domain.paper_headings import HEADING_NAMES, PaperHeading, PaperTemplate
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.values import ValuesSection
from tlbb_desktop.widgets.small_form import Choices, Field
from tlbb_desktop.wiring import Desk

TEMPLATE_NAMES = {
    PaperTemplate.CERTIFICATE: N_("Head of a certificate"),
    PaperTemplate.STATEMENT: N_("Head of a partial-unit statement"),
    PaperTemplate.TRAINING_RECORD: N_("Head of a training record"),
}
DEFAULTS = {**{template.setting: PaperHeading.NGO.value for template in PaperTemplate}, PHOTOS_ON_CERTIFICATES: False}


class PapersSection(ValuesSection):
    """Values of the programme that papers take where nobody asks for others."""

    title = Np_("settings", "Papers")

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        fields = [
            *(Field(template.setting, name, "choice", _headings) for template, name in TEMPLATE_NAMES.items()),
            Field(PHOTOS_ON_CERTIFICATES, N_("Print the photo of learners who agreed to it"), "yes"),
        ]
        super().__init__(
            desk,
            tasks,
            N_("Papers of learners"),
            N_(
                "The motto of the Kingdom belongs to papers of the state. Put it on a paper only where an authority"
                " issues it or asks for it."
            ),
            fields,
            DEFAULTS,
            parent,
        )
        self.column.addStretch()
        self.word()


def _headings() -> Choices:
    return [(heading.value, _(name)) for heading, name in HEADING_NAMES.items()]
