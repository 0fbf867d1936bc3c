"""Certificates and statements as PDF: one sheet of A4 landscape each, in Khmer, English or side by side.

Every text has its place and is set smaller until it fits, so that no name moves anything else off the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, TypeAlias

from reportlab.lib.units import mm
from reportlab.platypus.doctemplate import PageBreak
from reportlab.platypus.flowables import Flowable, Spacer
from typing_extensions import override

from tlbb_desktop.documents.certificate_ornaments import (
    BORDER,
    INK,
    code_side,
    draw_border,
    draw_code,
    quiet_zone,
)
from tlbb_desktop.documents.certificate_units import unit_columns
from tlbb_desktop.documents.typesetting import (
    GREY,
    RED,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    Heading,
    KhmerParagraph,
    Margins,
    PaperCanvas,
    PaperLanguage,
    PaperStyle,
    PhotoBox,
    TextStyle,
    Words,
    build_paper,
    day_words,
    draw_stack,
    fitted,
    kingdom,
    text_width,
    words,
)
from tlbb_desktop.documents.typesetting.page_marks import DRAFT, DUPLICATE
from tlbb_desktop.documents.typesetting.photo import PHOTO_BOX
from tlbb_desktop.documents.typesetting.wording import ENGLISH_SCALE
from tlbb_desktop.domain.certificates import KIND_NAMES, CertificateKind, CertificatePaper, Competence
from tlbb_desktop.domain.staff import name_in_scripts
from tlbb_desktop.i18n.marks import MarkedWord, Np_
from tlbb_desktop.khmer import lunar_date

CERTIFIES: Final = Np_("certificate", "{issuer} certifies that")
DONE: Final = {
    CertificateKind.COMPLETION: Np_("certificate", "has completed the training course"),
    CertificateKind.PARTIAL: Np_("certificate", "has completed a part of the training course"),
    CertificateKind.PARTICIPATION: Np_("certificate", "has taken part in the training course"),
}
HOURS: Final = Np_("certificate", "Hours of training: {hours}, from {start} to {end}")
UNITS: Final = Np_("certificate", "Units learned")
UNIT_HOURS: Final = Np_("certificate", "{unit} ({hours} h)")
NUMBER: Final = Np_("certificate", "No. {number}")
LAWFUL: Final = Np_("certificate", "Issued to the bearer for every lawful use.")
VERIFY: Final = Np_(
    "certificate",
    "Whether this paper is genuine can be checked by its square code, or by asking {issuer} for {number}.",
)
DONE_AT: Final = Np_("certificate", "Done at {place}, {day}")
PHOTO: Final = Np_("certificate", "Photo {width} x {height}")

_CENTRED: Final = TextStyle(size=11.5, align=Align.CENTRE)
_TITLE: Final = TextStyle(size=24, family=Family.TITLE, align=Align.CENTRE, colour=INK)
_NAME: Final = TextStyle(size=20, family=Family.TITLE, align=Align.CENTRE)
_LATIN_NAME: Final = TextStyle(size=15, family=Family.BOLD, align=Align.CENTRE)
_COURSE: Final = TextStyle(size=15, family=Family.BOLD, align=Align.CENTRE, colour=INK)
_ISSUER: Final = TextStyle(size=13, family=Family.TITLE, align=Align.CENTRE, colour=INK)
_NUMBER: Final = TextStyle(size=10, family=Family.BOLD, align=Align.CENTRE)
_UNITS: Final = TextStyle(size=9.5, family=Family.BOLD, colour=INK)
_UNIT: Final = TextStyle(size=8.5)
_NOTE: Final = TextStyle(size=8, colour=GREY)
_SIGNATURE: Final = TextStyle(size=10.5, align=Align.CENTRE)

_INNER: Final = BORDER + 4.5 * mm
_SIDE_COLUMN: Final = 47 * mm
_MIDDLE_HEIGHT: Final = 61 * mm
_SIGNATURE_WIDTH: Final = 96 * mm
_GAP: Final = 6 * mm
_OVER_TRAINING: Final = 1.5 * mm
_OVER_SIGNATURE: Final[float] = 3 * mm
_LEAST_ROOM: Final[float] = 12 * mm
_MOST_ROOM: Final[float] = 22 * mm
#: Part of the height that units would take, over the names and again over the course.
_AIR: Final = 0.35
_ONE_LANGUAGE: Final = 1.15


#: Left edge, width and what stands below each other.
_Column: TypeAlias = tuple[float, float, list[KhmerParagraph]]


def certificate_pdf(
    papers: Sequence[CertificatePaper],
    language: PaperLanguage,
    heading: Heading | Mapping[CertificateKind, Heading] = Heading.NGO,
    on_page: Callable[[int], object] = lambda _number: None,
) -> FinishedPaper:
    """Certificates, a sheet each, in one file.

    Args:
        papers: what they say.
        language: of the papers.
        heading: who stands at their head; one for all, or one for each kind.
        on_page: told the number of each sheet as it begins; what it raises ends the work.

    Raises:
        PhotoUnreadable: a photo is no usable picture.
    """
    first = papers[0]
    style = PaperStyle(
        language=language,
        landscape=True,
        margins=Margins(0, 0, 0, 0),
        demonstration=any(paper.demonstration for paper in papers),
        footer=Footer(counted=False),
    )
    kind = language.text(words(KIND_NAMES[first.certificate.kind]))
    title = f"{kind} {first.certificate.number}" if len(papers) == 1 else kind
    facts = FileFacts(title, first.certificate.issued_on)
    sheets = [
        (CertificateSheet(paper, language, _heading_of(paper, heading), style.page_size), PageBreak())
        for paper in papers
    ]
    return build_paper(list(chain.from_iterable(sheets)), style, facts, on_page)


def _heading_of(paper: CertificatePaper, heading: Heading | Mapping[CertificateKind, Heading]) -> Heading:
    return heading if isinstance(heading, Heading) else heading[paper.certificate.kind]


class CertificateSheet(Flowable):  # type: ignore[misc] # ReportLab has no types
    """One certificate on the whole of a page.

    Args:
        paper: what it says.
        language: of the paper.
        heading: who stands at its head.
        size: of the page in points.
    """

    def __init__(
        self, paper: CertificatePaper, language: PaperLanguage, heading: Heading, size: tuple[float, float]
    ) -> None:
        super().__init__()
        self._size = size
        self._paper, self._said, self._language, self._heading = paper, paper.certificate, language, heading
        self._issuer = Words(self._said.issuer_km, self._said.issuer_en)
        self._photo = PhotoBox(paper.photo, language.spans(words(PHOTO, width=4, height=6)))

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return available_width, available_height

    @override
    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        self.width, self.height = self._size  # the ribbon of the demonstration lies outside the border
        draw_border(canvas, self.width, self.height)
        top = self._draw_heading(canvas, self.height - _INNER) - 2 * mm
        self._draw_sides(canvas, top)
        least = _stack_height(self._signature(_LEAST_ROOM), _SIGNATURE_WIDTH)
        height = top - _MIDDLE_HEIGHT - _OVER_TRAINING - _INNER - least
        training = self._training(height)
        spare = max(0.0, height - max(_stack_height(stack, width) for _left, width, stack in training))
        room = min(_MOST_ROOM, _LEAST_ROOM + max(0.0, spare - _OVER_SIGNATURE))
        # without units there would be a hole in the paper
        air = 0.0 if self._said.competences else (spare - room + _LEAST_ROOM) * _AIR
        self._draw_middle(canvas, top - air)
        below = self._draw_training(canvas, training, top - _MIDDLE_HEIGHT - _OVER_TRAINING - 2 * air)
        self._draw_signature(canvas, room)
        self._draw_left(canvas, below - 2 * mm)

    # -- from the top down -------------------------------------------------------------------------------------------

    def _draw_heading(self, canvas: PaperCanvas, top: float) -> float:
        """The Kingdom and who issues the paper; return the lower edge."""
        if self._heading is Heading.NONE:
            return top
        width = self.width - 2 * _INNER
        if self._heading is Heading.NGO:
            return draw_stack(
                canvas,
                [self._fitted(self._issuer, _ISSUER, width, _ISSUER.line_height * self._lines)],
                _INNER,
                top,
                width,
            )
        third = width / 3
        draw_stack(
            canvas, [self._fitted(self._issuer, _ISSUER, third, _ISSUER.line_height * self._lines)], _INNER, top, third
        )
        left = _INNER if self._heading is Heading.STATE else self.width - _INNER - third
        return draw_stack(canvas, kingdom(self._language), left, top, width if left == _INNER else third)

    def _draw_sides(self, canvas: PaperCanvas, top: float) -> None:
        """The photo at the left, the square code with the number at the right; a draft has neither of these two."""
        self._photo.wrap(*PHOTO_BOX)
        self._photo.drawOn(canvas, _INNER, top - PHOTO_BOX[1])
        if self._paper.draft:
            _draw_mark(canvas, DRAFT, self.width - _INNER - _SIDE_COLUMN / 2, top)
            return
        modules = self._paper.modules
        zone, right = quiet_zone(modules), self.width - _INNER
        side = code_side(modules)
        draw_code(canvas, modules, right - zone, top - zone)
        width = side + 2 * zone
        number = self._fitted(words(NUMBER, number=self._said.number), _NUMBER, width, 12 * mm)
        below = draw_stack(canvas, [number], right - width, top - width, width)
        if self._paper.duplicate:
            _draw_mark(canvas, DUPLICATE, right - width / 2, below - 2 * mm)

    def _draw_middle(self, canvas: PaperCanvas, top: float) -> None:
        """Title and names, in the middle of their place."""
        left = _INNER + _SIDE_COLUMN
        width = self.width - 2 * left
        middle = list(self._middle(width))
        taken = sum(part.height for part in middle)
        draw_stack(canvas, middle, left, top - (_MIDDLE_HEIGHT - taken) / 2, width)

    def _middle(self, width: float) -> Iterator[KhmerParagraph]:
        """Title and names, each in its height."""
        said = self._said
        yield self._fitted(words(KIND_NAMES[said.kind]), self._larger(_TITLE), width, 24 * mm)
        yield self._fitted(words(CERTIFIES, issuer=self._issuer), self._larger(_CENTRED), width, 12.5 * mm)
        khmer = fitted(said.name_km, self._larger(_NAME), width, 17 * mm)
        latin = fitted(said.name_latin, self._larger(_LATIN_NAME), width, 11 * mm)
        yield from [latin, khmer] if self._language is PaperLanguage.ENGLISH else [khmer, latin]

    def _training(self, room: float) -> list[_Column]:
        """What was learned, and how long it took; side by side in two columns.

        Args:
            room: height in points.
        """
        said = self._said
        plain = self._larger(_CENTRED)
        hours = words(HOURS, hours=said.hours, start=day_words(said.starts_on), end=day_words(said.ends_on))
        for_course = min(room - 2 * plain.line_height, 14 * mm)
        lines = (
            (words(DONE[said.kind]), plain, plain.line_height),
            (Words(said.course_km, said.course_en), self._larger(_COURSE), for_course),
            (hours, plain, plain.line_height),
        )
        width = self.width - 2 * _INNER
        if self._language is not PaperLanguage.BOTH:
            return [(_INNER, width, [self._fitted(text, style, width, height) for text, style, height in lines])]
        half = width / 2 - 3 * mm
        places = ((PaperLanguage.KHMER, _INNER), (PaperLanguage.ENGLISH, self.width - _INNER - half))
        return [
            (left, half, [fitted(language.spans(text), style, half, height) for text, style, height in lines])
            for language, left in places
        ]

    def _draw_training(self, canvas: PaperCanvas, columns: Sequence[_Column], top: float) -> float:
        """Draw the columns with a line between them; return the lower edge."""
        lower = min(draw_stack(canvas, stack, left, top, width) for left, width, stack in columns)
        if len(columns) > 1:
            _draw_rule(canvas, self.width / 2, top - 1 * mm, lower + 1 * mm)
        return lower

    # -- from the bottom up ------------------------------------------------------------------------------------------

    def _draw_signature(self, canvas: PaperCanvas, room: float) -> None:
        """At the right, on the lower edge."""
        stack, width = self._signature(room), _SIGNATURE_WIDTH
        draw_stack(canvas, stack, self.width - _INNER - width, _INNER + _stack_height(stack, width), width)

    def _signature(self, room: float) -> list[Flowable]:
        """Days, place, and who signs; *room* is left for signature and stamp."""
        said, width, bold = self._said, _SIGNATURE_WIDTH, replace(_SIGNATURE, family=Family.BOLD)
        place = words(DONE_AT, place=Words(said.place_km, said.place_en), day=day_words(said.issued_on))
        one, both = _SIGNATURE.line_height, _SIGNATURE.line_height * self._lines
        stack: list[Flowable] = [
            self._fitted(place, _SIGNATURE, width, both),
            self._fitted(Words(said.post_km, said.post_en), bold, width, both, beside=True),
            Spacer(1, room),
            fitted(self._signer(), bold, width, one),
        ]
        if self._language is not PaperLanguage.ENGLISH:  # a letter to foreigners bears no lunar date
            stack.insert(0, fitted(lunar_date(said.issued_on).line(), _SIGNATURE, width, one))
        return stack

    def _signer(self) -> str:
        """The name of who signs, in the script of the paper where it is written in both."""
        khmer, latin = name_in_scripts(self._said.signer)
        if self._language is PaperLanguage.BOTH:
            return self._said.signer
        return (khmer or latin) if self._language is PaperLanguage.KHMER else (latin or khmer)

    def _draw_left(self, canvas: PaperCanvas, top: float) -> None:
        """The units that were learned, and at the bottom what the paper is good for."""
        width = self.width - 2 * _INNER - _SIGNATURE_WIDTH - _GAP
        notes = self._fitted(self._note(), _NOTE, width, 17 * mm)
        bottom = _INNER + notes.height
        draw_stack(canvas, [notes], _INNER, bottom, width)
        if self._said.competences:
            head = self._fitted(words(UNITS), _UNITS, width, 10 * mm, beside=True)
            top = draw_stack(canvas, [head], _INNER, top, width)
            height = top - bottom - 1 * mm
            if self._language is PaperLanguage.BOTH:
                self._draw_running_units(canvas, top, height, width)
            else:
                self._draw_units(canvas, top, height, width)

    def _note(self) -> Words:
        """What the paper is good for, and how it is checked."""
        if self._paper.draft:
            return words(LAWFUL)
        verify = words(VERIFY, issuer=self._issuer, number=self._said.number)
        return Words(*(" ".join(both) for both in zip(words(LAWFUL), verify, strict=True)))

    def _draw_units(self, canvas: PaperCanvas, top: float, height: float, width: float) -> None:
        """In columns, all in the letters that the longest allows; in as many columns as leave the largest letters."""
        texts = [self._language.text(_unit_words(unit)) for unit in self._said.competences]
        chosen = unit_columns(texts, _UNIT, height, width, _GAP)
        for left, column, wide in chosen.places():
            for row, text in enumerate(column):
                place = fitted(text, chosen.style, wide, chosen.step)
                draw_stack(canvas, [place], _INNER + left, top - row * chosen.step, wide)

    def _draw_running_units(self, canvas: PaperCanvas, top: float, height: float, width: float) -> None:
        """One after the other, first in Khmer, then in English: columns of both would be too small to read."""
        units = [_unit_words(unit) for unit in self._said.competences]
        for language in (PaperLanguage.KHMER, PaperLanguage.ENGLISH):
            text = " · ".join(language.text(unit) for unit in units)
            top = draw_stack(canvas, [fitted(text, _UNIT, width, height / 2)], _INNER, top, width)

    @property
    def _lines(self) -> float:
        """Height of a text in lines: the English below the Khmer is smaller."""
        return 1 + ENGLISH_SCALE if self._language is PaperLanguage.BOTH else 1.0

    def _larger(self, style: TextStyle) -> TextStyle:
        """One language has more room than two."""
        return style if self._language is PaperLanguage.BOTH else replace(style, size=style.size * _ONE_LANGUAGE)

    def _fitted(
        self, text: Words, style: TextStyle, width: float, height: float, *, beside: bool = False
    ) -> KhmerParagraph:
        return fitted(self._language.spans(text, beside=beside, family=style.family), style, width, height)


def _stack_height(stack: Sequence[Flowable], width: float) -> float:
    return float(sum(part.wrap(width, 0)[1] for part in stack))


def _unit_words(unit: Competence) -> Words:
    name = Words(unit.name_km, unit.name_en)
    return words(UNIT_HOURS, unit=name, hours=unit.hours) if unit.hours else name


def _draw_rule(canvas: PaperCanvas, x: float, top: float, bottom: float) -> None:
    """The line between Khmer and English."""
    canvas.draw_operators(f"q {GREY.fill.upper()} 0.4 w {x:.2f} {bottom:.2f} m {x:.2f} {top:.2f} l S Q")


def _draw_mark(canvas: PaperCanvas, mark: MarkedWord, middle: float, top: float) -> None:
    """The mark of a reprint or of a draft, in both languages on every paper."""
    text, size, height = PaperLanguage.BOTH.text(words(mark)), 10.5, 22.0
    width = text_width(text, size, Family.BOLD) + 14
    left, bottom = middle - width / 2, top - height
    canvas.draw_operators(f"q {RED.fill.upper()} 1.4 w {left:.2f} {bottom:.2f} {width:.2f} {height} re S Q")
    canvas.text(middle, bottom + 8.2, text, size, family=Family.BOLD, align=Align.CENTRE, colour=RED)
