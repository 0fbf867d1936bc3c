"""Things to do for a case that no form has a due day for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tlbb_desktop.domain.strengths import SafetyRisk


class TaskKind(StrEnum):
    """What has to be done."""

    SAFETY = "safety"
    URGENT_LEGAL = "urgent_legal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TaskForm:
    """A task, sealed in its row's compartment.

    Args:
        kind: what has to be done.
        due_at: by when, aware.
        risk: the danger behind it, or None.
        text: in words, for other tasks.
        assessment_id, note_id: where it was seen, or None.
        done_note: what was done.
    """

    kind: TaskKind
    due_at: datetime
    risk: SafetyRisk | None = None
    text: str = ""
    assessment_id: int | None = None
    note_id: int | None = None
    done_note: str = ""


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A task with its row (None for a new one), case, when it was done (or None) and version."""

    id: int | None
    case_id: int
    form: TaskForm
    done_at: datetime | None = None
    version: int = 0
