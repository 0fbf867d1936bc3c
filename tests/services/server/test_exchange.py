"""Head office on a server exchanges bundles with a prison's laptop."""

from __future__ import annotations

import json
from pathlib import Path

from tests.services.exchange.conftest import Programme, add_person
from tests.services.exchange.test_new_keys import CODE, introduce, phones_of, set_phones, somebody_leaves
from tlbb_desktop.domain.field_clocks import GONE, HERE
from tlbb_desktop.domain.people import PeopleFilter
from tlbb_desktop.wiring import Desk


def codes(desk: Desk) -> set[str]:
    return {desk.people.record(person).code for person in desk.people.ids(PeopleFilter())}


def test_what_each_side_entered_arrives_on_the_other(desk: Desk, tmp_path: Path) -> None:
    programme = Programme(tmp_path / "laptops", desks={"HO": desk})
    programme.folder.mkdir()
    add_person(desk, "SR-26-0001")
    laptop = programme.join("SR", "SR")
    assert codes(laptop) == {"SR-26-0001"}
    add_person(laptop, "SR-26-0002", name="ពូកែ")
    add_person(desk, "SR-26-0003", name="ដារ៉ា")
    programme.carry("SR", "HO")
    programme.carry("HO", "SR")
    assert codes(desk) == codes(laptop) == {"SR-26-0001", "SR-26-0002", "SR-26-0003"}
    programme.carry("SR", "HO")
    assert programme.written("HO", "SR")[1].rows == 0
    assert desk.audit.first_broken() is None
    laptop.close()


def test_after_new_keys_on_the_server_nothing_looks_changed(desk: Desk, tmp_path: Path) -> None:
    programme = Programme(tmp_path / "laptops", desks={"HO": desk})
    programme.folder.mkdir()
    add_person(desk, CODE, "BTB")
    set_phones(desk, "011 111 111")
    laptop = programme.join("BTB", "BTB")
    programme.carry("BTB", "HO")
    programme.carry("HO", "BTB")
    somebody_leaves(desk)
    set_phones(laptop, "022 222 222")
    introduce(programme, "HO", "BTB", head_office=True)
    assert programme.carry("BTB", "HO").conflicts == 0
    assert phones_of(desk) == "022 222 222"
    laptop.close()


def digests(desk: Desk) -> set[str]:
    with desk.office.store.read() as connection:
        stored = connection.exec_driver_sql("SELECT fields FROM exchange_row").scalars().all()
    named = {digest for fields in stored for _clock, values in json.loads(fields) for digest in values.values()}
    return named - {HERE, GONE}


def test_the_digest_of_a_value_that_anybody_could_guess_is_another_one_on_each_side(desk: Desk, tmp_path: Path) -> None:
    programme = Programme(tmp_path / "laptops", desks={"HO": desk})
    programme.folder.mkdir()
    add_person(desk, "SR-26-0001")
    laptop = programme.join("SR", "SR")
    programme.carry("SR", "HO")
    assert digests(desk)
    assert digests(laptop)
    assert digests(desk) & digests(laptop) == set()
    laptop.close()
