"""Database accounts of members of staff, where the record lies on a server."""

from __future__ import annotations

from sqlalchemy import select

from tlbb_desktop.data.models import Staff
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office


class ServerAccountService:
    """Says which account of the database belongs to which member of staff.

    Args:
        office: who acts on which record.
        holder: home and open keys.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office = office
        self._holder = holder

    def give(self, username: str, account: str) -> None:
        """Let the database account *account* work as *username*: the server then shows it only what is theirs.

        Args:
            username: login name of a member of staff.
            account: name of an account that whoever looks after the server has made.

        Raises:
            NotPermitted: only who keeps the users may, and only with the account that owns the programme.
            Refused: the record lies on this computer, or the account may do everything.
            NotFound: there is no such member or account.
        """
        with self._office.act(Action.STAFF_WRITE) as act:
            if not self._holder.home.server:
                raise Refused(N_("This record lies on this computer, where there are no database accounts."))
            member = act.session.scalars(select(Staff).where(Staff.username == username, Staff.active)).one_or_none()
            if member is None:
                raise NotFound(N_("Nobody has the login name {name}."), name=username)
            from tlbb_desktop.data.server.accounts import give_account

            give_account(act.connection, account, member.username)
            act.record("server_account", f"staff:{member.id}", account)
