"""A programme of any size: invented, the same each time, and as true as what is typed in.

People, classes and the releases of earlier years go through the services; what would take hours that way (marks, notes,
cases, contacts) is written in whole tables, sealed, with its history, its search keys and its audit. `check` finds it
sound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tlbb_desktop.demonstration.build import PLAYS_ON, DemoLogin, StoryClock, write_logins
from tlbb_desktop.demonstration.cast import DAY, MEMBERS, PAPER_WORDS, DemoMember
from tlbb_desktop.demonstration.many_cases import ManyCases
from tlbb_desktop.demonstration.many_certificates import issue_certificates
from tlbb_desktop.demonstration.many_people import invent_journeys, take_in
from tlbb_desktop.demonstration.many_registers import run_classes
from tlbb_desktop.demonstration.programme_size import ProgrammeSize
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.seeds import known_prisons
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import NewProgramme, create_programme
from tlbb_desktop.wiring import Desk, open_desk

HOME_PRISON: Final = "SR"
_FIRST_PRISONS: Final = (HOME_PRISON, "BMC", "CC2")


def build_programme(home: Home, size: ProgrammeSize) -> tuple[DemoLogin, ...]:
    """Build a programme of *size* in an empty home; gives its logins, whose passphrases lie beside it in clear.

    Raises:
        Refused: there is no such size, or the home holds something already.
    """
    size.require_possible(len(known_prisons()))
    clock, manager = StoryClock(), MEMBERS[0]
    wishes = NewProgramme(HOME_PRISON, manager.username, manager.passphrase, manager.name, "km", demonstration=True)
    unlocked = create_programme(home, wishes, FLOOR, clock).unlocked
    desk = open_desk(home, unlocked, clock)
    try:
        clock.set(DAY)
        prisons = _open_prisons(desk, size.prisons)
        members = _members(list(prisons))
        _hire(desk, members, prisons)
        for name, value in PAPER_WORDS.items():
            desk.settings.put(name, value)
        _fill(desk, clock, size, prisons)
        issue_certificates(desk, clock, KeyHolder(home, unlocked.keys, unlocked.record_keys))
        desk.settings.put(PLAYS_ON, DAY.isoformat())
    finally:
        desk.close()
    return write_logins(home, members)


def _fill(desk: Desk, clock: StoryClock, size: ProgrammeSize, prisons: dict[str, int]) -> None:
    journeys = invent_journeys(size, prisons)
    people = take_in(desk, journeys, HOME_PRISON)
    run_classes(desk, clock, journeys, people, _who_works(desk, prisons, Role.TRAINER))
    ManyCases(desk, _who_works(desk, prisons, Role.SOCIAL_WORKER)).write(journeys, people)


def _open_prisons(desk: Desk, count: int) -> dict[str, int]:
    """Code -> row of the first *count* sites, those of the demonstration in front."""
    known = {prison.code: prison for prison in desk.prisons.prisons()}
    codes = [*_FIRST_PRISONS, *(code for code in known if code not in _FIRST_PRISONS)][:count]
    for code in codes:
        if not known[code].active:
            desk.prisons.save(replace(known[code], active=True))
    return {code: known[code].id for code in codes}


def _members(codes: list[str]) -> tuple[DemoMember, ...]:
    """The staff of the demonstration, then a trainer and a social worker for each further site."""
    everywhere = tuple(codes)
    first = [
        replace(each, prisons=everywhere) if each.role in {Role.MANAGER, Role.LIAISON} else each for each in MEMBERS
    ]
    taught = {code for each in first if each.role is Role.TRAINER for code in each.prisons}
    served = {code for each in first if each.role is Role.SOCIAL_WORKER for code in each.prisons}
    further = [
        DemoMember(f"{word}-{code.lower()}", "", role, (code,), f"demonstration {word} {code} sample words")
        for role, word, covered in ((Role.TRAINER, "trainer", taught), (Role.SOCIAL_WORKER, "worker", served))
        for code in codes
        if code not in covered
    ]
    return (*first, *further)


def _hire(desk: Desk, members: tuple[DemoMember, ...], prisons: dict[str, int]) -> None:
    desk.staff.set_prisons(members[0].username, prisons.values())
    for member in members[1:]:
        own = tuple(prisons[code] for code in member.prisons)
        desk.staff.add(NewMember(member.username, member.name, member.role, member.passphrase, prisons=own))


def _who_works(desk: Desk, prisons: dict[str, int], role: Role) -> dict[int, int]:
    """Prison -> the first member of *role* there."""
    found: dict[int, int] = {}
    for row in desk.staff.list():
        if row.role is role:
            for code in row.prisons:
                found.setdefault(prisons[code], row.id)
    return found
