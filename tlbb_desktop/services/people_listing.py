"""Lists of people: whom they show, in which order, and who looks like whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tlbb_desktop.data.queries import people as queries
from tlbb_desktop.data.queries.cases import sealed_people
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.people import LikelySame, PeopleFilter, PersonListing, PersonRecord, PersonRow
from tlbb_desktop.domain.person_keys import duplicate_key
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise_name
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.namesakes import namesakes, note_births_read, note_births_shown
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.person_seal import open_birth

EVERYBODY: Final = PeopleFilter()


class PeopleLists:
    """Reads of many people. A member of staff whose permission reaches their own prisons sees nobody else.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def ids(
        self, wish: PeopleFilter = EVERYBODY, *, sort: str = "name", descending: bool = False, limit: int = -1
    ) -> Sequence[int]:
        """Ids of the people that *wish* lets through.

        Args:
            wish: search and filters.
            sort: ``name`` (Khmer dictionary order), ``latin``, ``code``, ``prison``, ``status`` or ``release``.
            descending: the other way round.
            limit: how many of them at most, from the first; -1 = all.
        """
        return self._found(wish, sort=sort, descending=descending, limit=limit)

    def rows(self, ids: Iterable[int]) -> dict[int, PersonRow]:
        """Lines of the list by id; ids from :meth:`ids`, a page at a time."""
        own = self._office.prison_limit(Action.PEOPLE_READ)
        with self._office.store.read() as connection:
            return queries.person_rows(connection, ids, self._office.clock.today(), own)

    def quick_find(self, text: str, limit: int = 12) -> list[PersonRow]:
        """The first people whom *text* finds, in Khmer dictionary order."""
        ids = self._found(PeopleFilter(search=text), limit=limit)
        rows = self.rows(ids)
        return [rows[person_id] for person_id in ids if person_id in rows]

    def listing(self, search: str = "") -> list[PersonListing]:
        """Everybody whom *search* finds, with their birth dates; reading those is written to the audit.

        Without the ``legal`` compartment every birth date is unknown, and so is that of somebody whose case is sealed.
        """
        ids = self._found(PeopleFilter(search=search))
        with_births = self._office.may(Action.IDENTITY_READ) and self._office.cipher.opens(Compartment.LEGAL)
        if with_births:
            note_births_read(self._office, ids)
        with self._office.read(Action.PEOPLE_READ) as connection:
            sealed = queries.births_of_ids(connection, ids)
            shut = sealed_people(connection, ids)
        return [
            PersonListing(
                person.code,
                person.names,
                person.sex,
                open_birth(self._office.cipher, person) if with_births and person_id not in shut else Birth(),
                person.province_code,
            )
            for person_id, person in ((person_id, sealed[person_id]) for person_id in ids)
        ]

    def person_with_code(self, code: str) -> int:
        """The person who bears *code*; for a code of a merged record, the person it was merged into.

        Raises:
            NotFound: nobody bears it.
        """
        wanted = normalise_name(code)
        with self._office.read(Action.PEOPLE_READ) as connection:
            person_id = queries.person_with_code(connection, wanted)
            prison_id = None if person_id is None else queries.prison_of_person(connection, person_id)
        if person_id is None:
            raise NotFound(N_("Nobody has the code {code}."), code=wanted)
        self._office.permit(Action.PEOPLE_READ, prison_id)
        return person_id

    def likely_same(self, record: PersonRecord) -> tuple[LikelySame, ...]:
        """People on record who may be the one at hand: equal names in any encoding, same sex, birth dates that agree.

        Somebody at another prison is shown, too, as people are moved; their birth date only to those who may read it.
        """
        key = duplicate_key(record.names)
        with self._office.read(Action.PEOPLE_WRITE) as connection:
            known = namesakes(self._office, connection, (key,)) if key else []
        birth = record.identity.birth if record.identity else Birth()
        found = tuple(
            each.shown
            for each in known
            if each.sex is record.sex and each.shown.person.id != record.id and each.birth.agrees_with(birth)
        )
        note_births_shown(self._office, found)
        return found

    def _found(self, wish: PeopleFilter, *, sort: str = "name", descending: bool = False, limit: int = -1) -> list[int]:
        own = self._office.prison_limit(Action.PEOPLE_READ)
        today = self._office.clock.today()
        with self._office.store.read() as connection:
            return queries.person_ids(
                connection, wish, own_prisons=own, today=today, sort=sort, descending=descending, limit=limit
            )
