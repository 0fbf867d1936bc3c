from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from sqlalchemy import select

from tlbb_desktop.data.models import AuditEvent
from tlbb_desktop.domain.errors import Refused, UsageError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.services.sheet_papers import SheetPapers

OCTOBER = Month(2026, 10)
LANGUAGES = ("km", "en", "both")


@pytest.fixture
def papers(room) -> SheetPapers:
    for session in room.sessions():
        room.attendance.rest_present(room.class_id, session.id)
    return room.desk.sheet_papers


def audited(room) -> list[tuple[str, str, str]]:
    with room.desk.office.store.read() as connection:
        rows = connection.execute(select(AuditEvent.kind, AuditEvent.subject, AuditEvent.detail))
        return [tuple(row) for row in rows]


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_a_sheet_is_a_paper_in_each_language(room, papers):
    texts = {language: words(papers.paper(room.class_id, OCTOBER, language=language).pdf) for language in LANGUAGES}
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in texts["km"]
    assert "ព្រះរាជាណាចក្រកម្ពុជា" not in texts["en"]
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in texts["both"]
    assert "Kingdom of Cambodia" in texts["both"].title().replace(" Of ", " of ")


def test_an_unknown_language_is_refused(room, papers):
    with pytest.raises(UsageError):
        papers.paper(room.class_id, OCTOBER, language="fr")


def test_looking_at_a_paper_leaves_no_trace_and_printing_does(room, papers):
    before = audited(room)
    papers.paper(room.class_id, OCTOBER, language="km")
    assert audited(room) == before
    papers.note_print(room.class_id, OCTOBER, language="km", pages=2, copies=3)
    assert audited(room)[-1] == ("sheet_printed", f"class:{room.class_id}", "2026-10 no:0 km 2x3")


def test_a_saved_paper_is_whole_and_audited(room, papers, tmp_path):
    path = papers.save(room.class_id, OCTOBER, language="en", path=tmp_path / "sheet.pdf")
    assert path.read_bytes() == papers.paper(room.class_id, OCTOBER, language="en").pdf
    assert list(tmp_path.glob("*.tmp")) == []
    assert audited(room)[-1] == ("sheet_exported", f"class:{room.class_id}", "2026-10 no:0 pdf en")


def test_a_place_that_takes_no_file_is_refused(room, papers, tmp_path):
    with pytest.raises(Refused):
        papers.save(room.class_id, OCTOBER, language="en", path=tmp_path / "gone" / "sheet.pdf")
