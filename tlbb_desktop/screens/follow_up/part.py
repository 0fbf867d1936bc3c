"""What every part of somebody's follow-up is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tlbb_desktop.domain.due_contacts import FollowedPerson


class FollowUpPart(QWidget):
    """Shows one part of what comes after a release.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError for the banner.
        changed: the list of contacts is another than before.
    """

    said = Signal(str)
    troubled = Signal(object)
    changed = Signal()

    def show_person(self, person: FollowedPerson) -> None:
        """Show this person; called again when something was changed."""
        raise NotImplementedError

    def show_record(self, row: int) -> None:
        """Go to one record of the part."""

    def put_cursor(self) -> None:
        """Put the cursor where work begins."""

    def may_be_left(self) -> bool:
        """Whether nothing that is typed would be lost."""
        return True

    def undo(self) -> None:
        """Take the last change of the part back."""

    def draft(self) -> dict[str, object] | None:
        """What is half typed; see ``widgets.page.Page.draft``."""
        return None

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what :meth:`draft` gave."""
