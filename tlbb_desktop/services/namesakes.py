"""People on record who bear the name of somebody at hand, with as much of their birth dates as the actor may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from tlbb_desktop.data.queries import people as queries
from tlbb_desktop.data.queries.cases import sealed_people
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.people import LikelySame, Sex
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.person_seal import open_birth

_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody on record.

    Args:
        key: the duplicate key of the name.
        sex: theirs.
        birth: to compare with, and not to be shown.
        shown: what the actor sees of them.
    """

    key: str
    sex: Sex | None
    birth: Birth
    shown: LikelySame


def namesakes(office: Office, connection: Connection, keys: Iterable[str]) -> list[Namesake]:
    """Everybody whose name has one of these duplicate keys, at any prison, as people are moved.

    A birth date at a prison that is not the actor's, or of somebody whose case is sealed, is compared, but not shown.
    """
    sealed = queries.births_by_duplicate_key(connection, keys)
    ids = [each.person_id for each in sealed]
    rows = queries.person_rows(connection, ids, office.clock.today())
    prisons = queries.prisons_of_people(connection, ids)
    shut = sealed_people(connection, ids)
    found = []
    for each in sealed:
        birth = open_birth(office.cipher, each)
        readable = each.person_id not in shut and office.may(Action.IDENTITY_READ, prisons[each.person_id])
        shown = LikelySame(rows[each.person_id], birth.text() if readable else "")
        found.append(Namesake(each.duplicate_key, each.sex, birth, shown))
    return found


def note_births_shown(office: Office, people: Iterable[LikelySame]) -> None:
    """Write into the audit that the actor is shown birth dates; who stands on an earlier line is not on record yet."""
    note_births_read(office, {each.person.id for each in people if each.birth_text and each.person.id})


def note_births_read(office: Office, ids: Collection[int]) -> None:
    """Write into the audit whose birth dates the actor reads, or how many where they are a whole list."""
    if not ids:
        return
    named = " ".join(f"person:{person_id}" for person_id in sorted(ids))
    with office.act(Action.IDENTITY_READ, enters=False) as act:
        act.record("protected_read", named if len(ids) <= _NAMED else f"people:{len(ids)}", "birth")
