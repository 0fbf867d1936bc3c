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

    A restore opens a new letter at random, and a further laptop gets its letter with its invitation. As one backup can
    be restored twice, and two laptops can begin with one invitation before head office tells them apart, each of these
    begins to count at a thousand of its own, drawn at random.

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
    founded_here = len(str(_setting(act, "series_used"))) <= 1
    return 0 if founded_here else _BLOCK * (1 + secrets.randbelow(_BLOCKS))


def _setting(act: Act, name: str) -> object:
    kept = act.session.get(Setting, name)
    return json.loads(kept.value) if kept else ""
