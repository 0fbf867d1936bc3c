"""A plan as PDF: A4, in Khmer, English or side by side; case plans and release plans are set by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable, Spacer

from tlbb_desktop.documents.typesetting import (
    BODY,
    CELL,
    HEAD_CELL,
    SECTION,
    TITLE,
    Align,
    Cell,
    Centred,
    Check,
    CheckLine,
    DottedLine,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    FramedBox,
    Heading,
    KhmerParagraph,
    PageMark,
    PaperLanguage,
    PaperStyle,
    SignatureBlock,
    Span,
    TextStyle,
    Words,
    build_paper,
    day_words,
    khmer_table,
    marker_indent,
    over_signatures,
    signature_row,
    thumbprint_box,
    words,
)
from tlbb_desktop.domain.plan_papers import (
    PlanBlock,
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanLines,
    PlanList,
    PlanParagraph,
    PlanParty,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.khmer import lunar_date

DONE_AT: Final = Np_("certificate", "Done at {place}, {day}")
THUMBPRINT: Final = Np_("plan", "Thumbprint")

_PARTY_SHARES: Final = (0.26, 0.4, 0.34)
_CHECK_SHARES: Final = (0.68, 0.32)
_IN_A_ROW: Final = 3
_WRITING_LINE: Final = 9 * mm
_CENTRED: Final = replace(BODY, align=Align.CENTRE, after=0)
_SIGNER: Final = replace(_CENTRED, family=Family.BOLD)
_ROLE: Final = replace(CELL, family=Family.BOLD)
_BULLET: Final = "•"
_LONGEST_FOOTER: Final = 60
_THUMBPRINT_BOX: Final = (30 * mm, 28 * mm)
_OVER_BOX: Final[float] = 1.5 * mm
_SIGNING_ROOM: Final[float] = 18 * mm


def plan_pdf(plan: PlanDocument, language: PaperLanguage, heading: Heading = Heading.NGO) -> FinishedPaper:
    """A plan.

    Args:
        plan: what it says.
        language: of the paper.
        heading: who stands at its head.
    """
    title = language.text(Words(*plan.title))
    style = PaperStyle(
        language=language,
        heading=heading,
        issuer=tuple(Words(*body) for body in plan.issuer),
        marks=frozenset({PageMark.DRAFT} if plan.draft else ()),
        demonstration=plan.demonstration,
        footer=Footer(left=title if len(title) <= _LONGEST_FOOTER else ""),
    )
    setter = _Setter(language, style.text_width)
    return build_paper(list(setter.content(plan)), style, FileFacts(title, plan.made_on))


class _Setter:
    """Sets plans in one language.

    Args:
        language: of the paper.
        width: between the margins in points.
    """

    def __init__(self, language: PaperLanguage, width: float) -> None:
        self._language, self._width = language, width

    def content(self, plan: PlanDocument) -> Iterator[Flowable]:
        """Everything below the heading of the paper."""
        yield self._paragraph(plan.title, TITLE)
        if plan.parties:
            yield self._parties(plan.parties)
            yield Spacer(1, 2 * mm)
        if any(plan.introduction):
            yield self._paragraph(plan.introduction, BODY)
        blocks = [block for number, section in enumerate(plan.sections, 1) for block in self._section(number, section)]
        if not plan.signers:
            yield from chain.from_iterable(blocks)
            return
        yield from chain.from_iterable(blocks[:-1])
        last = blocks[-1] if blocks else []
        yield over_signatures([*last, Spacer(1, 5 * mm)], self._signatures(plan), self._width)

    def _parties(self, parties: Sequence[PlanParty]) -> Flowable:
        rows = [
            [
                self._paragraph(party.role, _ROLE),
                self._plain(" · ".join(filter(None, (party.name_km, party.name_latin))), CELL),
                self._paragraph(party.details, CELL),
            ]
            for party in parties
        ]
        return khmer_table([], rows, self._widths(_PARTY_SHARES))

    def _section(self, number: int, section: PlanSection) -> list[list[Flowable]]:
        """Its blocks, the title with the first."""
        marker = f"{self._language.number(number)}."
        style = replace(SECTION, hanging=marker_indent([marker], SECTION))
        title = KhmerParagraph(self._spans(section.title, SECTION), style, marker)
        first, *others = [list(self._block(block)) for block in section.blocks] or [[]]
        return [[title, *first], *others]

    def _block(self, block: PlanBlock) -> Iterator[Flowable]:
        match block:
            case PlanParagraph(text):
                yield self._paragraph(text, BODY)
            case PlanList(points, numbered):
                yield from self._list(points, numbered=numbered)
            case PlanTable():
                yield self._table(block)
                yield Spacer(1, 2 * mm)
            case PlanChecklist(checks, columns):
                yield self._checklist(checks) if columns == 1 else self._check_columns(checks, columns)
                yield Spacer(1, 2 * mm)
            case PlanLines(count, caption):
                yield from self._lines(count, caption)

    def _list(self, points: Sequence[PlanText], *, numbered: bool) -> Iterator[Flowable]:
        markers = [f"{self._language.number(each)}." if numbered else _BULLET for each in range(1, len(points) + 1)]
        style = replace(BODY, hanging=marker_indent(markers, BODY), after=1)
        for marker, point in zip(markers, points, strict=True):
            yield KhmerParagraph(self._spans(point, BODY), style, marker)

    def _table(self, table: PlanTable) -> Flowable:
        head = [self._paragraph(text, HEAD_CELL) for text in table.head]
        rows = [[self._paragraph(text, CELL) if any(text) else "" for text in row] for row in table.rows]
        shares = table.shares or (1.0,) * len(table.head)
        return khmer_table([head], rows, self._widths(shares))

    def _checklist(self, checks: Sequence[PlanCheck]) -> Flowable:
        rows: list[list[Cell]] = [
            [
                CheckLine(Check.TICKED if check.done else Check.EMPTY, self._spans(check.text, CELL), CELL),
                self._paragraph(check.note, CELL) if any(check.note) else "",
            ]
            for check in checks
        ]
        if any(any(check.note) for check in checks):
            return khmer_table([], rows, self._widths(_CHECK_SHARES))
        return khmer_table([], [row[:1] for row in rows], [self._width])

    def _check_columns(self, checks: Sequence[PlanCheck], columns: int) -> Flowable:
        """Points without notes, the first column read to its end before the next."""
        boxes = [
            CheckLine(Check.TICKED if check.done else Check.EMPTY, self._spans(check.text, CELL), CELL)
            for check in checks
        ]
        height = -(-len(boxes) // columns)
        rows: list[list[Cell]] = [[*boxes[first::height]] for first in range(height)]
        filled = [row + [""] * (columns - len(row)) for row in rows]
        return khmer_table([], filled, [self._width / columns] * columns)

    def _lines(self, count: int, caption: PlanText) -> Iterator[Flowable]:
        if any(caption):
            yield self._paragraph(caption, replace(BODY, after=0, keep_with_next=True))
        for _ in range(count):
            yield DottedLine(_WRITING_LINE)
        yield Spacer(1, 3 * mm)

    def _signatures(self, plan: PlanDocument) -> list[Flowable]:
        """The place and day above them, three signers in a row."""
        rows: list[Flowable] = []
        if any(plan.place):
            rows += [signature_row([None, each]) for each in self._place_and_day(plan)]
        columns = min(_IN_A_ROW, len(plan.signers))
        for first in range(0, len(plan.signers), columns):
            signers = plan.signers[first : first + columns]
            room = self._thumbprint_room() if any(signer.thumbprint for signer in signers) else _SIGNING_ROOM
            cells = [self._signer(signer, room) for signer in signers] + [None] * (columns - len(signers))
            rows += [signature_row(cells), Spacer(1, 3 * mm)]
        return rows

    def _place_and_day(self, plan: PlanDocument) -> Iterator[Flowable]:
        if self._language is not PaperLanguage.ENGLISH:  # a letter to foreigners bears no lunar date
            yield self._plain(lunar_date(plan.made_on).line(), _CENTRED)
        done = words(DONE_AT, place=Words(*plan.place), day=day_words(plan.made_on))
        yield KhmerParagraph(self._language.spans(done), _CENTRED)

    def _signer(self, signer: PlanSigner, room: float) -> Flowable | list[Flowable]:
        if not signer.thumbprint:
            return SignatureBlock(self._spans(signer.role, _SIGNER), name=signer.name, room=room, style=_SIGNER)
        name = [self._plain(signer.name, _SIGNER)] if signer.name else []
        return [self._paragraph(signer.role, _SIGNER), Spacer(1, _OVER_BOX), Centred(self._thumbprint_box()), *name]

    def _thumbprint_room(self) -> float:
        """What a signature gets beside a thumbprint, so that the names stand on one line."""
        line = DottedLine(0).wrap(self._width, 0)[1]
        box = self._thumbprint_box().wrap(self._width, 0)[1]
        return _OVER_BOX + float(box) - line

    def _thumbprint_box(self) -> FramedBox:
        return thumbprint_box(self._language.spans(words(THUMBPRINT)), _THUMBPRINT_BOX)

    def _widths(self, shares: Sequence[float]) -> list[float]:
        return [self._width * share / sum(shares) for share in shares]

    def _spans(self, text: PlanText, style: TextStyle) -> tuple[Span, ...]:
        """Side by side a figure or a day is written once, in the digits of the leading language."""
        twice = self._language is PaperLanguage.BOTH and any(map(str.isalpha, text.english))
        said = text if twice or self._language is not PaperLanguage.BOTH else (text.khmer or text.english,)
        return self._language.spans(Words(*said), family=style.family)

    def _paragraph(self, text: PlanText, style: TextStyle) -> KhmerParagraph:
        return KhmerParagraph(self._spans(text, style), style)

    def _plain(self, text: str, style: TextStyle) -> KhmerParagraph:
        return KhmerParagraph(text, style)
