"""A prison's list of admissions, read into people to compare with."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from tlbb_desktop.domain.admission_matching import ListedPerson
from tlbb_desktop.domain.birth_text import read_birth
from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.import_line import holds_nobody, read_somebody
from tlbb_desktop.domain.import_mapping import propose_plan
from tlbb_desktop.domain.people_import import Cell, ImportPlan, ImportTable
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import search_key

_ADMITTED: Final = tuple(
    map(
        search_key,
        (
            "ថ្ងៃចូល",
            "កាលបរិច្ឆេទចូល",
            "ថ្ងៃខែឆ្នាំចូល",
            "ថ្ងៃឃុំខ្លួន",
            "ថ្ងៃឃុំ",
            "entry date",
            "date of entry",
            "admission date",
            "date of admission",
            "admitted",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class AdmissionList:
    """What a list says.

    Args:
        people: everybody with a name.
        nameless: numbers of the lines without a readable name; nobody can be compared with them.
        dated: whether the list has a column with days of admission.
    """

    people: tuple[ListedPerson, ...]
    nameless: tuple[int, ...]
    dated: bool


def read_admission_list(table: ImportTable, as_of: date) -> AdmissionList:
    """Everybody on the list.

    Args:
        table: the sheet.
        as_of: last day that the list covers; ages count from it.

    Raises:
        BadFile: no column holds names.
    """
    plan = propose_plan(table)
    if not plan.is_complete or plan.heading is None:
        raise BadFile(N_("No column with names was found. Say which column holds the names."))
    admitted = _admitted_column(plan)
    people, nameless = [], []
    for number, row in enumerate(table.rows[plan.heading + 1 :], plan.heading + 2):
        if holds_nobody(row, plan):
            continue
        names, sex, birth = read_somebody(row, plan.columns, as_of)
        if not (names.khmer or names.latin):
            nameless.append(number)
            continue
        day = _day(row[admitted], as_of) if admitted is not None and admitted < len(row) else None
        people.append(ListedPerson(number, names, sex, birth, day))
    return AdmissionList(tuple(people), tuple(nameless), admitted is not None)


def _admitted_column(plan: ImportPlan) -> int | None:
    headings = plan.table.rows[plan.heading or 0]
    for place, heading in enumerate(headings):
        key = search_key(str(heading))
        if any(word in key for word in _ADMITTED):
            return place
    return None


def _day(cell: Cell, as_of: date) -> date | None:
    with suppress(Refused):
        found = read_birth(cell, as_of)
        if found.precision is BirthPrecision.DAY:
            return found.earliest
    return None
