"""A paper on a page: made in the background, shown, printed, saved, and what is said when that fails."""

from __future__ import annotations

import errno
from pathlib import Path
from threading import Event

import pytest

from tests.gui.papers import paper
from tlbb_desktop.domain.errors import Refused, StorageFull
from tlbb_desktop.security import atomic_file
from tlbb_desktop.services.whole_file import write_whole
from tlbb_desktop.widgets import paper_acts
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview


@pytest.fixture
def preview(qtbot) -> PaperPreview:
    widget = PaperPreview()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def acts(preview, tasks, tmp_path) -> PaperActs:
    return PaperActs(preview, tasks, lambda: tmp_path)


@pytest.fixture
def place(monkeypatch, tmp_path) -> Path:
    """Whoever is asked where to save answers with this."""
    chosen = tmp_path / "sheet.pdf"
    monkeypatch.setattr(paper_acts, "ask_where_to_save", lambda _window, folder, name: folder / f"{name}.pdf")
    return chosen


def made_of(pdf: bytes, name: str = "sheet") -> Paper:
    return Paper(name, lambda: pdf, lambda *_: None, lambda path: write_whole(path, pdf))


def test_a_paper_is_made_and_shown(acts, preview, qtbot):
    with qtbot.waitSignal(preview.shown):
        acts.show(made_of(paper(2)))
    assert preview._position.text() == "Page 1 of 2"


def test_a_paper_that_may_not_be_made_says_why(acts, preview, qtbot):
    def refuse() -> bytes:
        raise Refused("No.")

    acts.show(Paper("sheet", refuse, lambda *_: None, lambda _path: None))
    qtbot.waitUntil(preview._trouble.isVisible)
    assert preview._trouble.text() == "No."


def test_who_runs_through_a_list_waits_only_for_the_last_paper(acts, preview, tasks, qtbot):
    made, going = [], Event()
    tasks.submit(lambda _progress: going.wait(5), preview, lambda _: None)  # the queue is busy
    for pages in (1, 2, 3):
        acts.show(Paper(f"{pages}", lambda n=pages: made.append(n) or paper(n), lambda *_: None, lambda _: None))
    going.set()
    qtbot.waitUntil(lambda: preview._position.text() == "Page 1 of 3")
    assert made == [3]


def test_print_asked_for_too_early_comes_when_the_paper_is_made(acts, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(acts.printer, "ask", lambda pdf, name, _audit, current: asked.append((pdf, name, current)))
    acts.print_it()
    assert asked == []
    acts.show(made_of(paper(1), "october"))
    acts.print_it()
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [(paper(1), "october", 0)]


def test_a_paper_is_saved_under_its_name(acts, qtbot, place):
    acts.show(made_of(paper(1)))
    with qtbot.waitSignals([acts.saved, acts.said]):
        acts.save_it()
    assert place.read_bytes() == paper(1)


def test_who_thinks_better_of_saving_leaves_no_file(acts, monkeypatch, tmp_path):
    monkeypatch.setattr(paper_acts, "ask_where_to_save", lambda *_: None)
    acts.show(made_of(paper(1)))
    acts.save_it()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_explained_and_the_older_file_is_whole(acts, qtbot, place, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    place.write_bytes(b"older")
    monkeypatch.setattr(atomic_file.os, "fsync", full)
    acts.show(made_of(paper(1)))
    with qtbot.waitSignal(acts.troubled) as trouble:
        acts.save_it()
    assert isinstance(trouble.args[0], StorageFull)
    assert place.read_bytes() == b"older"
