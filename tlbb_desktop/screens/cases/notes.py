"""Notes of a case: what they ask, who may read and change them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind, is_locked
from tlbb_desktop.domain.case_words import CHANGE_STAGE_NAMES, NOTE_KIND_NAMES
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import NOTHING, choices_of
from tlbb_desktop.screens.cases.protected import ProtectedReader
from tlbb_desktop.screens.cases.words import BETWEEN
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.wiring import Desk

MOODS: Final = (1, 2, 3, 4, 5)


def _moods() -> Choices:
    return [(None, NOTHING), *((mood, digits(mood)) for mood in MOODS)]


class NoteRecords(FollowingRecords[CaseNote]):
    """Notes of one case.

    Args:
        desk: the services.
        reader: how far notes that only their author reads open.
    """

    columns: tuple[Column[CaseNote], ...] = (
        Column("day", N_("Day"), lambda note: day_text(note.on_day)),
        Column("kind", Np_("of a note", "Kind"), lambda note: kind_words(note)),  # noqa: PLW0108 - it stands below
        Column("author", N_("Author"), lambda note: note.author),
        Column("text", Np_("of a note", "Text"), lambda note: first_line(note)),  # noqa: PLW0108 - it stands below
    )
    wide = 3
    sections = (
        Section(
            "",
            (
                Question("on_day", N_("Day"), "day"),
                Question("kind", Np_("of a note", "Kind"), "choice", choices_of(NOTE_KIND_NAMES)),
                Question("summary", Np_("of a note", "Text"), "text", wide=True),
                Question("minutes", N_("Minutes"), "number"),
                Question("place", N_("Place")),
                Question("present", N_("Who else was there"), wide=True),
                Question("mood", N_("Mood from 1 (bad) to 5 (good)"), "choice", _moods),
                Question("risk_seen", N_("Was a danger seen? It opens a task for 24 hours"), "yes"),
                Question("next_on", N_("Next time"), "day"),
            ),
        ),
        Section(
            N_("Alcohol and drugs"),
            (
                Question("stage", N_("Stage of change"), "choice", choices_of(CHANGE_STAGE_NAMES, empty=True)),
                Question("days_since_use", N_("Days since the last use"), "number"),
                Question("trigger", N_("What leads to use"), "text"),
                Question("plan", N_("What was agreed"), "text"),
            ),
        ),
    )

    def __init__(self, desk: Desk, reader: ProtectedReader) -> None:
        self._desk, self._reader = desk, reader
        self._case: CaseFile | None = None
        self.notes: dict[int, CaseNote] = {}

    def show_case(self, case: CaseFile) -> None:
        """From now on, the notes of this case."""
        self._case = case

    def lines(self) -> dict[int, CaseNote]:
        """Every note, the newest day first."""
        if self._case is None or self._case.id is None:
            return {}
        self.notes = {each.id or 0: each for each in self._desk.case_notes.notes(self._case.id, self._reader.reason)}
        return self.notes

    @override
    def asked(self, record: CaseNote | None, values: Mapping[str, Any]) -> Collection[str] | None:
        """Nothing of a protected note; stages only where it is about alcohol and drugs."""
        if record is not None and record.form is None:
            return ()
        return None if values["kind"] is NoteKind.COUNSELLING else COMMON_QUESTIONS

    def sign(self, record: CaseNote) -> tuple[str, IconRole] | None:
        """A shut eye before what only its author reads, a lock before what is only added to."""
        if record.form is None:
            return "eye-off", "muted"
        if record.form.risk_seen:
            return "triangle-alert", "warning"
        return ("lock", "muted") if self.is_locked(record) else None

    def values_of(self, record: CaseNote | None) -> Mapping[str, Any]:
        """The form of a note; a new one is of today."""
        if record is None:
            return {"on_day": self._desk.office.clock.today(), "kind": NoteKind.INDIVIDUAL}
        if record.form is None:
            return {"on_day": record.on_day, "next_on": record.next_on}
        values = {each.name: getattr(record.form, each.name) for each in fields(record.form)}
        return {**values, "on_day": record.on_day, "minutes": record.form.minutes or None}

    def missing(self, record: CaseNote) -> Iterable[str]:
        """The text, while it is not written yet."""
        return ("summary",) if record.form is not None and not record.form.summary else ()

    def may_add(self) -> bool:
        """Whether the reader writes notes in this case."""
        return self._reader.may_write

    def may_change(self, record: CaseNote) -> bool:
        """The author changes a note for 72 hours."""
        mine = record.author_id == self._desk.actor.staff_id
        return self.may_add() and mine and not self.is_locked(record)

    def may_add_to(self, record: CaseNote) -> bool:
        """Whether something is added to a note rather than changed in it."""
        withheld = record.form is None or (record.form.restricted and record.author_id != self._desk.actor.staff_id)
        return self.may_add() and not withheld and not self.may_change(record)

    def keep(self, record: CaseNote | None, values: Mapping[str, Any]) -> int:
        """Store a note."""
        if self._case is None or self._case.id is None:
            return 0
        known = dict(values)
        on_day: date | None = known.pop("on_day")
        if on_day is None:
            raise Refused(N_("Write the day."), place="on_day")
        known |= {"minutes": known["minutes"] or 0, "risk_seen": bool(known["risk_seen"])}
        note = record or CaseNote(None, self._case.id, on_day, None)
        return self._desk.case_notes.save(replace(note, on_day=on_day, form=NoteForm(**known)))

    def is_locked(self, record: CaseNote) -> bool:
        """Whether a note is only added to."""
        return record.saved_at is not None and is_locked(record.saved_at, self._desk.office.clock.now())


#: What is asked of every kind; the other card is for counselling about alcohol and drugs only.
COMMON_QUESTIONS: Final = frozenset(question.name for question in NoteRecords.sections[0].questions)


def kind_words(note: CaseNote) -> str:
    """The kind; "protected" where only the author may know it."""
    return _(NOTE_KIND_NAMES[note.form.kind]) if note.form is not None else _("Protected")


def first_line(note: CaseNote) -> str:
    """How a note begins; of a protected one that the person came, and when next."""
    if note.form is None:
        return attended_words(note)
    return note.form.summary.partition("\n")[0] or NOTHING


def attended_words(note: CaseNote) -> str:
    """What everybody who works with the case may know of a protected note."""
    words = [_("Attended")]
    if note.next_on is not None:
        words.append(labelled(_("Next time"), day_text(note.next_on)))
    return BETWEEN.join(words)
