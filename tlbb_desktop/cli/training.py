"""Commands about training progress: the board of a class, attempts, the unit that a class is at."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.errors import NotFound, UsageError
from tlbb_desktop.domain.forecast import Verdict
from tlbb_desktop.i18n.catalog import KHMER, _, _n
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits

if TYPE_CHECKING:
    from tlbb_desktop.domain.curricula import Unit
    from tlbb_desktop.domain.progress import Board, BoardLearner, ClassProgress

_OUTCOMES: Final = {str(outcome): outcome for outcome in Outcome}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``progress``, ``assess`` and ``teach``."""
    progress = commands.add_parser("progress", help="the progress board of a class")
    _add_class(progress)
    progress.add_argument("--json", action="store_true")
    progress.set_defaults(run=_progress)
    assess = commands.add_parser("assess", help="record attempts at a unit")
    _add_class(assess)
    assess.add_argument("--unit", required=True, metavar="UNIT", help="such as M05")
    assess.add_argument("--date", required=True, metavar="DATE", help="day of the practical")
    assess.add_argument("--feedback", default="", metavar="TEXT")
    assess.add_argument("--prior", default="", metavar="REASON", help="competent by prior learning, and why")
    assess.add_argument("--hours", type=int, default=0, metavar="N", help="hours that prior learning credits")
    assess.add_argument("--second", action="store_true", help="as second assessor of an attempt of that day")
    assess.add_argument(
        "results",
        nargs="+",
        metavar="CODE=RESULT",
        help="competent or not-yet; with a colon the criteria that were not shown, such as 0001=not-yet:2,5",
    )
    assess.set_defaults(run=_assess)
    teach = commands.add_parser("teach", help="the unit that a class is at from a day on")
    _add_class(teach)
    teach.add_argument("--unit", required=True, metavar="UNIT")
    teach.add_argument("--from", dest="starts_on", required=True, metavar="DATE")
    teach.set_defaults(run=_teach)


def _add_class(command: argparse.ArgumentParser) -> None:
    command.add_argument("--class", dest="class_code", required=True, metavar="CLASS", help="code of the class")


def _progress(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    standing = desk.progress.standing(desk.classes.class_named(options.class_code))
    board, forecast = standing.board, standing.forecast
    if options.json:
        session.print_json(board_as_json(board) | {"forecast": forecast_as_json(standing)})
        return 0
    for row in board.learners:
        reached = f"{len(board.competent_units(row))}/{len(board.units)}"
        percent = "" if row.totals.percent is None else f"{row.totals.percent:.1f}"
        verdict = _(forecast.by_person[row.person_id].name)
        session.say(f"{row.learner.code}\t{row.learner.names.shown}\t{reached}\t{row.hours}\t{percent}\t{verdict}")
    for session_id in forecast.make_ups:
        repaired = standing.sessions[session_id]
        session.say(_("Make up the session of {day}.").format(day=day_text(repaired.day)))
    if board.curriculum is None:
        session.warn(_("This class is taught without units. A manager can put it on the course's curriculum."))
    return 0


def board_as_json(board: Board) -> dict[str, Any]:
    """The board for a program; hours are minutes divided by 60, states as in ``domain.progress.Stage``."""
    curriculum = board.curriculum
    return {
        "class": board.group.code,
        "course": board.group.course_code,
        "as_of": board.as_of.isoformat(),
        "curriculum": None
        if curriculum is None
        else {
            "version": curriculum.number,
            "sample": curriculum.sample,
            "basis": str(curriculum.basis),
            "hours": curriculum.hours,
        },
        "units": [_unit_as_json(board, unit) for unit in board.units],
        "off": [{"code": switch.code, "reason": switch.reason} for switch in board.off],
        "learners": [_learner_as_json(board, row) for row in board.learners],
    }


def forecast_as_json(standing: ClassProgress) -> dict[str, Any]:
    """How a class stands, for a program; see ``domain.forecast``."""
    board, forecast, sessions = standing.board, standing.forecast, standing.sessions
    codes = {unit.id: unit.code for unit in board.units}
    people = {row.person_id: row.learner.code for row in board.learners}
    return {
        "counts": {str(verdict): forecast.count(verdict) for verdict in Verdict},
        "learners": {
            people[each.person_id]: {
                "verdict": str(each.verdict),
                "deadline": each.deadline.isoformat() if each.deadline else None,
                "ending": str(each.ending) if each.deadline else None,
                "best_percent": each.best_percent,
                "hours_short_minutes": each.hours_short,
                "attendance_short_minutes": each.attendance_short,
                "units_late": [codes[unit] for unit in each.units_late],
                "make_ups": [sessions[one].day.isoformat() for one in each.make_ups],
            }
            for each in forecast.outlooks
        },
        "make_ups": [
            {
                "day": sessions[one].day.isoformat(),
                "starts": f"{sessions[one].starts:%H:%M}",
                "learners": [people[each.person_id] for each in forecast.outlooks if one in each.make_ups],
            }
            for one in forecast.make_ups
        ],
        "proven_smallest": forecast.proven,
    }


def _unit_as_json(board: Board, unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name_km": unit.name_km,
        "name_en": unit.name_en,
        "hours": unit.hours,
        "taught_minutes": board.taught.get(unit.id or 0, 0),
        "competent": sum(row.competent(unit.id or 0) for row in board.learners),
        "today": unit.id == board.unit_today,
    }


def _learner_as_json(board: Board, row: BoardLearner) -> dict[str, Any]:
    return {
        "code": row.learner.code,
        "name": row.learner.names.shown,
        "on_list": row.on_list,
        "release_month": str(row.release_month) if row.release_month else None,
        "percent": row.totals.percent,
        "minutes_attended": row.totals.minutes_attended,
        "minutes_due": row.totals.minutes_due,
        "unit_minutes": row.all_minutes,
        "competent": len(board.competent_units(row)),
        "units": {unit.code: _cell_as_json(row, unit) for unit in board.units},
    }


def _cell_as_json(row: BoardLearner, unit: Unit) -> dict[str, Any]:
    state = row.states.get(unit.id or 0)
    return {
        "state": str(row.stage(unit.id or 0)),
        "minutes": row.minutes.get(unit.id or 0, 0),
        "attempts": state.attempts if state else 0,
        "day": state.day.isoformat() if state else None,
        "by": str(state.kind) if state else None,
        "second": str(state.second) if state and state.second else None,
    }


def _assess(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.dated_desk()
    class_id, day = desk.classes.class_named(options.class_code), parse_day(options.date)
    unit = desk.assessment.unit_named(class_id, options.unit)
    board = desk.progress.board(class_id)
    wishes = [_wish(board, unit, day, options.feedback, text) for text in options.results]
    if len({wish.person_id for wish in wishes}) != len(wishes):
        raise UsageError(N_("A learner is named twice."))
    if options.prior:
        wish = _only_competent(wishes)
        desk.assessment.recognise(class_id, wish.person_id, wish.unit_id, day, options.prior, options.hours * 60)
    elif options.second:
        for wish in wishes:
            desk.assessment.assess_second(class_id, wish)
    else:
        desk.assessment.assess(class_id, wishes)
    session.say(_n("{n} attempt recorded.", "{n} attempts recorded.", len(wishes)).format(n=len(wishes)))
    return 0


def _only_competent(wishes: list[SetAttempt]) -> SetAttempt:
    if len(wishes) != 1 or wishes[0].outcome is not Outcome.COMPETENT or wishes[0].failed:
        raise UsageError(N_("Prior learning makes a unit competent. Write one CODE=competent."))
    return wishes[0]


def _wish(board: Board, unit: Unit, day: Any, feedback: str, text: str) -> SetAttempt:
    """Read ``CODE=not-yet:2,5``."""
    code, equals, said = text.partition("=")
    word, colon, numbers = said.partition(":")
    outcome = _OUTCOMES.get(word.strip().lower())
    if not equals or outcome is None:
        raise UsageError(N_("{text} is no result. Write CODE=competent or CODE=not-yet."), text=text)
    row = next((each for each in board.learners if each.learner.code == code.strip()), None)
    if row is None:
        raise NotFound(N_("Nobody with the code {code} was ever in this class."), code=code)
    failed = _numbers(numbers, text) if colon else None if outcome is Outcome.NOT_YET else frozenset[int]()
    return SetAttempt(row.person_id, unit.id or 0, day, outcome, failed, feedback)


def _numbers(text: str, whole: str) -> frozenset[int]:
    parts = [part.strip() for part in to_ascii_digits(text).split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise UsageError(N_("{text}: criteria are numbers such as 2,5."), text=whole)
    return frozenset(map(int, parts))


def _teach(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.dated_desk()
    class_id = desk.classes.class_named(options.class_code)
    unit = desk.assessment.unit_named(class_id, options.unit)
    day = parse_day(options.starts_on)
    seen = next((each.version for each in desk.teaching.spells(class_id) if each.starts_on == day), 0)
    desk.teaching.set_unit(class_id, unit.id or 0, day, seen)
    session.say(f"{unit.code}\t{unit.name_km if session.language == KHMER else unit.name_en}")
    return 0
