"""Named values of this laptop's programme, and of each member of staff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from tlbb_desktop.data.models import Setting
from tlbb_desktop.data.queries.settings import setting_value
from tlbb_desktop.domain.errors import ChangedMeanwhile
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Act, Office


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
        return setting_value(stored, default)

    def put(self, name: str, value: Any) -> None:
        """Set the programme's value of *name* (anything that JSON holds), whatever it was."""
        with self._office.act(Action.SETTINGS_WRITE) as act:
            self._store(act, name, value)

    def change(self, values: Mapping[str, Any], seen: Mapping[str, Any]) -> None:
        """Set several values of the programme at once.

        Args:
            values: the new ones.
            seen: what they were when they were read, None where they were not set.

        Raises:
            ChangedMeanwhile: one of them is not what was seen any more; none is changed.
        """
        with self._office.act(Action.SETTINGS_WRITE) as act:
            for name, value in values.items():
                stored = act.session.get(Setting, name)
                if setting_value(stored.value if stored else None) != seen.get(name):
                    raise ChangedMeanwhile
                self._store(act, name, value)

    def mine(self, name: str, default: Any = None) -> Any:
        """The actor's own value of *name*, or *default*."""
        return self.get(self._own(name), default)

    def put_mine(self, name: str, value: Any) -> None:
        """Set the actor's own value of *name*; a matter of taste, so it needs no permission and is not audited."""
        with self._office.store.write() as session:
            session.merge(Setting(name=self._own(name), value=json.dumps(value)))

    @staticmethod
    def _store(act: Act, name: str, value: Any) -> None:
        act.session.merge(Setting(name=name, value=json.dumps(value)))
        act.record("setting", name)
        act.changed("setting")

    def _own(self, name: str) -> str:
        return f"staff:{self._office.actor.staff_id}:{name}"
