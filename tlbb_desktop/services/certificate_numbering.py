"""Gives certificates their numbers, inside the act that issues them, so that none is given twice."""

from __future__ import annotations

import json
import secrets
from typing import Final

from tlbb_desktop.data.models import Setting
from tlbb_desktop.data.queries import certificates as queries
from tlbb_desktop.domain.certificate_numbers import LAST_COUNT, CertificateNumber
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.office import Act

_BLOCK: Final = 1_000
_BLOCKS: Final = 90


def next_number(act: Act) -> CertificateNumber:
    """The next number of this laptop's series in the year of *act*.

    A restore opens a new letter at random. As the same backup can be restored twice, and get the same letter, each
    restored laptop begins to count at a thousand of its own.

    Raises:
        Refused: the 99,999 numbers of the year are used up.
    """
    series = str(_setting(act, "series"))
    year = act.today.year
    count = queries.highest_count(act.connection, series, year) or _count_before_first(act)
    if count >= LAST_COUNT:
        raise Refused(N_("All numbers of this year are used up. Restore a backup of this record to open a new series."))
    return CertificateNumber(series, year, count + 1)


def _count_before_first(act: Act) -> int:
    restored = len(str(_setting(act, "series_used"))) > 1
    return _BLOCK * (1 + secrets.randbelow(_BLOCKS)) if restored else 0


def _setting(act: Act, name: str) -> object:
    kept = act.session.get(Setting, name)
    return json.loads(kept.value) if kept else ""
