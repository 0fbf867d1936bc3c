"""Rows that a trainer adds to a register, and the question "is he gone?"."""

from __future__ import annotations

import json
from datetime import date

from tlbb_desktop.data.models import Person, Question, Setting
from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import questions as queries
from tlbb_desktop.data.repositories.classes import enrolment
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.people import Names, PersonKind, PersonStatus
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.domain.questions import QuestionKind
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise_name
from tlbb_desktop.services.office import Act

LONGEST_NAME = 100


def add_guest(act: Act, class_id: int, prison_id: int, day: date, name: str, note: str) -> int:
    """Put a guest on the roster of *day* inside *act*; see ``AttendanceService.add_guest``."""
    names = guest_names(name)
    connection = act.connection
    if not class_queries.sessions(connection, class_id, day, day):
        raise Refused(N_("The class has no session on {day}."), day=day)
    known = queries.guest_named(connection, class_id, person_keys(names, "").duplicate_key)
    person_id = known or _new_guest(act, prison_id, names, note)
    if not queries.is_enrolled(connection, class_id, person_id, day):
        act.add(enrolment(class_id, person_id, day, day, None))
    act.record("guest", f"class:{class_id}", f"person:{person_id}")
    act.changed("person", person_id)
    act.changed("class", class_id)
    return person_id


def ask_gone(act: Act, class_id: int, person_id: int, text: str) -> int:
    """Leave the question inside *act*; see ``AttendanceService.ask_gone``."""
    connection = act.connection
    if not queries.was_enrolled(connection, class_id, person_id):
        raise NotFound(N_("This person is not in the class. Open the register again."))
    asked = queries.open_question(connection, QuestionKind.GONE, class_id, person_id)
    if asked is not None:
        return asked
    question = Question(kind=QuestionKind.GONE, person_id=person_id, class_id=class_id, text=text)
    act.add(question)
    act.record("question", f"class:{class_id}", f"person:{person_id}")
    act.changed("question", question.id)
    return question.id


def guest_names(name: str) -> Names:
    """The names of a guest from what was typed in one field: the family name is the first word.

    Raises:
        Refused: there is no letter in it, or it is too long.
    """
    words = normalise_name(name).split()
    written = " ".join(words)
    if not any(sign.isalpha() for sign in written) or len(written) > LONGEST_NAME:
        raise Refused(N_("Write the name of the guest."), place="name")
    family, given = (words[0], " ".join(words[1:])) if len(words) > 1 else ("", words[0])
    if any("\u1780" <= sign <= "\u17ff" for sign in written):
        return Names(family_km=family, given_km=given)
    return Names(family_latin=family, given_latin=given)


def _new_guest(act: Act, prison_id: int, names: Names, note: str) -> int:
    code = _next_code(act)
    keys = person_keys(names, code)
    guest = Person(
        code=code,
        kind=PersonKind.GUEST,
        status=PersonStatus.CANDIDATE,
        family_km=names.family_km,
        given_km=names.given_km,
        family_latin=names.family_latin,
        given_latin=names.given_latin,
        prison_id=prison_id,
        note=note,
        sort_key=keys.sort_key,
        latin_sort_key=keys.latin_sort_key,
        search_text=keys.search_text,
        duplicate_key=keys.duplicate_key,
    )
    act.add(guest)
    return guest.id


def _next_code(act: Act) -> str:
    """Such as ``G-K0012``: guests have a series of their own under this laptop's letter."""
    series = act.session.get(Setting, "series")
    start = f"G-{json.loads(series.value) if series else ''}"
    return f"{start}{queries.highest_number(act.connection, start) + 1:04d}"
