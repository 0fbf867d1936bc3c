"""The list for the gate: who leaves on which day, by name, and nothing of their plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from tlbb_desktop.documents.case_papers.texts import day, joined, number, said, typed
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanDocument,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.release_plans import LeavingLine
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("gate list", "List for the gate")
ABOUT: Final = Np_("gate list", "Who leaves from {first} to {last}: {count}.")
NOBODY: Final = Np_("gate list", "Nobody on record leaves in these days.")
OVERDUE: Final = Np_("gate list", "Whose day is over and who is not recorded as released stands here, too.")
ROW: Final = Np_("gate list", "No.")
NAME: Final = Np_("gate list", "Name")
CODE: Final = Np_("gate list", "Code")
LEAVES: Final = Np_("gate list", "Leaves on")
OFFICIAL: Final = Np_("gate list", "Official day")
LEFT: Final = Np_("gate list", "Left at, with whom")
NO_PRISON: Final = Np_("gate list", "Prison not on record")
PRISON: Final = Np_("gate list", "For the prison")
_SHARES: Final = (0.06, 0.25, 0.15, 0.14, 0.14, 0.26)
_CENTRED: Final = frozenset({0, 3, 4})


def gate_list(
    lines: Sequence[LeavingLine],
    made_on: date,
    within: int,
    prisons: Mapping[str, PlanText],
    handed_by: PlanSigner,
    issuer: PlanText,
    *,
    demonstration: bool,
) -> PlanDocument:
    """The paper: a table for each prison, the nearest day first.

    Args:
        lines: who leaves, in order of the day.
        made_on: day of the paper.
        within: how many days ahead it looks.
        prisons: code -> name of each prison.
        handed_by: the member of staff who hands it over.
        issuer: the organisation.
        demonstration: whether it comes from the demonstration programme.
    """
    last = made_on + timedelta(days=within)
    by_prison = groupby(sorted(lines, key=lambda line: line.prison), key=lambda line: line.prison)
    sections = [
        PlanSection(prisons.get(prison) or said(NO_PRISON), (_table(tuple(members)),)) for prison, members in by_prison
    ]
    about = said(ABOUT, first=day(made_on), last=day(last), count=len(lines)) if lines else said(NOBODY)
    over = said(OVERDUE) if any(line.planned_on < made_on for line in lines) else NOTHING_SAID
    return PlanDocument(
        title=said(TITLE),
        made_on=made_on,
        introduction=joined((about, over), " "),
        sections=tuple(sections),
        signers=(handed_by, PlanSigner(said(PRISON))),
        issuer=(issuer,),
        demonstration=demonstration,
    )


def _table(lines: Sequence[LeavingLine]) -> PlanTable:
    head = tuple(map(said, (ROW, NAME, CODE, LEAVES, OFFICIAL, LEFT)))
    return PlanTable(head, tuple(_row(place, line) for place, line in enumerate(lines, 1)), _SHARES, centred=_CENTRED)


def _row(place: int, line: LeavingLine) -> tuple[PlanText, ...]:
    official = day(line.official_on) if line.official_on != line.planned_on else NOTHING_SAID
    name = typed(line.shown_name or line.code)
    return number(place), name, typed(line.code), day(line.planned_on), official, NOTHING_SAID
