"""Reports as they were issued: figures, definitions and the people behind them, kept as printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class IssuedFigure:
    """A figure as printed.

    Args:
        key: its lasting name.
        values: as text by name.
        people: list -> codes of the people in it.
        title, sentence, months: of the indicator as it was defined then.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    sentence: str = ""
    months: int = 0


@dataclass(frozen=True, slots=True)
class IssuedReportForm:
    """What is sealed of an issued report under ``aftercare``.

    Args:
        title: key of the report in the registry.
        definitions: the settings that the figures were counted with, by name.
        filters: prison, trade, sex, cohort, by name.
        figures: as printed.
        reason: why names or codes were printed, or ``""``.
    """

    title: str
    definitions: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[IssuedFigure, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued report with its row, kind, number, as-of day and moment; ``corrects`` is the number it replaces."""

    id: int
    kind: str
    number: str
    as_of: date
    issued_at: datetime
    by: str
    form: IssuedReportForm
    corrects: str = ""
