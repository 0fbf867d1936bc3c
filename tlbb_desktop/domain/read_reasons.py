"""Why a manager opens what only the responsible member of staff reads, or what is sealed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from tlbb_desktop.i18n.marks import Np_


class ReadReason(StrEnum):
    """Why a manager opens what only the responsible member of staff reads."""

    SUPERVISION = "supervision"
    SAFETY = "safety"
    ABSENCE = "absence"
    COMPLAINT = "complaint"
    LEGAL_DUTY = "legal_duty"


REASON_NAMES: Final = {
    ReadReason.SUPERVISION: Np_("reason for reading a protected part", "Supervision"),
    ReadReason.SAFETY: Np_("reason for reading a protected part", "Somebody's safety"),
    ReadReason.ABSENCE: Np_("reason for reading a protected part", "The colleague is away"),
    ReadReason.COMPLAINT: Np_("reason for reading a protected part", "A complaint"),
    ReadReason.LEGAL_DUTY: Np_("reason for reading a protected part", "The law asks for it"),
}
