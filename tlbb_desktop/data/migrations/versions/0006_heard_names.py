"""Names that have a Latin spelling are found by their sound, too: the search texts of everybody are made anew."""

from __future__ import annotations

from alembic import op

from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.person_keys import person_keys

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PEOPLE = "SELECT id, family_km, given_km, family_latin, given_latin, nickname, code FROM person"


def upgrade() -> None:
    """Make the search texts as the program makes them for who is entered now."""
    connection = op.get_bind()
    texts = [
        (person_keys(Names(*names), code).search_text, person_id)
        for person_id, *names, code in connection.exec_driver_sql(_PEOPLE)
    ]
    if texts:
        connection.exec_driver_sql("UPDATE person SET search_text = ? WHERE id = ?", texts)
