"""Act three: every paper of the demonstration programme, in Khmer, in English and in both, as PDF and as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from tlbb_desktop.demonstration.build import demo_login
from tlbb_desktop.demonstration.casework import WORKER
from tlbb_desktop.demonstration.cast import DAY, MANAGER
from tlbb_desktop.demonstration.plan import demonstration_plan
from tlbb_desktop.documents.certificate_pdf import certificate_pdf
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.documents.plan_pdf import plan_pdf
from tlbb_desktop.documents.training_record_pdf import training_record_pdf
from tlbb_desktop.documents.typesetting import Heading, PaperLanguage
from tlbb_desktop.domain.certificates import CertificateKind, CertificatePaper
from tlbb_desktop.domain.class_papers import BOTH, PAPER_LANGUAGES, ClassPaper, PaperWish
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.catalog import KHMER
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.services.whole_file import write_whole
from tlbb_desktop.tour.case_papers import of_bench, of_case, of_code, of_gate, of_journey, of_outcomes
from tlbb_desktop.tour.drawn import Drawn
from tlbb_desktop.wiring import Desk, open_desk

FOLDER: Final = "papers"
DOTS_PER_INCH: Final = 150
#: Qt takes it for little compression; a page takes half the time and no more room.
_FAST: Final = 80
CLASS: Final = "SR-MOTO-25"
MONTH: Final = Month(2026, 10)
_CLASS_PAPERS: Final = {
    ClassPaper.ABSENCE_LIST: ("attendance", MONTH.last),
    ClassPaper.BLANK_REGISTER: ("blank-register", DAY),
    ClassPaper.ROLL: ("roll", DAY),
}


#: The reason that is given where a rule of the course is not met yet.
DESPITE = "typed for the tour"


class EveryPaper:
    """Makes the papers as the program's own windows and commands make them.

    Args:
        home: of the demonstration.
        folder: where the tour leaves things.
    """

    def __init__(self, home: Home, folder: Path) -> None:
        self._home, self._folder = home, folder / FOLDER
        self.papers: list[Path] = []

    def make(self) -> None:
        """Do it all."""
        self._folder.mkdir()
        with self._desk(MANAGER) as desk:
            self._leave_of_classes(desk)
            for language, drawn in of_outcomes(desk, PAPER_LANGUAGES):
                self._keep(drawn, language)
        with self._desk(WORKER) as desk:
            for language in PAPER_LANGUAGES:
                for drawn in (*of_case(desk, language), of_gate(desk, language)):
                    self._keep(drawn, language)
            for language, drawn in of_journey(desk, PAPER_LANGUAGES):
                self._keep(drawn, language)

    @contextmanager
    def _desk(self, username: str) -> Iterator[Desk]:
        passphrase = demo_login(self._home, username).read_text(encoding="utf-8").strip()
        desk = open_desk(self._home, unlock(self._home, username, passphrase))
        try:
            yield desk
        finally:
            desk.close()

    def _leave_of_classes(self, desk: Desk) -> None:
        class_id = desk.classes.class_named(CLASS)
        desk.sheets.issue(class_id, MONTH)
        person_id = _furthest(desk, class_id)
        certificates = _certificates(desk, class_id, person_id)
        for language in PAPER_LANGUAGES:
            for drawn in (*_of_class(desk, class_id, language), *_of_learner(desk, person_id, certificates, language)):
                self._keep(drawn, language)
            self._show(_of_prison(desk, class_id, language, self._folder))
        draft = PaperWish(ClassPaper.ABSENCE_LIST, class_id, DAY, KHMER)
        self._keep(Drawn("attendance-draft", desk.class_papers.hand_out(draft)), KHMER)
        for heading in (Heading.STATE, Heading.JOINT):
            paper = certificate_pdf([certificates["certificate"]], PaperLanguage.BOTH, heading)
            self._keep(Drawn(f"certificate-{heading.value}", paper), BOTH)

    def _keep(self, drawn: Drawn, language: str) -> None:
        path = self._folder / f"{drawn.name}-{language}.pdf"
        write_whole(path, drawn.paper.pdf)
        self._show(path)

    def _show(self, path: Path) -> None:
        self.papers += [path, *_pictures(path, PaperPages(path.read_bytes()))]


def _pictures(path: Path, pages: PaperPages) -> Iterator[Path]:
    """The pages beside their file, numbered from 1."""
    for number in range(len(pages.sizes())):
        page = pages.image(number, DOTS_PER_INCH)
        picture = QImage(page.pixels, page.width, page.height, page.bytes_per_line, QImage.Format.Format_RGB32)
        place = path.with_name(f"{path.stem}-{number + 1}.png")
        picture.save(str(place), quality=_FAST)
        yield place


def _furthest(desk: Desk, class_id: int) -> int:
    """The learner of the class who is nearest to the end of the course; its year is not over yet."""
    people = list(dict.fromkeys(each.person_id for each in desk.classes.enrolments(class_id)))
    found = desk.certificates.eligibility(class_id, people)
    return max(found, key=lambda each: (-len(each.missing), each.hours)).person_id


def _certificates(desk: Desk, class_id: int, person_id: int) -> dict[str, CertificatePaper]:
    """One of each kind, and a reprint, by the name of the file."""
    names = {
        CertificateKind.COMPLETION: "certificate",
        CertificateKind.PARTIAL: "partial-statement",
        CertificateKind.PARTICIPATION: "participation",
    }
    issued = {
        name: desk.certificates.issue_at_once(class_id, [person_id], kind, DESPITE)[0] for kind, name in names.items()
    }
    return issued | {"duplicate": desk.certificates.reprint(issued["certificate"].certificate.number)}


def _of_class(desk: Desk, class_id: int, language: str) -> Iterator[Drawn]:
    for paper, (name, day) in _CLASS_PAPERS.items():
        yield Drawn(name, desk.class_papers.hand_out(PaperWish(paper, class_id, day, language)))
    yield of_bench(desk, class_id, language)
    yield of_code(language)


def _of_prison(desk: Desk, class_id: int, language: str, folder: Path) -> Path:
    """The month of the whole prison, as the page of sheets saves it."""
    path = folder / f"prison-month-{language}.pdf"
    desk.class_papers.save_prison_month(desk.classes.group(class_id).prison_id, MONTH, language, path)
    return path


def _of_learner(
    desk: Desk, person_id: int, certificates: dict[str, CertificatePaper], language: str
) -> Iterator[Drawn]:
    spoken = PaperLanguage(language)
    for name, certificate in certificates.items():
        yield Drawn(name, certificate_pdf([certificate], spoken))
    yield Drawn("training-record", training_record_pdf(desk.training_records.record(person_id), spoken))
    yield Drawn("plan", plan_pdf(demonstration_plan(desk.people.record(person_id).names), spoken))
