"""What a course asks for before it certifies, line by line, and what a learner has reached of its units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.curricula import CertificateRule
from tlbb_desktop.i18n.marks import Np_


class RuleName(StrEnum):
    """A rule of the course, as the list of rules names it."""

    UNITS = "units"
    ATTENDANCE = "attendance"
    HOURS = "hours"
    REGISTER = "register"
    NAMES = "names"


RULE_NAMES: Final = {
    RuleName.UNITS: Np_("rule of a certificate", "Units reached"),
    RuleName.ATTENDANCE: Np_("rule of a certificate", "Net attendance"),
    RuleName.HOURS: Np_("rule of a certificate", "Hours"),
    RuleName.REGISTER: Np_("rule of a certificate", "Register complete"),
    RuleName.NAMES: Np_("rule of a certificate", "Names in both scripts"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of the course with what was reached.

    Args:
        rule: which.
        met: whether it is met.
        reached, needed: units, percent, hours or names; for the register the marks that are missing, and 0.
        missing: codes of the units that are not competent yet.
    """

    rule: RuleName
    met: bool
    reached: float
    needed: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitsReached:
    """What a learner has reached of a curriculum.

    Args:
        rule: what the course asks for.
        competent, missing: codes of units.
        credited: minutes that count for the hours.
        nominal: minutes of the whole curriculum, as the prison teaches it.
    """

    rule: CertificateRule
    competent: tuple[str, ...]
    missing: tuple[str, ...]
    credited: int
    nominal: int

    @property
    def needed(self) -> int:
        """Minutes that the course asks for."""
        return -(-self.nominal * self.rule.hours_percent // 100)
