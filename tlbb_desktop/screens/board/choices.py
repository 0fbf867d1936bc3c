"""Which learners the board shows: everybody on the list, or those who miss something."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tlbb_desktop.domain.forecast import Outlook, Verdict
from tlbb_desktop.domain.progress import Board, BoardLearner, Stage
from tlbb_desktop.i18n.marks import Np_


class Choice(StrEnum):
    """What is looked for."""

    ON_LIST = "on-list"
    THIS_UNIT = "this-unit"
    READY = "ready"
    AGAIN = "again"
    MAKE_UPS = "make-ups"
    CANNOT = "cannot"
    SECOND = "second"
    EVER = "ever"


CHOICE_NAMES = {
    Choice.ON_LIST: Np_("which learners", "Everybody on the list"),
    Choice.THIS_UNIT: Np_("which learners", "This unit is missing"),
    Choice.READY: Np_("which learners", "Hours reached, not assessed"),
    Choice.AGAIN: Np_("which learners", "To try again"),
    Choice.MAKE_UPS: Np_("which learners", "Needs make-up sessions"),
    Choice.CANNOT: Np_("which learners", "Cannot finish in time"),
    Choice.SECOND: Np_("which learners", "Second assessor wanted, or differs"),
    Choice.EVER: Np_("which learners", "Also those who left"),
}
_VERDICTS = {Choice.MAKE_UPS: Verdict.MAKE_UPS, Choice.CANNOT: Verdict.CANNOT}


def chosen(board: Board, choice: Choice, unit_id: int | None, outlooks: Mapping[int, Outlook]) -> list[BoardLearner]:
    """The rows of the board that a choice leaves.

    Args:
        board: the class.
        choice: what is looked for.
        unit_id: the unit that *this unit* means.
        outlooks: person -> how they stand, empty while that is being worked out.
    """
    if choice is Choice.EVER:
        return list(board.learners)
    on_list = [row for row in board.learners if row.on_list]
    return [row for row in on_list if _fits(board, row, choice, unit_id, outlooks.get(row.person_id))]


def _fits(board: Board, row: BoardLearner, choice: Choice, unit_id: int | None, outlook: Outlook | None) -> bool:
    if choice is Choice.THIS_UNIT:
        return unit_id is not None and not row.competent(unit_id)
    if choice is Choice.READY:
        return any(is_ready(row, unit.id or 0, unit.minutes) for unit in board.units)
    if choice is Choice.AGAIN:
        return any(row.stage(unit.id or 0) is Stage.NOT_YET for unit in board.units)
    if choice is Choice.SECOND:
        return any(state.differs for state in row.states.values()) or any(
            board.wants_second(row, unit.id or 0) for unit in board.units
        )
    if choice in _VERDICTS:
        return outlook is not None and outlook.verdict is _VERDICTS[choice]
    return True


def is_ready(row: BoardLearner, unit_id: int, minutes: int) -> bool:
    """Whether a learner has the hours of a unit and was not assessed in it yet."""
    return row.stage(unit_id) is Stage.LEARNING and row.minutes.get(unit_id, 0) >= minutes
