"""Named values of this laptop's programme, and of each member of staff."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from tlbb_desktop.data.models import Setting
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Office


class SettingsService:
    """Reads for everybody; the programme's own values are written by managers, one's own by oneself.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def get(self, name: str, default: Any = None) -> Any:
        """The value of *name*, or *default*; such as ``prison``, ``language``, ``series``."""
        with self._office.store.read() as connection:
            stored = connection.execute(select(Setting.value).where(Setting.name == name)).scalar()
        return default if stored is None else json.loads(stored)

    def put(self, name: str, value: Any) -> None:
        """Set the programme's value of *name* (anything that JSON holds)."""
        with self._office.act(Action.SETTINGS_WRITE) as act:
            act.session.merge(Setting(name=name, value=json.dumps(value)))
            act.record("setting", name)
            act.changed("setting")

    def mine(self, name: str, default: Any = None) -> Any:
        """The actor's own value of *name*, or *default*."""
        return self.get(self._own(name), default)

    def put_mine(self, name: str, value: Any) -> None:
        """Set the actor's own value of *name*; a matter of taste, so it needs no permission and is not audited."""
        with self._office.store.write() as session:
            session.merge(Setting(name=self._own(name), value=json.dumps(value)))

    def _own(self, name: str) -> str:
        return f"staff:{self._office.actor.staff_id}:{name}"
