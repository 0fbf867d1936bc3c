"""Days and months as the command line writes them."""

from __future__ import annotations

from datetime import date

from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits


def parse_day(text: str) -> date:
    """Read ``2026-10-31``, in the digits of either script; raises UsageError when it is something else."""
    try:
        return date.fromisoformat(to_ascii_digits(text).strip())
    except ValueError as error:
        raise UsageError(N_("{text} is not a day. A day is written like 2026-10-31."), text=text) from error
