"""A key at the register writes fewer pages: three indexes less, and acts know their history by its rows."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the indexes and tell each act which rows of the history are its own."""
    for index in ("ix_audit_event_staff_at", "ix_mark_act_undo", "ix_mark_history_act"):
        op.execute(f"DROP INDEX {index}")
    for column in ("first_history", "cells"):
        op.execute(f"ALTER TABLE mark_act ADD COLUMN {column} INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        "UPDATE mark_act SET first_history = history.first, cells = history.cells"
        " FROM (SELECT act_id, min(id) AS first, count(*) AS cells FROM mark_history GROUP BY act_id) AS history"
        " WHERE history.act_id = mark_act.id"
    )
