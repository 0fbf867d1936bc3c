"""Papers of certificates: drafts, bundles, files, photos and headings."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from PIL import Image

from tests.paper_text import text_of
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState, RulesNotMet
from tlbb_desktop.domain.consents import PHOTOS_ON_CERTIFICATES, ConsentPurpose
from tlbb_desktop.domain.errors import Cancelled, ChangedMeanwhile, NotFound, NotPermitted, Refused, UsageError
from tlbb_desktop.domain.paper_headings import PaperTemplate
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services import certificate_batches

State = CertificateState
KINGDOM = "KINGDOM OF CAMBODIA"


def pictures_in(pdf: bytes) -> int:
    return sum(len(page.images) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def papers(graduates):
    return graduates.room.desk.certificate_papers


@pytest.fixture
def approved(graduates) -> tuple[int, ...]:
    """Four certificates that a manager has approved."""
    ids = graduates.service.propose(graduates.class_id, graduates.people[:4])
    graduates.service.approve(ids)
    return ids


@pytest.fixture
def issued(graduates, approved) -> tuple[int, ...]:
    """The four, issued; none has gone out yet."""
    graduates.room.desk.certificate_batches.issue(approved)
    return approved


def prints(graduates) -> list[int]:
    return sorted(row.prints for row in graduates.service.list())


def test_a_draft_says_what_will_be_issued_and_that_it_is_a_draft(graduates, papers, approved) -> None:
    said = text_of(papers.draft(approved[0], "en").pdf)
    assert "KIM VANNA" in said
    assert "DRAFT" in said
    assert "No." not in said
    assert [row.number for row in graduates.service.list()] == [""] * 4


def test_a_trainer_sees_drafts_and_how_far_they_are_but_no_issued_paper(graduates, approved, desk_as) -> None:
    trainer = desk_as(Role.TRAINER, prisons=frozenset({graduates.room.prison_id}))
    assert "KIM VANNA" in text_of(trainer.certificate_papers.draft(approved[0], "km").pdf)
    graduates.service.issue(approved[:1])
    assert sorted(row.state for row in trainer.certificates.proposals()) == ["approved"] * 3 + ["issued"]
    with pytest.raises(NotPermitted):
        trainer.certificate_papers.paper(approved[0], "km")
    elsewhere = desk_as(Role.TRAINER, prisons=frozenset({10**6}))
    assert elsewhere.certificates.proposals() == ()
    with pytest.raises(NotPermitted):
        elsewhere.certificate_papers.draft(approved[1], "km")


def test_a_withdrawn_number_is_no_proposal_any_more_and_has_no_paper(graduates, papers, issued) -> None:
    number = graduates.service.list()[0].number
    gone = graduates.service.list()[0].id
    graduates.service.revoke(number, "a mistake")
    assert len(graduates.service.proposals()) == 3
    with pytest.raises(Refused, match="not valid any more"):
        papers.paper(gone, "en")


def test_a_draft_that_would_show_detention_says_so_before_the_issue(graduates, papers, approved) -> None:
    graduates.room.desk.settings.put("certificate_post_en", "Prison director")
    with pytest.raises(Refused, match="must not stand"):
        papers.draft(approved[0], "en")


def test_the_first_paper_that_goes_out_is_no_duplicate_and_the_next_is(graduates, papers, issued, tmp_path) -> None:
    assert prints(graduates) == [0] * 4
    assert "DUPLICATE" not in text_of(papers.paper(issued[0], "en").pdf)
    papers.save(issued[:1], "en", tmp_path / "first.pdf")
    assert prints(graduates) == [0, 0, 0, 1]
    assert "DUPLICATE" not in text_of((tmp_path / "first.pdf").read_bytes())
    papers.save(issued[:1], "en", tmp_path / "second.pdf")
    assert "DUPLICATE" in text_of((tmp_path / "second.pdf").read_bytes())


def test_what_was_issued_without_its_paper_is_no_duplicate_on_the_command_line_either(graduates, issued) -> None:
    number = graduates.service.list()[0].number
    assert not graduates.service.reprint(number).duplicate
    assert graduates.service.reprint(number).duplicate


def test_only_the_pages_that_go_to_the_printer_count(graduates, papers, issued) -> None:
    bundle = papers.bundle(issued, "km")
    assert bundle.finished.pages == 4
    papers.note_print(bundle, [0, 2], 2)
    assert prints(graduates) == [0, 0, 2, 2]
    with pytest.raises(ChangedMeanwhile):  # its first page would be a second original
        papers.note_print(bundle, [0], 1)


def test_a_certificate_that_was_revoked_after_it_was_laid_out_does_not_go_out(graduates, papers, issued) -> None:
    bundle = papers.bundle(issued[:1], "km")
    row = next(row for row in graduates.service.list() if row.id == issued[0])
    graduates.service.revoke(row.number, "a mistake")
    with pytest.raises(ChangedMeanwhile):
        papers.note_print(bundle, [0], 1)


def test_one_file_holds_all_and_a_file_each_holds_one(graduates, papers, issued, tmp_path) -> None:
    papers.save(issued, "both", tmp_path / "all.pdf")
    assert len(pypdf.PdfReader(tmp_path / "all.pdf").pages) == 4
    (tmp_path / "each").mkdir()
    files = papers.save_each(issued, "km", tmp_path / "each")
    numbers = {row.number for row in graduates.service.list()}
    assert {file.name for file in files} == {f"certificate-{number}.pdf" for number in numbers}
    assert prints(graduates) == [2] * 4
    assert papers.file_name(issued) == "certificates-2026-10-30-4"
    assert papers.file_name(issued[:1]) in {f"certificate-{number}" for number in numbers}


def stop_at(wanted: int):
    def progress(done: int, _all: int) -> None:
        if done == wanted:
            raise Cancelled

    return progress


def test_a_file_that_is_stopped_is_not_there_and_nothing_counts(graduates, papers, issued, tmp_path) -> None:
    with pytest.raises(Cancelled):
        papers.save(issued, "km", tmp_path / "all.pdf", stop_at(3))
    assert list(tmp_path.glob("*.pdf")) == []
    assert prints(graduates) == [0] * 4


def test_files_that_were_written_before_the_stop_are_whole_and_they_alone_count(
    graduates, papers, issued, tmp_path
) -> None:
    with pytest.raises(Cancelled):
        papers.save_each(issued, "km", tmp_path, stop_at(2))
    files = list(tmp_path.glob("*.pdf"))
    assert len(files) == 2
    assert all(len(pypdf.PdfReader(file).pages) == 1 for file in files)
    assert prints(graduates) == [0, 0, 1, 1]


def test_a_place_that_takes_no_file_counts_nothing(graduates, papers, issued, tmp_path) -> None:
    with pytest.raises(Refused):
        papers.save(issued, "km", tmp_path / "gone" / "all.pdf")
    assert prints(graduates) == [0] * 4


def test_a_batch_that_is_stopped_has_issued_whole_certificates_and_left_the_others(
    graduates, approved, monkeypatch
) -> None:
    monkeypatch.setattr(certificate_batches, "AT_ONCE", 2)
    batch = graduates.room.desk.certificate_batches.issue(approved, progress=stop_at(3))
    assert (batch.issued, batch.left, batch.trouble) == (approved[:2], approved[2:], None)
    rows = {row.id: row for row in graduates.service.list()}
    assert [rows[each].state for each in approved] == [State.ISSUED, State.ISSUED, State.APPROVED, State.APPROVED]
    assert [bool(rows[each].number) for each in approved] == [True, True, False, False]


def test_a_batch_counts_on_from_one_act_to_the_next(graduates, approved, monkeypatch) -> None:
    monkeypatch.setattr(certificate_batches, "AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    batch = graduates.room.desk.certificate_batches.issue(approved, progress=lambda *done: told.append(done))
    assert told == [(1, 4), (2, 4), (3, 4)]
    assert batch.issued == approved


def test_a_batch_that_meets_trouble_says_what_is_issued_and_what_is_left(graduates, approved) -> None:
    with graduates.room.desk.office.store.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE person SET given_latin = 'PRISONER' WHERE id = ?", (graduates.people[2],)
        )
    batch = graduates.room.desk.certificate_batches.issue(approved)
    assert (batch.issued, batch.left) == (approved[:2], approved[2:])
    assert isinstance(batch.trouble, Refused)


def test_a_batch_asks_for_the_reason_before_it_issues_anything(graduates, approved) -> None:
    for session in graduates.room.sessions()[:6]:
        graduates.room.mark(session.day.day, 3, "absent")
    batches = graduates.room.desk.certificate_batches
    with pytest.raises(RulesNotMet) as refused:
        batches.issue(approved)
    assert [code for code, _line in refused.value.lines] == ["2026-0004"]
    assert {row.state for row in graduates.service.list()} == {State.APPROVED}
    assert batches.issue(approved, "was ill").issued == approved


def test_the_heading_is_that_of_the_template(graduates, papers, issued) -> None:
    put = graduates.room.desk.settings.put
    assert KINGDOM not in text_of(papers.paper(issued[0], "en").pdf)
    put(PaperTemplate.CERTIFICATE.setting, "state")
    (statement,) = graduates.service.propose(graduates.class_id, graduates.people[:1], CertificateKind.PARTIAL)
    assert KINGDOM in text_of(papers.paper(issued[0], "en").pdf)
    assert KINGDOM not in text_of(papers.draft(statement, "en").pdf)
    put(PaperTemplate.STATEMENT.setting, "joint")
    assert KINGDOM in text_of(papers.draft(statement, "en").pdf)
    put(PaperTemplate.STATEMENT.setting, "no such heading")
    assert KINGDOM not in text_of(papers.draft(statement, "en").pdf)


@pytest.fixture
def photographed(graduates) -> int:
    """The first learner, with a photo and an agreement that it stands on papers."""
    desk, person = graduates.room.desk, graduates.people[0]
    picture = BytesIO()
    Image.new("RGB", (400, 600), (90, 120, 160)).save(picture, "JPEG")
    desk.people.set_photo(person, picture.getvalue())
    desk.consents.note(person, ConsentPurpose.PHOTO_ON_PAPERS, given=True)
    return person


def test_photos_stay_off_certificates_until_the_settings_ask_for_them(graduates, papers, issued, photographed) -> None:
    assert pictures_in(papers.paper(issued[0], "km").pdf) == 0
    graduates.room.desk.settings.put(PHOTOS_ON_CERTIFICATES, True)
    assert pictures_in(papers.paper(issued[0], "km").pdf) == 1
    assert pictures_in(papers.paper(issued[1], "km").pdf) == 0


def test_who_takes_the_agreement_back_is_printed_without_the_photo(graduates, papers, issued, photographed) -> None:
    desk = graduates.room.desk
    desk.settings.put(PHOTOS_ON_CERTIFICATES, True)
    desk.consents.note(photographed, ConsentPurpose.PHOTO_ON_PAPERS, given=False)
    assert not desk.consents.holds(photographed, ConsentPurpose.PHOTO_ON_PAPERS)
    assert pictures_in(papers.paper(issued[0], "km").pdf) == 0
    desk.consents.note(photographed, ConsentPurpose.PHOTO_ON_PAPERS, given=True)
    assert pictures_in(papers.paper(issued[0], "km").pdf) == 1
    details = [event.detail for event in desk.audit.events(20) if event.kind == "consent"]
    assert sorted(details) == ["photo_on_papers given", "photo_on_papers given", "photo_on_papers withdrawn"]


def test_a_photo_that_is_damaged_stops_the_paper_and_says_so(graduates, papers, issued, photographed) -> None:
    graduates.room.desk.settings.put(PHOTOS_ON_CERTIFICATES, True)
    graduates.room.desk.people.set_photo(photographed, b"\xff\xd8\xff broken")
    with pytest.raises(Refused, match="photo cannot be read"):
        papers.bundle(issued, "km")
    assert prints(graduates) == [0] * 4


def test_an_unknown_language_or_certificate_is_refused(papers, issued) -> None:
    with pytest.raises(UsageError):
        papers.bundle(issued, "fr")
    for ids in ([10**6], [*issued, 10**6]):
        with pytest.raises(NotFound):
            papers.bundle(ids, "km")


def test_only_a_manager_hands_out(graduates, issued, desk_as, tmp_path) -> None:
    own = frozenset({graduates.room.prison_id})
    for role in (Role.TRAINER, Role.SOCIAL_WORKER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            desk_as(role, prisons=own).certificate_papers.save(issued, "km", tmp_path / "all.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
