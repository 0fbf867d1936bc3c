from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.paper_text import text_of
from tlbb_desktop.data.models import AuditEvent
from tlbb_desktop.documents.attendance_pdf import attendance_pdf
from tlbb_desktop.documents.typesetting import PaperLanguage
from tlbb_desktop.domain.class_papers import ClassPaper, PaperWish
from tlbb_desktop.domain.errors import Cancelled, NotFound, NotPermitted, Refused, UsageError
from tlbb_desktop.domain.form_code import form_code
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.class_papers import ClassPaperService

OCTOBER = Month(2026, 10)
DAY = date(2026, 10, 6)


@pytest.fixture
def papers(room) -> ClassPaperService:
    return room.desk.class_papers


@pytest.fixture
def wish(room):
    def build(paper: ClassPaper, language: str = "en") -> PaperWish:
        return PaperWish(paper, room.class_id, DAY, language)

    return build


def audited(room) -> list[tuple[str, str, str]]:
    with room.desk.office.store.read() as connection:
        rows = connection.execute(
            select(AuditEvent.kind, AuditEvent.subject, AuditEvent.detail).order_by(AuditEvent.seq)
        )
        return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("paper", "kind", "detail"),
    [
        (ClassPaper.ABSENCE_LIST, "sheet_exported", "2026-10 no:0 pdf both"),
        (ClassPaper.BLANK_REGISTER, "blank_register_exported", "2026-10 pdf both"),
        (ClassPaper.ROLL, "roll_exported", "2026-10-06 pdf both"),
    ],
)
def test_what_is_handed_out_is_audited_without_a_name(room, papers, wish, tmp_path, paper, kind, detail) -> None:
    out = tmp_path / "paper.pdf"
    finished = papers.save(wish(paper, "both"), out)
    assert out.read_bytes() == finished.pdf
    assert audited(room)[-1] == (kind, f"class:{room.class_id}", detail)
    assert "KHIEV KOSAL" in text_of(finished.pdf)


def test_looking_at_a_paper_hands_nothing_out(room, papers, wish) -> None:
    before = audited(room)
    assert papers.paper(wish(ClassPaper.ROLL)).pages == 1
    assert audited(room) == before


def test_what_is_looked_at_is_what_is_printed(papers, wish) -> None:
    for paper in ClassPaper:
        assert papers.paper(wish(paper)).pdf == papers.hand_out(wish(paper)).pdf


def test_papers_are_named_by_class_and_time_and_by_nobody(papers, wish) -> None:
    names = [papers.file_name(wish(paper)) for paper in ClassPaper]
    assert names == [
        "absences SR-MOTO-26 2026-10.pdf",
        "register SR-MOTO-26 2026-10.pdf",
        "roll SR-MOTO-26 2026-10-06.pdf",
    ]


def test_an_issued_list_is_printed_as_it_was_issued(room, papers, wish) -> None:
    for session in room.sessions():
        room.attendance.rest_present(room.class_id, session.id)
    room.mark(5, 0, "absent")
    sheet = room.desk.sheets.issue(room.class_id, OCTOBER)
    room.mark(5, 0, "present")
    finished = papers.paper(wish(ClassPaper.ABSENCE_LIST))
    assert sheet.code in text_of(finished.pdf)
    assert finished.pdf == attendance_pdf(sheet, PaperLanguage.ENGLISH).pdf


def test_an_unknown_language_is_refused(papers, wish) -> None:
    with pytest.raises(UsageError):
        papers.paper(wish(ClassPaper.ROLL, "fr"))


def test_nobody_prints_for_a_prison_that_is_not_theirs(room, papers, wish, tmp_path) -> None:
    actor = replace(room.desk.office.actor, role=Role.TRAINER, prisons=frozenset())
    room.desk.office.actor = actor
    with pytest.raises(NotPermitted):
        papers.save(wish(ClassPaper.BLANK_REGISTER), tmp_path / "x.pdf")
    assert not list(tmp_path.glob("*.pdf"))


def test_the_whole_month_is_written_and_audited(room, papers, tmp_path) -> None:
    out = tmp_path / papers.prison_file_name(room.prison_id, OCTOBER, "en")
    finished = papers.save_prison_month(room.prison_id, OCTOBER, "en", out)
    assert out.read_bytes() == finished.pdf
    assert out.suffix == ".pdf"
    assert audited(room)[-1] == ("sheets_exported", f"prison:{room.prison_id}", "2026-10 classes:1 pdf en")


def test_a_cancelled_month_leaves_neither_file_nor_audit(room, papers, tmp_path) -> None:
    def stop(_done: int, _papers: int) -> None:
        raise Cancelled

    before = audited(room)
    with pytest.raises(Cancelled):
        papers.save_prison_month(room.prison_id, OCTOBER, "km", tmp_path / "month.pdf", stop)
    assert audited(room) == before
    assert not list(tmp_path.glob("*.pdf"))


def test_a_paper_that_cannot_be_written_leaves_no_half_file(papers, wish, tmp_path) -> None:
    with pytest.raises(Refused):
        papers.save(wish(ClassPaper.ROLL), tmp_path / "missing" / "roll.pdf")
    assert not (tmp_path / "missing").exists()


def test_the_code_of_a_marked_register_leads_to_its_class_and_month(room, papers, wish) -> None:
    code = form_code(room.class_id, OCTOBER)
    assert code in text_of(papers.paper(wish(ClassPaper.BLANK_REGISTER)).pdf)
    assert papers.marked_by_hand(code.lower()) == (room.class_id, OCTOBER)


def test_a_code_typed_with_the_khmer_layout_on_is_read(room, papers) -> None:
    khmer = {"W": "ឹ", "Q": "ឆ", "G": "ង"}
    code = form_code(room.class_id, OCTOBER)
    typed = "".join(khmer.get(letter, letter) for letter in code)
    assert papers.marked_by_hand(typed) == (room.class_id, OCTOBER)


def test_a_code_of_no_class_is_refused(room, papers) -> None:
    with pytest.raises(NotFound):
        papers.marked_by_hand(form_code(room.class_id + 1, OCTOBER))
    with pytest.raises(NotFound):
        papers.marked_by_hand(form_code(room.class_id, Month(2031, 1)))
    with pytest.raises(Refused):
        papers.marked_by_hand("111-112")


def test_the_file_of_a_paper_lies_where_it_was_asked_for(papers, wish, tmp_path: Path) -> None:
    out = tmp_path / "older.pdf"
    out.write_bytes(b"older")
    papers.save(wish(ClassPaper.ROLL), out)
    assert out.read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.glob("*.*")] == ["older.pdf"]


def test_a_print_is_on_record_with_its_pages_and_copies(room, papers, wish) -> None:
    papers.note_print(wish(ClassPaper.ABSENCE_LIST, "km"), 2, 3)
    assert audited(room)[-1] == ("sheet_printed", f"class:{room.class_id}", "2026-10 no:0 km 2x3")
