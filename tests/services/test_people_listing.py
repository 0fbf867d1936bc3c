"""The list of people: Khmer order, search in both scripts and every encoding, and its speed at fifty thousand."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator

import pytest

from tests.programme import Template
from tests.services.test_people import newcomer
from tests.services.test_people_import import pasted_lines, sample_lines
from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.people import Names, PeopleFilter
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.khmer import sort_key
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk, open_desk

MANY = 50_000


@pytest.fixture
def filled(desk):
    desk.people_import.take(sample_lines(desk))
    return desk


def names(desk, search: str = "", sort: str = "name", *, descending: bool = False) -> list[str]:
    ids = desk.people.ids(PeopleFilter(search=search), sort=sort, descending=descending)
    rows = desk.people.rows(ids)
    return [rows[person_id].names.shown for person_id in ids]


def test_the_list_stands_in_khmer_dictionary_order(filled) -> None:
    shown = names(filled)
    assert len(shown) == 34
    assert shown == sorted(shown, key=sort_key)
    assert names(filled, descending=True) == shown[::-1]


@pytest.mark.parametrize("typed", ["គឹម សន្តិ", "គឹម\u200bសន្ដិ", "សន្ដិ", "kim santi", "SANTI", "2024-4745", "២០២៤-៤៧៤៥"])
def test_somebody_is_found_however_the_name_is_typed(filled, typed: str) -> None:
    assert "គឹម សន្តិ" in names(filled, typed)


def test_a_percent_sign_finds_percent_signs_only(filled) -> None:
    assert names(filled, "%") == []
    assert names(filled, "_") == []
    assert names(filled, "|") == names(filled)


@pytest.mark.parametrize("sort", ["latin", "code", "prison", "status", "release"])
def test_every_sort_shows_everybody_once(filled, sort: str) -> None:
    ids = filled.people.ids(sort=sort)
    assert len(ids) == len(set(ids)) == 34
    if sort == "code":
        codes = [filled.people.rows([each])[each].code for each in ids]
        assert codes == sorted(codes)


def test_the_finder_shows_the_first_few(filled) -> None:
    found = filled.people.quick_find("piseth", limit=2)
    assert [row.names.given_latin for row in found] == ["PISETH", "PISETH"]


def test_the_first_of_a_search_are_the_first_of_all_whom_it_finds(filled) -> None:
    for sort in ("name", "code", "status"):
        wish = PeopleFilter(search="a")
        found = filled.people.ids(wish, sort=sort)
        assert len(found) > 2
        assert list(filled.people.ids(wish, sort=sort, limit=2)) == list(found[:2])


KHMER_ONLY = "K1\tសុខា\tប\t2008\nK2\tសុខ ដារ៉ា\tប\t2008\nK3\tពេជ្រ រតនៈ\tប\t2008\n"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sokha", {"សុខា", "សុខ ដារ៉ា"}),
        ("sok kha", {"សុខា", "សុខ ដារ៉ា"}),
        ("Sok Dara", {"សុខ ដារ៉ា"}),
        ("dara sok", {"សុខ ដារ៉ា"}),
        ("sokdara", {"សុខ ដារ៉ា"}),
        ("pich", {"ពេជ្រ រតនៈ"}),
        ("Ratanak", {"ពេជ្រ រតនៈ"}),
        ("so", set()),
        ("sokha 2", set()),
    ],
)
def test_who_has_no_latin_name_is_found_by_its_sound(desk, typed: str, found: set[str]) -> None:
    desk.people_import.take(pasted_lines(desk, KHMER_ONLY))
    assert set(names(desk, typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("somnang", {"ចាន់ សំណាង"}),
        ("chan somnang", {"ចាន់ សំណាង"}),
        ("Chann Sam Nang", {"ចាន់ សំណាង"}),
        ("chan somnang dara", set()),
        ("sam nang", {"ចាន់ សំណាង"}),
        ("sovan", {"ហេង សុវណ្ណ"}),
        ("sovanna", {"ហេង សុវណ្ណ"}),
        ("kosal", {"លី កុសល"}),
        ("kousol", {"លី កុសល"}),
        ("somnong 1", set()),
    ],
)
def test_who_has_a_latin_name_is_found_by_its_other_spellings(desk, typed: str, found: set[str]) -> None:
    people = (("ចាន់", "សំណាង", "CHAN", "SAMNANG"), ("ហេង", "សុវណ្ណ", "HENG", "SOVANN"), ("លី", "កុសល", "LY", "KOSAL"))
    for number, spelt in enumerate(people):
        desk.people.save(newcomer(desk.prisons.own().id, code=f"K{number}", names=Names(*spelt)))
    assert set(names(desk, typed)) == found


def test_a_short_sound_adds_nobody_to_those_who_are_found_by_letters(desk) -> None:
    for number, spelt in enumerate((("សុខ", "ដារ៉ា", "SOK", "DARA"), ("សាក់", "បូរី", "SAK", "BOREY"))):
        desk.people.save(newcomer(desk.prisons.own().id, code=f"K{number}", names=Names(*spelt)))
    assert names(desk, "sok") == ["សុខ ដារ៉ា"]
    assert set(names(desk, "sek")) == {"សុខ ដារ៉ា", "សាក់ បូរី"}


def test_a_clear_sound_is_added_after_those_who_are_found_by_letters(desk) -> None:
    for number, spelt in enumerate((("ចាន់", "សំណាង", "CHAN", "SAMNANG"), ("អ៊ុក", "សំណាង", "OUK", "SOMNANG"))):
        desk.people.save(newcomer(desk.prisons.own().id, code=f"K{number}", names=Names(*spelt)))
    assert names(desk, "somnang") == ["អ៊ុក សំណាង", "ចាន់ សំណាង"]


def test_who_is_found_by_letters_comes_before_who_is_found_by_sound(filled) -> None:
    by_letters = names(filled, "piseth")
    assert by_letters
    filled.people_import.take(pasted_lines(filled, "K1\tពិសិដ្ឋ\tប\t2008\n"))
    for descending in (False, True):
        found = names(filled, "piseth", descending=descending)
        assert found[-1] == "ពិសិដ្ឋ"
        assert sorted(found[:-1]) == sorted(by_letters)
    wish = PeopleFilter(search="piseth")
    found = filled.people.ids(wish)
    assert [filled.people.ids(wish, limit=limit) for limit in range(len(found) + 2)] == [
        found[:limit] for limit in range(len(found) + 2)
    ]
    assert [row.names.shown for row in filled.people.quick_find("piseth")][-1] == "ពិសិដ្ឋ"


def test_guests_are_listed_only_when_asked_for(desk) -> None:
    desk.people_import.take(pasted_lines(desk, "A1\tសុខ ដារ៉ា\tប\t2008\n"))
    with desk.office.store.write() as session:
        session.connection().exec_driver_sql("UPDATE person SET kind = 'guest'")
    assert list(desk.people.ids()) == []
    assert len(desk.people.ids(PeopleFilter(include_guests=True))) == 1


def test_a_listing_says_what_the_reader_may_know(filled, desk_as) -> None:
    from tlbb_desktop.domain.births import Birth
    from tlbb_desktop.domain.staff import Role

    assert all(person.birth != Birth() for person in filled.people.listing())
    trainer = desk_as(Role.TRAINER, prisons=frozenset({filled.prisons.own().id}))
    assert [person.birth for person in trainer.people.listing("kim santi")] == [Birth()]


@pytest.fixture(scope="module")
def crowded(template, tmp_path_factory) -> Home:
    """A home with fifty thousand people, closed."""
    home = Home(tmp_path_factory.mktemp("crowded") / "home")
    shutil.copytree(template.home.path, home.path)
    desk = desk_at(home, template)
    chance = random.Random(1)
    family = [("គឹម", "KIM"), ("ខៀវ", "KHIEV"), ("លី", "LY"), ("សុខ", "SOK"), ("ញ៉ែម", "NHEM"), ("ឡុង", "LONG")]
    given = [("សន្តិ", "SANTI"), ("ដារ៉ា", "DARA"), ("ពិសិដ្ឋ", "PISETH"), ("បុប្ផា", "BOPHA"), ("វណ្ណា", "VANNA")]
    columns = ("id", "uuid", "version", "created_at", "changed_at", "code", "kind", "status", "sex", "family_km")
    columns += ("given_km", "family_latin", "given_latin", "nickname", "age_band", "province_code", "note", "prison_id")
    columns += ("sort_key", "latin_sort_key", "search_text", "duplicate_key")
    own, rows = desk.prisons.own().id, []
    for number in range(1, MANY + 1):
        (fk, fl), (gk, gl), (mk, ml) = chance.choice(family), chance.choice(given), chance.choice(given)
        who, code = Names(fk, gk + mk, fl, gl + ml), f"{number:06d}"
        keys = person_keys(who, code)
        plain = (number, new_uuid(), 1, 0, 0, code, "participant", "enrolled", "M", fk, gk + mk, fl, gl + ml)
        found_by = (keys.sort_key, keys.latin_sort_key, keys.search_text, keys.duplicate_key)
        rows.append((*plain, "", "", "", "", own, *found_by))
    with desk.office.store.write() as session:
        repository.insert_rows(session.connection(), models.Person, columns, rows)
    desk.close()
    return home


@pytest.fixture
def crowd(crowded, template, tmp_path) -> Iterator[Desk]:
    """Fifty thousand people, for one test."""
    shutil.copytree(crowded.path, tmp_path / "crowd")
    desk = desk_at(Home(tmp_path / "crowd"), template)
    yield desk
    desk.close()


def desk_at(home: Home, template: Template) -> Desk:
    return open_desk(home, enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login"))


def test_fifty_thousand_people_are_listed_and_searched(crowd) -> None:
    people = crowd.people
    assert len(people.ids()) == MANY
    for typed, holds in (("kim", "KIM"), ("piseth", "PISETH"), ("សន្ដិ", "SANTI")):
        found = people.rows(people.ids(PeopleFilter(search=typed)))
        assert len(found) > MANY / 50, typed
        assert all(holds in row.names.latin for row in found.values())
    assert len(people.ids(PeopleFilter(search="049999"))) == 1
    assert people.ids(PeopleFilter(search="zzz")) == []
    page = people.ids()[25_000:25_040]
    assert set(people.rows(page)) == set(page)


def test_the_list_is_read_from_its_covering_index(crowd) -> None:
    from tlbb_desktop.data.queries import people as queries

    wanted = queries._wanted(PeopleFilter(search="kim"), None, crowd.office.clock.today())
    with crowd.office.store.read() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN SELECT p.id FROM person p WHERE {wanted.sql} ORDER BY p.sort_key, p.id",
            tuple(wanted.values),
        ).all()
    assert [row.detail for row in plan] == ["SCAN p USING COVERING INDEX ix_person_list"]
