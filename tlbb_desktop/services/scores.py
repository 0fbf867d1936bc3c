"""Scores of SDQ, SCAS, CRAFFT and ASSIST: kept and read by the one who is responsible, or with a reason."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import bindparam, select

from tlbb_desktop.data.models import ScoreRow
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.scores import SCALES, ScoreRecord
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sealed_forms import SCORE

#: Composed once.
_OF_CASE: Final = (
    select(ScoreRow.__table__)
    .where(ScoreRow.case_id == bindparam("case"))
    .order_by(ScoreRow.on_day.desc(), ScoreRow.id.desc())
)


class ScoreService:
    """Scores of instruments whose paper was filled in; never the items themselves.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def records(self, case_id: int, reason: ReadReason | None = None) -> tuple[ScoreRecord, ...]:
        """The scores of a case, the newest first.

        Raises:
            NotPermitted: somebody else is responsible, and no reason was given or none opens it.
        """
        case = self._access.file(case_id, reason)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        if not self._access.opens_restricted(case, reason):
            raise NotPermitted
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, "scores", None if self._access.opens_own(case) else reason)
            return tuple(
                ScoreRecord(row.id, case_id, row.on_day, SCORE.open(self._office.cipher, row), row.version)
                for row in act.connection.execute(_OF_CASE, {"case": case_id})
            )

    def save(self, record: ScoreRecord) -> int:
        """Keep the scores of one paper; returns its row.

        Raises:
            Refused: a scale that the instrument has not, a score out of its range, a day that lies ahead, somebody
                else is responsible, or consents are missing.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: ScoreRecord = form_tidied(record)
        _check(tidy, self._office.clock.today())
        case = self._access.file(tidy.case_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            self._access.require_own(case)
            require_service(act, tidy.case_id)
            if tidy.id is None:
                row_id = SCORE.add(
                    act, self._office.cipher, ScoreRow(case_id=tidy.case_id, on_day=tidy.on_day), tidy.form
                )
            else:
                row = act.session.get(ScoreRow, tidy.id)
                if row is None or row.case_id != tidy.case_id:
                    raise NotFound(N_("These scores are not on record any more."))
                row.on_day, row_id = tidy.on_day, row.id
                SCORE.change(act, self._office.cipher, row, tidy.form, tidy.version)
            act.record("score", f"case:{tidy.case_id}", f"score:{row_id}")
            act.changed("case", tidy.case_id)
            return row_id


def _check(record: ScoreRecord, today: date) -> None:
    if record.on_day > today:
        raise Refused(N_("This day lies in the future."), place="on_day")
    scales = {scale.name: scale for scale in SCALES[record.form.instrument]}
    for name, value in record.form.values.items():
        scale = scales.get(name)
        if scale is None:
            raise Refused(N_("This paper has no scale called {scale}."), place="values", scale=name)
        if not scale.least <= value <= scale.most:
            raise Refused(
                N_("{scale} is between {least} and {most}."),
                place=name,
                scale=name,
                least=scale.least,
                most=scale.most,
            )
    if not record.form.values:
        raise Refused(N_("Enter at least one score."), place="values")
