"""The heading of each template, as a manager has set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlbb_desktop.domain.paper_headings import PaperHeading, PaperTemplate, heading_read
from tlbb_desktop.services.settings import SettingsService

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import Heading


class PaperHeadings:
    """Reads for everybody; managers write the settings behind it.

    Args:
        settings: where the headings are kept.
    """

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    def of(self, template: PaperTemplate) -> PaperHeading:
        """The heading of *template*; the organisation alone until a manager says otherwise."""
        return heading_read(self._settings.get(template.setting))


def on_paper(heading: PaperHeading) -> Heading:
    """The heading as papers know it."""
    from tlbb_desktop.documents.typesetting import Heading

    return Heading(heading.value)
