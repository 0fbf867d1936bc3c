"""The release date of one person: how it stands, how it came to it, and a form to move it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_words import DATE_CAUSE_NAMES
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_dates import DateCause, ReleaseDate, ReleaseStory
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_in_words, day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.choices import NOTHING, choices_of, day_or_nothing
from tlbb_desktop.screens.cases.kept_form import KeptForm
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.wiring import Desk

LINES_IN_SIGHT: Final = 4
#: The causes that somebody can give.
CAUSES: Final = {cause: name for cause, name in DATE_CAUSE_NAMES.items() if cause is not DateCause.UNSAID}
STORY_COLUMNS: Final[tuple[Column[ReleaseDate], ...]] = (
    Column("official", N_("Official day"), lambda line: day_or_nothing(line.official_on)),
    Column("planned", N_("Planned day"), lambda line: day_or_nothing(line.planned_on)),
    Column("cause", Np_("of a release date", "Cause"), lambda line: _(DATE_CAUSE_NAMES[line.cause])),
    Column("source", Np_("of a release date", "Source"), lambda line: line.source or NOTHING),
    Column("known", N_("Heard on"), lambda line: day_text(line.known_on)),
)
SOURCE_COLUMN: Final = 3
DATE_SECTIONS: Final = (
    Section(
        N_("Another release date"),
        (
            Question("official_on", N_("Official day"), "day"),
            Question("cause", Np_("of a release date", "Cause"), "choice", choices_of(CAUSES)),
            Question("source", N_("Source: who or which paper says so"), wide=True),
        ),
        N_("Leave the day empty where there is no release date any more. A weekend or holiday is rolled back."),
    ),
)


class ReleaseDateCard(QWidget):
    """Shows the story of a release date.

    Args:
        desk: the services.
        parent: where it stands.

    Signals:
        moved: the date is another.
        troubled: a TlbbError that belongs to no field.
    """

    moved = Signal()
    troubled = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person_id = 0
        self._reason: ReadReason | None = None
        self._story = ReleaseStory(None, None, ())
        self.card = Card(N_("Release date"), "", self)
        self.standing, self.table = WrappingLabel(self.card), LineTable(self.card)
        self.table.set_columns(STORY_COLUMNS, SOURCE_COLUMN)
        self.table.keep_lines_in_sight(LINES_IN_SIGHT)
        self.card.body.addWidget(self.standing)
        self.card.body.addWidget(self.table)
        self.change = KeptForm(DATE_SECTIONS, N_("Set this release date"), self._set, self)
        self.change.kept.connect(self.moved)
        self.change.troubled.connect(self.troubled)
        self.change.outdated.connect(self.read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.card)
        column.addWidget(self.change)
        self._word()

    def show_person(self, person_id: int, reason: ReadReason | None = None) -> None:
        """Show the story of somebody, read for a *reason* where their case is sealed; may raise TlbbError."""
        self._reason = reason
        if person_id != self._person_id:
            self._person_id = person_id
            self.change.forget()
        self.read()

    def read(self) -> None:
        """Read the story anew; may raise TlbbError."""
        self._show(self._desk.release_dates.story(self._person_id, self._reason))

    def _show(self, story: ReleaseStory) -> None:
        self._story = story
        self.table.show_lines(dict(enumerate(story.lines)))
        self.table.setVisible(bool(story.lines))
        may_change = self._reason is None and self._desk.office.may(Action.RELEASE_DATE_WRITE)
        self.change.fill({"cause": DateCause.SENTENCE}, editable=may_change)
        self.change.setVisible(may_change)
        self._word()

    def _set(self, values: Mapping[str, Any]) -> None:
        dates, seen = self._desk.release_dates, self._story.official_on
        story = dates.set_date(self._person_id, values["official_on"], values["cause"], values["source"], seen)
        self.change.forget()
        self._show(story)

    def _word(self) -> None:
        story = self._story
        if story.official_on is None or story.planned_on is None:
            self.standing.setText(_("No release date is recorded."))
        elif story.planned_on == story.official_on:
            self.standing.setText(labelled(_("Release date"), day_in_words(story.official_on)))
        else:
            rolled = _("{official} is a day off. Planned: {planned}, the last working day before it.")
            official, planned = day_in_words(story.official_on), day_in_words(story.planned_on)
            self.standing.setText(rolled.format(official=official, planned=planned))
        self.table.setAccessibleName(_("How the release date changed"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
