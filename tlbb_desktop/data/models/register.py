"""Marks, their history, the acts that undo takes back, month sheets, questions."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Key, Record, Uuid, Versioned


class MarkRow(Record):
    """The mark that stands in a cell today. One row a cell, kept in the order in which registers read it."""

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_person", "person_id", "session_id"), {"sqlite_with_rowid": False})
    session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code: Mapped[str]
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("absence_reason.id"))
    minutes: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    marked_at: Mapped[At]
    marked_by: Mapped[int | None]


class MarkAct(Record):
    """One act at the register (a key, a fill, an import): what undo takes back as a whole.

    Its history is ``cells`` rows from ``first_history`` on. Every index is one more page to encrypt at each key, so
    whoever looks for an act walks back over the latest ones instead.
    """

    __tablename__ = "mark_act"
    id: Mapped[Key]
    uuid: Mapped[Uuid]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    staff_id: Mapped[int | None]
    at: Mapped[At]
    kind: Mapped[str]
    undone: Mapped[bool] = mapped_column(default=False)
    sessions_before: Mapped[str] = mapped_column(default="")
    first_history: Mapped[int] = mapped_column(server_default="0")
    cells: Mapped[int] = mapped_column(server_default="0")


class MarkHistory(Record):
    """What a cell became in an act, and what it was before; never overwritten."""

    __tablename__ = "mark_history"
    __table_args__ = (Index("ix_mark_history_cell", "session_id", "person_id", "id"),)
    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("mark_act.id"))
    session_id: Mapped[int]
    person_id: Mapped[int]
    code: Mapped[str | None]
    reason_id: Mapped[int | None]
    minutes: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    at: Mapped[At]
    laptop_at: Mapped[At]
    staff_id: Mapped[int | None]


class MonthSheetRow(Versioned, Record):
    """An issued sheet of a class-month with its frozen figures; a correction is a new row with the next number.

    ``as_of`` tells the state of marks, sessions and enrolments that the figures come from, whatever the clock said.
    """

    __tablename__ = "month_sheet"
    __table_args__ = (UniqueConstraint("class_id", "month", "number"),)
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    month: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    corrects: Mapped[int] = mapped_column(default=0)
    figures: Mapped[str]
    as_of: Mapped[str]
    code: Mapped[str]
    issued_at: Mapped[At]
    issued_by: Mapped[int | None]
    signed_on: Mapped[Day | None]
    signed_by: Mapped[str] = mapped_column(default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))


class Question(Versioned, Record):
    """A question that one member of staff leaves for another, such as "is he gone?"."""

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_open", "answered_at", "kind"),)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("training_class.id"))
    text: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[At | None]
    answered_by: Mapped[int | None]
