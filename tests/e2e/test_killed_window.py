"""A window that is killed at work loses nothing, says what it kept, and leaves nothing readable behind."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.conftest import FAMILY_KM, FAMILY_LATIN, GIVEN_LATIN, class_of_forty
from tests.e2e.window_process import HALF_TYPED, NOTE, PHONE, PRINTED
from tests.faults.size import SEED, at_gate
from tests.programme import PASSPHRASE
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import Cancelled
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Contact, Identity
from tlbb_desktop.khmer import to_khmer_digits as in_khmer_digits
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.fault_log import noted_faults
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.wiring import Desk, open_desk

PLACE, CARD, BORN = "Zwqcanaryplace", "700 700 123", "2009-10-16"
CANARIES = (FAMILY_KM, FAMILY_LATIN, GIVEN_LATIN, HALF_TYPED, NOTE, PLACE, CARD, PHONE, BORN)
KILLS = at_gate(20, night=500)
AT_ONCE = 2
CODES = {"P": MarkCode.PRESENT, "A": MarkCode.ABSENT}


def codes_by_row(desk, class_id) -> dict[int, MarkCode]:
    """What the register says of each learner who is marked today."""
    register = desk.attendance.register(class_id, Month.of(desk.office.clock.today()))
    rows = {learner.person_id: row for row, learner in enumerate(register.learners)}
    return {rows[person_id]: mark.code for (_session, person_id), mark in register.marks.items()}


def forms_of(text: str) -> Iterator[bytes]:
    """*text* as programs write it: two encodings of three kinds, digits of both scripts, with and without spaces."""
    for written in {text, text.replace(" ", ""), in_khmer_digits(text), in_khmer_digits(text.replace(" ", ""))}:
        yield from (written.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
        yield json.dumps(written).strip('"').encode()


def files_with(canaries: tuple[str, ...], *folders: Path) -> Iterator[tuple[Path, str]]:
    """Files that hold a canary, or bear it in their names."""
    needles = [(text, form) for text in canaries for form in set(forms_of(text))]
    for path in (path for folder in folders for path in folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        name = path.name.encode(errors="surrogateescape")
        yield from ((path, text) for text, form in needles if form in content or form in name)


@pytest.fixture
def laptops(beginnings, template, tmp_path) -> Iterator[list[tuple[Home, Desk]]]:
    """Some with the class of forty, each with a desk that looks into its record beside the windows."""
    made = []
    for number in range(AT_ONCE):
        home = beginnings.copy(class_of_forty, tmp_path / f"laptop-{number}")
        opened = enter(home, keyring_of(home).load(), template.keys, SystemClock(), "login")
        made.append((home, open_desk(home, opened)))
    yield made
    for _home, desk in made:
        desk.close()


def test_every_key_that_was_handled_is_on_the_disk(beginnings, laptops, window_process) -> None:
    """Two windows at a time, each killed at another key and opened anew on what the kill before left.

    Each window marks with one key, so that a mark of before cannot stand for a lost one.
    """
    class_id = beginnings.made(class_of_forty)
    chance, acknowledged = random.Random(SEED), [dict[int, MarkCode]() for _laptop in laptops]
    for number in range(KILLS // AT_ONCE):
        key = "PA"[number % 2]
        windows = [window_process("mark_until_killed", at=home, log_in=False) for home, _desk in laptops]
        for window in windows:
            window.tell(PASSPHRASE)
            window.tell(key)
        for window, (_home, desk), marked in zip(windows, laptops, acknowledged, strict=True):
            assert window.hear() == {"seated": True}
            for _ in range(chance.randint(3, 15)):
                marked[window.hear()["marked"]] = CODES[key]
            window.kill()
            marked.update({news["marked"]: CODES[key] for news in window.last_words()})
            on_disk = codes_by_row(desk, class_id)
            assert marked.keys() <= on_disk.keys()
            others = [code for row, code in on_disk.items() if marked.get(row) != code]
            assert others in ([], [CODES[key]]), "one at most was handled and not told"
            marked.update(on_disk)
    assert all(len(marked) > 3 for marked in acknowledged)


def test_after_a_kill_today_names_the_last_mark_and_offers_the_draft(desk, class_id, window_process) -> None:
    window = window_process("leave_half_done")
    rows = [window.hear()["marked"] for _ in range(3)]
    assert window.hear() == {"kept": True}
    window.kill()
    last = desk.attendance.register(class_id, Month.of(desk.office.clock.today())).learners[rows[-1]]
    again = window_process("look")
    seen = again.hear()
    assert seen["place"] == "today"
    assert last.names.khmer in seen["first_line"][0]
    assert "SR-TEST" in " ".join(seen["first_line"])
    assert seen["offer"] == "What was half typed before is kept."
    assert HALF_TYPED in " ".join(again.hear()["fields"])
    assert again.end() == 0


def test_a_killed_window_leaves_nothing_readable(home, desk, class_id, window_process) -> None:
    """After a paper was looked at and printed, an export and an import were broken off, people were looked for, the
    program failed with a name in its hands, a name was copied, and half a form was typed.
    """
    person = desk.people.record(desk.people.person_with_code("SR-000"))
    born = Identity(Birth.parse("day", BORN), id_numbers={"card": CARD})
    desk.people.save(replace(person, identity=born, contact=Contact(place_text=PLACE, phones=PHONE), note=NOTE))
    desk.backups.create()
    window = window_process("leave_traces_everywhere")
    heard = {}
    while "kept" not in heard:
        heard |= window.hear()
    assert heard.keys() >= {"cancelled", "printed", "looked", "pasted", "crashed"}
    assert heard["copied"] == HALF_TYPED, "it would be on the clipboard when the window is killed"
    assert not any(text in shown for shown in heard["crashed"] for text in CANARIES)
    assert "builtins.RuntimeError" in noted_faults(home)
    assert (home.path.parent / PRINTED).read_bytes().startswith(b"%PDF")
    export_and_break_off(desk, window.folder)
    window.kill()
    (window.folder / "tmp" / "planted").write_text(f"before {HALF_TYPED} after", encoding="utf-16-le")
    (window.folder / "tmp" / "digits").write_text(f"before {in_khmer_digits(PHONE)} after", encoding="utf-8")
    found = list(files_with(CANARIES, home.path, window.folder))
    assert {path.name for path, _canary in found} == {"planted", "digits"}
    assert "Traceback" not in window.errors()


def export_and_break_off(desk, folder: Path) -> None:
    """The prison's month, stopped on the way."""

    def stop(_done: int, _all: int) -> None:
        raise Cancelled

    month = Month.of(desk.office.clock.today())
    with pytest.raises(Cancelled):
        desk.sheets.export_prison_month(
            desk.prisons.own().id, month, language="en", path=folder / "home" / "month.xlsx", progress=stop
        )
