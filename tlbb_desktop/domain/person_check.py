"""What must be true of a person's record before it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from operator import attrgetter

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord
from tlbb_desktop.i18n.marks import N_

LONGEST_NAME = 100
LONGEST_CODE = 40
LONGEST_TEXT = 2000
_DIGIT = re.compile(r"\d")
_NAME_PLACES = ("family_km", "given_km", "family_latin", "given_latin", "nickname")


def check_person(record: PersonRecord, today: date) -> None:
    """Raise Refused, with the form's field as its place, for what cannot be true or is missing.

    A guest row needs no more than a name: the trainer who adds it knows no more.
    """
    check_names(record.names)
    check_code(record.code)
    if record.sex is None and record.kind is not PersonKind.GUEST:
        raise Refused(N_("The sex is missing."), place="sex")
    if record.identity is not None:
        record.identity.birth.check(today)
    if len(record.note) > LONGEST_TEXT:
        raise Refused(N_("The note is longer than {most} characters."), place="note", most=LONGEST_TEXT)
    check_stays(record.stays)


def check_names(names: Names) -> None:
    """Raise Refused unless there is a name in at least one script, and it is made of letters."""
    if not (names.khmer or names.latin):
        raise Refused(N_("There is no name."), place="family_km")
    for place in _NAME_PLACES:
        if name := getattr(names, place):
            _check_name(name, place)


def _check_name(name: str, place: str) -> None:
    if len(name) > LONGEST_NAME:
        raise Refused(N_("The name is longer than {most} characters."), place=place, most=LONGEST_NAME)
    if not name.isprintable():
        raise Refused(N_("The name holds a character that cannot be seen."), place=place)
    if place == "nickname" or name.isalpha():
        return
    if _DIGIT.search(name):
        raise Refused(N_("A name has no digits: {name}"), place=place, name=name)
    if not any(map(str.isalpha, name)):
        raise Refused(N_("A name has at least one letter: {name}"), place=place, name=name)


def check_code(code: str) -> None:
    """Raise Refused for a code that is too long or holds characters that cannot be seen."""
    if len(code) > LONGEST_CODE:
        raise Refused(N_("The code is longer than {most} characters."), place="code", most=LONGEST_CODE)
    if not code.isprintable():
        raise Refused(N_("The code holds a character that cannot be seen."), place="code")


def check_stays(stays: Iterable[CustodyStay]) -> None:
    """Raise Refused when a stay ends before it starts, or two stays share a day that is not a day of transfer."""
    ordered = sorted(stays, key=attrgetter("starts_on"))
    for stay in ordered:
        if stay.ends_on is not None and stay.ends_on < stay.starts_on:
            raise Refused(N_("A stay in prison ends before it starts, on {day}."), place="stays", day=stay.ends_on)
    for earlier, later in pairwise(ordered):
        if earlier.ends_on is None or earlier.ends_on > later.starts_on:
            raise Refused(N_("Two stays in prison overlap on {day}."), place="stays", day=later.starts_on)


def stay_open_on(stays: Iterable[CustodyStay], day: date) -> CustodyStay | None:
    """The stay that holds *day*; on a day of transfer the later one."""
    open_then = [stay for stay in stays if stay.starts_on <= day and (stay.ends_on is None or stay.ends_on >= day)]
    return max(open_then, key=attrgetter("starts_on"), default=None)
