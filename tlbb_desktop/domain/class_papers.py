"""Which papers there are about a class, and what somebody asks for when wanting one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.catalog import LANGUAGES

#: Khmer and English side by side.
BOTH = "both"
PAPER_LANGUAGES = (*LANGUAGES, BOTH)


class ClassPaper(StrEnum):
    """A paper about a class."""

    ABSENCE_LIST = "absence_list"
    BLANK_REGISTER = "blank_register"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class PaperWish:
    """A paper that somebody wants to see, print or save.

    Args:
        paper: which one.
        class_id: the class.
        day: the day of a roll; any day of the month of the other papers.
        language: ``km``, ``en`` or ``both``.
    """

    paper: ClassPaper
    class_id: int
    day: date
    language: str

    @property
    def month(self) -> Month:
        """The month that the paper is about."""
        return Month.of(self.day)
