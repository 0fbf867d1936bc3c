"""A window that is killed at work loses nothing, says what it kept, and leaves nothing readable behind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.conftest import FAMILY_KM, FAMILY_LATIN, GIVEN_LATIN
from tests.e2e.window_process import HALF_TYPED, NOTE
from tlbb_desktop.domain.months import Month

CANARIES = (FAMILY_KM, FAMILY_LATIN, GIVEN_LATIN, HALF_TYPED, NOTE)
KILLS = 2


def marked_rows(desk, class_id) -> set[int]:
    register = desk.attendance.register(class_id, Month.of(desk.office.clock.today()))
    marked = {person_id for _session, person_id in register.marks}
    return {row for row, learner in enumerate(register.learners) if learner.person_id in marked}


def files_with(canaries: tuple[str, ...], *folders: Path) -> Iterator[tuple[Path, str]]:
    needles = [(text, text.encode(encoding)) for text in canaries for encoding in ("utf-8", "utf-16-le")]
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield from (
            (path, text) for text, needle in needles if needle in content or needle.decode("latin1") in path.name
        )


def test_every_key_that_was_handled_is_on_the_disk(desk, class_id, window_process) -> None:
    chance, acknowledged = random.Random(2), set()
    for _ in range(KILLS):
        window = window_process("mark_until_killed")
        acknowledged |= {window.hear()["marked"] for _ in range(chance.randint(3, 15))}
        window.kill()
        assert acknowledged <= marked_rows(desk, class_id)
    assert len(acknowledged) > KILLS


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
    window = window_process("leave_half_done")
    while "kept" not in window.hear():
        pass
    window.kill()
    (window.folder / "tmp" / "planted").write_text(f"before {HALF_TYPED} after", encoding="utf-16-le")
    found = list(files_with(CANARIES, home.path, window.folder))
    assert {path.name for path, _canary in found} == {"planted"}
    assert "Traceback" not in window.errors()
