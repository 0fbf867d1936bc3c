"""Curricula, what sessions teach, attempts, records from other places, submissions to the Ministry.

A record that is brought up gets the sample curricula of its courses. Its classes go on without units: nobody recorded
which unit they are at, so a manager puts them on a curriculum when they want it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from tlbb_desktop.data.sample_curricula import plant_missing

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, from the SQL file beside this one, and plant the samples."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
    plant_missing(op.get_bind())
