"""Commands about courses and their curricula: list, export, import, units left out, the class's version."""

from __future__ import annotations

import argparse
from pathlib import Path

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.curricula import CurriculumRefused
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.i18n.catalog import KHMER, _, _n
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``course``."""
    course = commands.add_parser("course", help="courses").add_subparsers(required=True, metavar="ACT")
    courses = course.add_parser("list", help="list the courses")
    courses.add_argument("--json", action="store_true")
    courses.set_defaults(run=_list)
    units = course.add_parser("units", help="the units of a course")
    units.add_argument("code", metavar="COURSE")
    units.add_argument("--json", action="store_true")
    units.set_defaults(run=_units)
    export = course.add_parser("export", help="write a course's curriculum as XLSX")
    export.add_argument("code", metavar="COURSE")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.set_defaults(run=_export)
    take = course.add_parser("import", help="take in a curriculum as the course's new version")
    take.add_argument("code", metavar="COURSE")
    take.add_argument("--file", required=True, type=Path, metavar="FILE")
    take.add_argument("--keep-classes", action="store_true", help="running classes stay with their version")
    take.set_defaults(run=_import)
    switch = course.add_parser("switch", help="leave a unit out at a prison, or teach it there again")
    switch.add_argument("code", metavar="COURSE")
    switch.add_argument("unit", metavar="UNIT")
    switch.add_argument("state", choices=("on", "off"))
    switch.add_argument("--prison", required=True, metavar="CODE")
    switch.add_argument("--reason", default="", metavar="REASON", help="why it is left out")
    switch.set_defaults(run=_switch)
    follow = course.add_parser("follow", help="put a class on its course's newest curriculum, or on none")
    follow.add_argument("class_code", metavar="CLASS")
    follow.add_argument("--none", action="store_true", help="the class is taught without units")
    follow.set_defaults(run=_follow)


def _list(session: CommandSession, options: argparse.Namespace) -> int:
    courses = session.desk().classes.courses()
    if options.json:
        fields = ("code", "name_km", "name_en", "active")
        session.print_json([{name: getattr(course, name) for name in fields} for course in courses])
        return 0
    for course in courses:
        session.say(f"{course.code}\t{course.name_km if session.language == KHMER else course.name_en}")
    return 0


def _units(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    newest = desk.curricula.newest(desk.classes.course_named(options.code))
    if options.json:
        units = newest.units if newest else ()
        session.print_json(
            {
                "version": newest.number if newest else 0,
                "sample": bool(newest and newest.sample),
                "basis": str(newest.basis) if newest else None,
                "hours": newest.hours if newest else 0,
                "units": [
                    {
                        "code": unit.code,
                        "name_km": unit.name_km,
                        "name_en": unit.name_en,
                        "hours": unit.hours,
                        "criteria": [
                            {
                                "number": each.number,
                                "name_km": each.name_km,
                                "name_en": each.name_en,
                                "critical": each.critical,
                            }
                            for each in unit.criteria
                        ],
                    }
                    for unit in units
                ],
            }
        )
        return 0
    for unit in newest.units if newest else ():
        session.say(f"{unit.code}\t{unit.hours}\t{unit.name_km if session.language == KHMER else unit.name_en}")
    if newest and newest.sample:
        session.warn(_("This is a sample. Check it, change what is different here, and import it as your own."))
    return 0


def _export(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    session.say(str(desk.curriculum_files.export(desk.classes.course_named(options.code), options.out)))
    return 0


def _import(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    course_id = desk.classes.course_named(options.code)
    try:
        taken = desk.curriculum_files.take(course_id, options.file, classes_follow=not options.keep_classes)
    except CurriculumRefused as error:
        for line in error.lines[1:]:
            session.warn(explain(line))
        raise
    count = len(taken.units)
    session.say(
        _n("Version {number}: {n} unit, {hours} hours.", "Version {number}: {n} units, {hours} hours.", count).format(
            number=taken.number, n=count, hours=taken.hours
        )
    )
    return 0


def _switch(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    unit = desk.curricula.unit_named(desk.classes.course_named(options.code), options.unit)
    prison_id = desk.prisons.prison_with_code(options.prison).id
    seen = next((each.version for each in desk.curricula.switches(prison_id) if each.unit_id == unit.id), 0)
    off = options.state == "off"
    desk.curricula.switch(prison_id, unit.id or 0, off=off, reason=options.reason, version=seen)
    session.say(f"{unit.code}\t{options.state}")
    return 0


def _follow(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    class_id = desk.classes.class_named(options.class_code)
    course_id = desk.classes.group(class_id).course_id
    seen = next(each.version for each in desk.curricula.followers(course_id) if each.class_id == class_id)
    newest = None if options.none else desk.curricula.newest(course_id)
    if newest is None and not options.none:
        raise UsageError(N_("The course of this class has no curriculum yet. Import one first."))
    desk.curricula.follow(class_id, newest.id if newest else None, seen)
    session.say(f"{options.class_code}\t{newest.number if newest else ''}")
    return 0
