"""The sites."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from tlbb_desktop.data import models
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.settings import SettingsService


class PrisonService:
    """Sites are no secret inside the programme: everybody reads them, managers edit them.

    Args:
        office: who acts on which record.
        settings: where the home's own prison is named.
    """

    def __init__(self, office: Office, settings: SettingsService) -> None:
        self._office = office
        self._settings = settings

    def prisons(self, *, active_only: bool = False) -> tuple[Prison, ...]:
        """The sites, those where the programme works first, then by code."""
        table = models.Prison
        columns = (table.id, table.code, table.name_km, table.name_en, table.province_code, table.active, table.version)
        query = select(*columns).order_by(table.active.desc(), table.code)
        with self._office.store.read() as connection:
            rows = [Prison(*row) for row in connection.execute(query)]
        return tuple(row for row in rows if row.active or not active_only)

    def own(self) -> Prison | None:
        """The home's prison."""
        code = self._settings.get("prison")
        return next((prison for prison in self.prisons() if prison.code == code), None)

    def prison_with_code(self, code: str) -> Prison:
        """The site with this code, in any case.

        Raises:
            NotFound: there is none.
        """
        wanted = code.strip().upper()
        found = next((prison for prison in self.prisons() if prison.code.upper() == wanted), None)
        if found is None:
            raise NotFound(N_("There is no prison with the code {code}."), place="prison", code=code)
        return found

    def save(self, prison: Prison) -> Prison:
        """Change a site, or add one (``id`` 0); gives it back with its id.

        Raises:
            Refused: code or names are missing, the code is taken, or the home's own prison would be switched off.
            NotFound: there is no such row.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        self._check(prison)
        with self._office.act(Action.PRISON_WRITE) as act:
            if prison.id:
                row = act.session.get(models.Prison, prison.id)
                if row is None:
                    raise NotFound(N_("There is no prison with the code {code}."), code=prison.code)
                act.change(row, prison.version)
                row.code, row.name_km, row.name_en = prison.code, prison.name_km, prison.name_en
                row.province_code, row.active = prison.province_code, prison.active
            else:
                row = models.Prison(
                    code=prison.code,
                    name_km=prison.name_km,
                    name_en=prison.name_en,
                    province_code=prison.province_code,
                    active=prison.active,
                )
                act.add(row)
            act.record("prison", prison.code)
            act.changed("prison", row.id)
            return replace(prison, id=row.id, version=row.version)

    def _check(self, prison: Prison) -> None:
        if not (prison.code.strip() and prison.name_km.strip() and prison.name_en.strip()):
            raise Refused(N_("A prison needs a code and a name in both languages."), place="code")
        if any(other.code.upper() == prison.code.upper() and other.id != prison.id for other in self.prisons()):
            raise Refused(N_("Another prison has the code {code}."), place="code", code=prison.code)
        own = self.own()
        if own and own.id == prison.id and not (prison.active and prison.code == own.code):
            raise Refused(N_("This is the prison of this laptop. It stays active and keeps its code."), place="code")
