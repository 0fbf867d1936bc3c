"""The papers of certificates as PDF: a draft before the issue, then the paper to look at, to print and to save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from tlbb_desktop.data.models import CertificateRecord
from tlbb_desktop.data.queries import certificate_papers as queries
from tlbb_desktop.data.queries.certificates import row_with_number
from tlbb_desktop.data.queries.consents import those_who_agree
from tlbb_desktop.data.queries.people import photo_of
from tlbb_desktop.domain.certificates import PENDING, CertificateKind, CertificatePaper, CertificateState, require_step
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.domain.consents import PHOTOS_ON_CERTIFICATES, ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused, UsageError
from tlbb_desktop.domain.paper_headings import PaperTemplate
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_freezing import signed_words, thaw
from tlbb_desktop.services.certificate_issuing import (
    SIGNER,
    compiled,
    note_copies,
    require_clean,
    require_names,
    sites,
)
from tlbb_desktop.services.certificate_signing import word_setting
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.paper_headings import PaperHeadings, on_paper
from tlbb_desktop.services.settings import SettingsService
from tlbb_desktop.services.whole_file import require_place, write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper

Progress = Callable[[int, int], None]
State = CertificateState

PDF: Final = "pdf"


@dataclass(frozen=True, slots=True)
class CertificateBundle:
    """Certificates laid out as one file, a page each, none of them handed out yet.

    Args:
        finished: the file.
        ids: rows, in the order of the pages.
        prints: how often each went onto paper before; a page is marked as a duplicate where that is not 0.
        name: for the file and the printer's queue; names nobody, and has no ending.
    """

    finished: FinishedPaper
    ids: tuple[int, ...]
    prints: tuple[int, ...]
    name: str


class CertificatePaperService:
    """Papers of certificates. What is handed out is counted and audited first.

    Args:
        office: who acts on which record.
        gazetteer: names the provinces.
        headings: of the templates.
        settings: whether photos are printed, and whether this is the demonstration.
    """

    def __init__(
        self, office: Office, gazetteer: Gazetteer, headings: PaperHeadings, settings: SettingsService
    ) -> None:
        self._office = office
        self._gazetteer = gazetteer
        self._headings = headings
        self._settings = settings

    # -- looking -----------------------------------------------------------------------------------------------------

    def draft(self, certificate_id: int, language: str) -> FinishedPaper:
        """What would be issued today, marked as a draft, without number and code.

        Raises:
            Refused: it could not be issued so, or has been issued or withdrawn already.
            NotFound: it is not on record.
        """
        (prison_id,) = self._prisons_of([certificate_id])
        with self._office.act(Action.CERTIFICATE_PROPOSE, prison_id, enters=False) as act:
            record = act.session.get_one(CertificateRecord, certificate_id)
            if record.state not in PENDING:
                require_step(State(record.state), State.PROPOSED)
            said = replace(compiled(act, self._gazetteer, record), signer=word_setting(act, SIGNER))
            paper = CertificatePaper(said, "", (), demonstration=self._is_demonstration(), draft=True)
            require_names(paper.certificate)
            require_clean(act, sites(act), record.person_id, paper)
            photos = self._photos(act.connection, [record.person_id])
        return self._set([replace(paper, photo=photos.get(record.person_id))], language)

    def paper(self, certificate_id: int, language: str) -> FinishedPaper:
        """The paper of an issued certificate as it would go out next; nothing is handed out.

        Raises:
            Refused: it is not issued, or not valid any more.
            NotFound: it is not on record.
        """
        (prison_id,) = self._prisons_of([certificate_id])
        with self._office.read(Action.CERTIFICATE_READ, prison_id) as connection:
            papers, _prints = self._papers(connection, [certificate_id])
        return self._set(papers, language)

    # -- handing out -------------------------------------------------------------------------------------------------

    def bundle(
        self, certificate_ids: Sequence[int], language: str, progress: Progress | None = None
    ) -> CertificateBundle:
        """Lay out certificates for a printer; they count as handed out with :meth:`note_print`.

        Args:
            certificate_ids: rows.
            language: ``km``, ``en`` or ``both``.
            progress: told (pages done, pages); stops the work by raising.

        Raises:
            UsageError: an unknown language.
            Refused: one of them is not issued, or not valid any more.
            NotFound: one of them is not on record.
        """
        for prison_id in self._prisons_of(certificate_ids):
            self._office.permit(Action.CERTIFICATE_PRINT, prison_id)
        with self._office.store.read() as connection:
            papers, prints = self._papers(connection, certificate_ids)
        return CertificateBundle(
            self._set(papers, language, progress), tuple(certificate_ids), prints, self._name(papers)
        )

    def note_print(self, bundle: CertificateBundle, pages: Sequence[int], copies: int) -> None:
        """Record that pages of a bundle go out; called before the first one leaves the program.

        Args:
            bundle: from :meth:`bundle`.
            pages: from 0.
            copies: of each.

        Raises:
            ChangedMeanwhile: one of them went out, or was withdrawn, since it was laid out; nothing is counted.
        """
        with self._office.act(Action.CERTIFICATE_PRINT, enters=False) as act:
            for page in pages:
                record = act.session.get_one(CertificateRecord, bundle.ids[page])
                if (record.state, record.prints) != (State.ISSUED, bundle.prints[page]):
                    raise ChangedMeanwhile
                note_copies(act, record, copies)

    def save(
        self, certificate_ids: Sequence[int], language: str, path: Path, progress: Progress | None = None
    ) -> FinishedPaper:
        """Write certificates into one file at *path*; an older file is replaced as a whole.

        Raises:
            StorageFull, Refused: the file could not be written; see also :meth:`bundle`.
        """
        bundle = self.bundle(certificate_ids, language, progress)
        self._write(bundle, path)
        return bundle.finished

    def save_each(
        self, certificate_ids: Sequence[int], language: str, folder: Path, progress: Progress | None = None
    ) -> tuple[Path, ...]:
        """Write each certificate into a file of its own.

        Args:
            certificate_ids: rows.
            language: ``km``, ``en`` or ``both``.
            folder: takes the files; older ones of the same number are replaced.
            progress: told (files done, files); stops the work by raising, and the files until then are whole.

        Raises:
            StorageFull, Refused: a file could not be written; see also :meth:`bundle`.
        """
        written: list[Path] = []
        for each in certificate_ids:
            bundle = self.bundle([each], language)
            written.append(folder / f"{bundle.name}.{PDF}")
            self._write(bundle, written[-1])
            if progress:
                progress(len(written), len(certificate_ids))
        return tuple(written)

    def file_name(self, certificate_ids: Sequence[int]) -> str:
        """The name, without ending, that these papers are offered under; it names nobody."""
        for prison_id in self._prisons_of(certificate_ids):
            self._office.permit(Action.CERTIFICATE_READ, prison_id)
        with self._office.store.read() as connection:
            return self._name(self._papers(connection, certificate_ids)[0])

    def with_photo(self, paper: CertificatePaper) -> CertificatePaper:
        """*paper* with the learner's photo, where the settings ask for it and the learner agreed."""
        with self._office.read(Action.CERTIFICATE_PRINT) as connection:
            row = row_with_number(connection, paper.certificate.number)
            photos = self._photos(connection, [row.person_id]) if row else {}
        return replace(paper, photo=photos.get(row.person_id)) if row else paper

    # ----------------------------------------------------------------------------------------------------------------

    def _write(self, bundle: CertificateBundle, path: Path) -> None:
        require_place(path)
        self.note_print(bundle, range(len(bundle.ids)), 1)
        write_whole(path, bundle.finished.pdf)

    def _prisons_of(self, certificate_ids: Sequence[int]) -> frozenset[int]:
        with self._office.store.read() as connection:
            prisons = queries.prisons_of_certificates(connection, certificate_ids)
        if not prisons:
            raise NotFound(N_("This certificate is not on record."))
        return prisons

    def _papers(
        self, connection: Connection, certificate_ids: Sequence[int]
    ) -> tuple[list[CertificatePaper], tuple[int, ...]]:
        """What the papers show, and how often each went out."""
        stored = queries.stored_certificates(connection, certificate_ids)
        if len(stored) != len(certificate_ids):
            raise NotFound(N_("This certificate is not on record."))
        for each in stored:
            _require_valid(each)
        photos, demonstration = self._photos(connection, [each.person_id for each in stored]), self._is_demonstration()
        papers = [_paper(each, photos.get(each.person_id), demonstration=demonstration) for each in stored]
        return papers, tuple(each.prints for each in stored)

    def _photos(self, connection: Connection, person_ids: Sequence[int]) -> dict[int, bytes]:
        """The photos that certificates show: none unless the settings ask for them and the person agreed."""
        if self._settings.get(PHOTOS_ON_CERTIFICATES) is not True:
            return {}
        found = {}
        for person_id in those_who_agree(connection, person_ids, ConsentPurpose.PHOTO_ON_PAPERS):
            stored = photo_of(connection, person_id)
            if stored is not None:
                uuid, version, content = stored
                found[person_id] = (
                    self._office.cipher.decrypt(Compartment.DB, "attachment", uuid, "content", version, content) or b""
                )
        return found

    def _set(
        self, papers: Sequence[CertificatePaper], language: str, progress: Progress | None = None
    ) -> FinishedPaper:
        from tlbb_desktop.documents.certificate_pdf import certificate_pdf
        from tlbb_desktop.documents.typesetting import PaperLanguage, PhotoUnreadable

        if language not in PAPER_LANGUAGES:
            raise UsageError(N_("The language of a paper is km, en or both."))
        headings = {kind: on_paper(self._headings.of(PaperTemplate.of_certificate(kind))) for kind in CertificateKind}

        def on_page(number: int) -> None:
            if progress:
                progress(number, len(papers))

        try:
            return certificate_pdf(papers, PaperLanguage(language), headings, on_page)
        except PhotoUnreadable as error:
            raise Refused(
                N_("A photo cannot be read, so no certificate was made. Choose it again in the person's form.")
            ) from error

    def _name(self, papers: Sequence[CertificatePaper]) -> str:
        """One certificate's number; or how many and the day, because a list of files must not name a class."""
        if len(papers) == 1:
            return papers[0].file_name
        return f"certificates-{self._office.clock.today().isoformat()}-{len(papers)}"

    def _is_demonstration(self) -> bool:
        return self._settings.get("demonstration") is True


def _require_valid(stored: queries.StoredCertificate) -> None:
    if stored.state is State.ISSUED:
        return
    if stored.number:
        raise Refused(
            N_("Certificate {number} is not valid any more, so it is not printed again."), number=stored.number
        )
    if stored.state is State.WITHDRAWN:
        raise Refused(N_("This proposal was withdrawn. It has no paper."))
    raise Refused(N_("This certificate has not been issued yet."))


def _paper(stored: queries.StoredCertificate, photo: bytes | None, *, demonstration: bool) -> CertificatePaper:
    from tlbb_desktop.documents.certificate_code import modules_of, text_of

    code = text_of(signed_words(stored.envelope, stored.number))
    return CertificatePaper(
        thaw(stored.content), code, modules_of(code), stored.prints > 0, demonstration=demonstration, photo=photo
    )
