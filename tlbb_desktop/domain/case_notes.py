"""Notes about a case by kind; a note is locked 72 hours after it was saved first, then only added to (form E)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

LOCKED_AFTER: Final = timedelta(hours=72)


class NoteKind(StrEnum):
    """What a note is about."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    COUNSELLING = "counselling"
    FAMILY_MEDIATION = "family_mediation"
    CRISIS = "crisis"
    CASE_CONFERENCE = "case_conference"


#: Notes that only their author reads, and a manager with a reason.
RESTRICTED_NOTES: Final = frozenset({NoteKind.COUNSELLING, NoteKind.CRISIS})


class ChangeStage(StrEnum):
    """Where somebody stands with alcohol or drugs."""

    NOT_READY = "not_ready"
    THINKING = "thinking"
    PREPARING = "preparing"
    ACTING = "acting"
    MAINTAINING = "maintaining"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True)
class NoteForm:
    """A note.

    Args:
        kind: what it is about.
        summary: the text.
        minutes: how long it took.
        place, present: where, and who else was there.
        mood: 1 to 5, or None.
        stage: with alcohol or drugs, or None.
        days_since_use: or None.
        trigger, plan: of counselling about alcohol and drugs.
        risk_seen: whether a danger was seen; it opens a task for 24 hours.
        next_on: the next time, or None.
    """

    kind: NoteKind
    summary: str = ""
    minutes: int = 0
    place: str = ""
    present: str = ""
    mood: int | None = None
    stage: ChangeStage | None = None
    days_since_use: int | None = None
    trigger: str = ""
    plan: str = ""
    risk_seen: bool = False
    next_on: date | None = None

    @property
    def restricted(self) -> bool:
        """Whether it is sealed under ``counselling`` and only its author reads it."""
        return self.kind in RESTRICTED_NOTES

    @property
    def searched(self) -> str:
        """The text that a search looks through."""
        return "\n".join(each for each in (self.summary, self.trigger, self.plan, self.present, self.place) if each)


@dataclass(frozen=True, slots=True)
class AddendumForm:
    """What was added to a locked note."""

    text: str


@dataclass(frozen=True, slots=True)
class Addendum:
    """An addition with its day and author."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note as a reader sees it; ``form`` is None where only the author may read it ("attended, next date" remains).

    Args:
        id: row, or None for a new one.
        case_id: of which case.
        on_day: the day on which it happened.
        form: the note.
        author_id, author: who wrote it.
        saved_at: when it was saved first, or None.
        addenda: in order of time.
        version: for detecting two editors.
        next_on: the next time, for every reader of the case (form E), or None.
    """

    id: int | None
    case_id: int
    on_day: date
    form: NoteForm | None
    author_id: int = 0
    author: str = ""
    saved_at: datetime | None = None
    addenda: tuple[Addendum, ...] = ()
    version: int = 0
    next_on: date | None = None


def is_locked(saved_at: datetime, now: datetime) -> bool:
    """Whether a note that was saved first at *saved_at* can only be added to."""
    return now - saved_at >= LOCKED_AFTER


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note that a search found: rows, code and name of the person, and the day."""

    note_id: int
    case_id: int
    code: str
    shown_name: str
    on_day: date
