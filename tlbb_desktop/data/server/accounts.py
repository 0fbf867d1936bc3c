"""The database accounts of members of staff."""

from __future__ import annotations

from sqlalchemy import Connection

from tlbb_desktop.data.server.driver import SCHEMA
from tlbb_desktop.data.server.row_security import grants
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_

_FUNCTIONS = "next_key(text, text), my_staff_id(), sees_everything(), my_prisons(), my_people()"


def give_account(connection: Connection, role: str, username: str) -> None:
    """Let the database account *role*, which the server's administrator has made, work as the member *username*.

    Args:
        connection: of the programme's owner, in a transaction that writes.
        role: name of the account.
        username: login name of a member of staff.

    Raises:
        NotFound: there is no such account.
        Refused: it may do everything already, so that no row would be kept from it.
    """
    found = connection.exec_driver_sql(
        "SELECT quote_ident(rolname) AS quoted, rolsuper OR rolbypassrls OR pg_has_role(rolname,"
        " (SELECT nspowner FROM pg_namespace WHERE nspname = ?), 'MEMBER') AS unlimited"
        " FROM pg_roles WHERE rolname = ?",
        (SCHEMA, role),
    ).first()
    if found is None:
        raise NotFound(N_("The server has no account {role}. Whoever looks after the server makes it."), role=role)
    if found.unlimited:
        raise Refused(
            N_(
                "The account {role} owns the programme or may do everything on the server. Nothing was changed."
                " Take another account."
            ),
            role=role,
        )
    for statement in grants(found.quoted, SCHEMA):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION {_FUNCTIONS} TO {found.quoted}")
    connection.exec_driver_sql(
        "INSERT INTO server_account (role, username) VALUES (?, ?)"
        " ON CONFLICT (role) DO UPDATE SET username = excluded.username",
        (role, username),
    )
