"""Cases from intake to what is known afterwards: legal files, assessments, plans, notes, releases, follow-up, outcomes.

Consents of before stay as they are; how, by whom and until when is asked for new ones only.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the new columns of ``consent``, from the SQL file beside this one."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
