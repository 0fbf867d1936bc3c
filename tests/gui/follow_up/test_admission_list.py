"""An admission list in the window: pairs side by side, decided by keys, finished, and taken up again."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.gui.accessible import unnamed_controls
from tests.gui.follow_up.test_contacts_page import column
from tests.gui.text_fits import cut_texts
from tests.services.aftercare.test_admission_checks import listed, people
from tlbb_desktop.domain.reoffences import EvidenceLevel, PairDecision

__all__ = ["listed", "people"]

Key = Qt.Key


@pytest.fixture
def check(page_at, desk, people, listed):
    """The pane with the pairs of a list of 2025 and 2026."""
    page = page_at(desk)
    page.check_list()
    page.check_pane.first_edit.set_day(date(2025, 8, 1))
    page.check_pane.last_edit.set_day(date(2026, 11, 20))
    page.check_pane.import_file(listed)
    return page.check_pane


def test_pairs_stand_side_by_side_and_a_person_decides_each_by_a_key(check, press, desk, people) -> None:
    assert "សុខ ដារ៉ា" in column(check.table, 0)[0]
    assert column(check.table, 4)[0] == "0001"
    assert not check.finish_button.isEnabled()
    press(Key.Key_S)
    (event,) = desk.reoffences.of_person(people["0001"])
    assert event.form.level is EvidenceLevel.IMPRISONMENT
    while not check.finish_button.isEnabled():
        press(Key.Key_O)
    check.finish_button.click()
    assert "1 person came back." in check.about_label.text()
    assert check.table.isHidden()
    assert desk.admission_checks.unfinished() == ()


def test_a_check_that_nobody_finished_is_taken_up_again(check, page_at, desk) -> None:
    check.decide(PairDecision.OTHER)
    page = page_at(desk)
    page.check_list()
    assert len(page.check_pane._pairs) == len(check._pairs)
    assert page.check_pane.last_edit.day() == date(2026, 11, 20)
    assert not page.check_pane.file_button.isEnabled()


def test_a_file_that_is_no_list_is_refused_with_its_reason(page_at, desk, tmp_path) -> None:
    page = page_at(desk)
    troubles = []
    page.troubled.connect(troubles.append)
    page.check_list()
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    page.check_pane.import_file(tmp_path / "x.xlsx")
    assert troubles
    assert page.check_pane.table.isHidden()


def test_no_word_is_cut_and_everything_has_a_name(language, check) -> None:
    assert cut_texts(check) == []
    assert unnamed_controls(check) == []
    for pair in tuple(check._pairs):
        check.table.go(pair)
        check.decide(PairDecision.OTHER)
    assert cut_texts(check) == []
    check.finish()
    assert cut_texts(check) == []
