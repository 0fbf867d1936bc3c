"""Commands about classes."""

from __future__ import annotations

import argparse

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass
from tlbb_desktop.domain.errors import NotFound, UsageError
from tlbb_desktop.domain.timetables import parse_times, parse_weekdays
from tlbb_desktop.i18n.catalog import KHMER, _, _n
from tlbb_desktop.i18n.marks import N_


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``class``."""
    group = commands.add_parser("class", help="classes").add_subparsers(required=True, metavar="ACT")
    _add_class_add(group)
    enrol = group.add_parser("enrol", help="put people on the list of a class")
    enrol.add_argument("code", metavar="CLASS")
    enrol.add_argument("people", nargs="*", metavar="CODE", help="codes of people")
    enrol.add_argument("--all", action="store_true", help="all active participants who stay at the class's prison")
    enrol.add_argument("--from", dest="starts_on", metavar="DATE", help="first day; the class's start when left out")
    enrol.set_defaults(run=_class_enrol)
    listing = group.add_parser("list", help="list the classes")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_class_list)


def _add_class_add(group: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    add = group.add_parser("add", help="add a class; its sessions are planned over the holidays")
    add.add_argument("--course", required=True, metavar="CODE", help="such as moto; see course list")
    add.add_argument("--prison", required=True, metavar="CODE", help="such as SR")
    add.add_argument("--code", required=True, metavar="CODE", help="of the new class, such as SR-MOTO-26")
    add.add_argument("--days", required=True, metavar="DAYS", help="such as mon,tue,wed,thu")
    add.add_argument("--time", required=True, metavar="TIMES", help="such as 08:00-11:00")
    add.add_argument("--from", dest="starts_on", required=True, metavar="DATE")
    add.add_argument("--to", dest="ends_on", required=True, metavar="DATE")
    add.add_argument("--trainer", default="", metavar="NAME", help="name of the trainer as shown")
    add.set_defaults(run=_class_add)


def _class_add(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    starts, ends = parse_times(options.time)
    group = TrainingClass(
        id=None,
        code=options.code,
        course_id=desk.classes.course_named(options.course),
        prison_id=desk.prisons.prison_with_code(options.prison).id,
        trainer_id=_trainer_named(session, options.trainer),
        starts_on=parse_day(options.starts_on),
        ends_on=parse_day(options.ends_on),
        timetable=tuple(TimetableSlot(day, starts, ends) for day in parse_weekdays(options.days)),
    )
    class_id = desk.classes.save(group)
    count = len(desk.classes.sessions(class_id, group.starts_on, group.ends_on))
    session.say(
        _n("{code}: {n} session planned.", "{code}: {n} sessions planned.", count).format(code=group.code, n=count)
    )
    return 0


def _class_enrol(session: CommandSession, options: argparse.Namespace) -> int:
    if options.all == bool(options.people):
        raise UsageError(N_("Name the people by their codes, or write --all."))
    desk = session.desk()
    class_id = desk.classes.class_named(options.code)
    people = None if options.all else [desk.people.person_with_code(code) for code in options.people]
    starts_on = parse_day(options.starts_on) if options.starts_on else None
    count = desk.classes.enrol(class_id, people, starts_on)
    session.say(_n("{n} person enrolled.", "{n} people enrolled.", count).format(n=count))
    return 0


def _class_list(session: CommandSession, options: argparse.Namespace) -> int:
    rows = session.desk().classes.classes()
    if options.json:
        session.print_json(
            [
                {
                    "code": row.code,
                    "course": row.course_code,
                    "prison": row.prison,
                    "trainer": row.trainer,
                    "from": row.starts_on.isoformat(),
                    "to": row.ends_on.isoformat(),
                    "learners": row.learners,
                    "female": row.female,
                }
                for row in rows
            ]
        )
        return 0
    for row in rows:
        course = row.course_km if session.language == KHMER else row.course_en
        session.say(f"{row.code}\t{row.prison}\t{course}\t{row.starts_on}\t{row.ends_on}\t{row.learners}")
    if not rows:
        session.warn(_("There is no class yet."))
    return 0


def _trainer_named(session: CommandSession, name: str) -> int | None:
    if not name:
        return None
    for staff_id, shown_name in session.desk().classes.trainers():
        if shown_name == name.strip():
            return staff_id
    raise NotFound(N_("There is no trainer named {name}."), name=name)
