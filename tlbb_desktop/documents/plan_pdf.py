"""A plan as PDF: A4, in Khmer, English or side by side; case plans and release plans are set by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable, Spacer

from tlbb_desktop.documents.typesetting import (
    BODY,
    CELL,
    CELL_CENTRED,
    HEAD_CELL,
    SECTION,
    SIGNERS_GAP,
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
    Gap,
    Heading,
    KhmerParagraph,
    KhmerTable,
    OverSignatures,
    PageMark,
    PaperLanguage,
    PaperPart,
    PaperStyle,
    SignatureBlock,
    Span,
    TextStyle,
    UnderTitle,
    Words,
    build_parts,
    day_words,
    height_in_pages,
    khmer_table,
    marker_indent,
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
#: A fourth signer alone in a second row would often take a page more.
_ALL_IN_A_ROW: Final = 4
_WRITING_LINE: Final = 9 * mm
_CENTRED: Final = replace(BODY, align=Align.CENTRE, after=0)
_SIGNER: Final = replace(_CENTRED, family=Family.BOLD)
_ROLE: Final = replace(CELL, family=Family.BOLD)
_BULLET: Final = "•"
_THUMBPRINT_BOX: Final = (30 * mm, 28 * mm)
_OVER_BOX: Final[float] = 1.5 * mm
_SIGNING_ROOM: Final[float] = 18 * mm
_HEADS: Final = 1
_TITLE_GREY: Final = colors.Color(*[0.95] * 3)
#: A paper of more pages is not set again to save one of them.
_MOST_TO_SAVE: Final = 4
_CLOSER: Final = (0.95, 0.9, 0.86)
_ON_ONE_PAGE: Final = (*_CLOSER, 0.8, 0.74, 0.68, 0.62, 0.56)


def plan_pdf(plan: PlanDocument, language: PaperLanguage, heading: Heading = Heading.NGO) -> FinishedPaper:
    """A plan; a little closer where that saves a page, as a page with nothing but signatures gets lost.

    Args:
        plan: what it says.
        language: of the paper.
        heading: who stands at its head.
    """
    return _fitting(plan, language, heading)[0]


def plans_pdf(
    plans: Sequence[PlanDocument], language: PaperLanguage, title: PlanText, heading: Heading = Heading.NGO
) -> FinishedPaper:
    """Several plans in one file, each with its own heading and its own count of pages.

    Args:
        plans: at least one, all of one day.
        language: of all of them.
        title: of the file.
        heading: who stands at the head of each.
    """
    parts = [_part(plan, language, heading, _fitting(plan, language, heading)[1]) for plan in plans]
    return build_parts(parts, FileFacts(language.text(Words(*title)), plans[0].made_on))


def _fitting(plan: PlanDocument, language: PaperLanguage, heading: Heading) -> tuple[FinishedPaper, float]:
    """The paper, and the scale of its letters at which it takes the fewest pages that are worth it."""
    finished = _set(plan, language, heading, 1.0)
    if not 1 < finished.pages <= _MOST_TO_SAVE:
        return finished, 1.0
    scales, wanted = (_ON_ONE_PAGE, 1) if plan.one_page else (_CLOSER, finished.pages - 1)
    full = height_in_pages(_part(plan, language, heading, 1.0))
    # narrower letters take fewer lines, too; more than that is not to be gained
    worth_a_try = [scale for scale in scales if scale**2 * full <= wanted and scale >= plan.smallest]
    closest = _set(plan, language, heading, worth_a_try[-1]) if worth_a_try else finished
    if closest.pages > wanted:
        return finished, 1.0
    for scale in worth_a_try[:-1]:
        closer = _set(plan, language, heading, scale)
        if closer.pages <= wanted:
            return closer, scale
    return closest, worth_a_try[-1]


def _set(plan: PlanDocument, language: PaperLanguage, heading: Heading, scale: float) -> FinishedPaper:
    facts = FileFacts(language.text(Words(*plan.title)), plan.made_on)
    return build_parts([_part(plan, language, heading, scale)], facts)


def _part(plan: PlanDocument, language: PaperLanguage, heading: Heading, scale: float) -> PaperPart:
    style = PaperStyle(
        language=language,
        heading=heading,
        issuer=tuple(Words(*body) for body in plan.issuer),
        marks=frozenset({PageMark.DRAFT} if plan.draft else ()),
        demonstration=plan.demonstration,
        footer=Footer(left=_leading(language).text(Words(*plan.title))),
    )
    return PaperPart(list(_Setter(language, style.text_width, scale, beside=plan.one_page).content(plan)), style)


def _leading(language: PaperLanguage) -> PaperLanguage:
    return PaperLanguage.ENGLISH if language is PaperLanguage.ENGLISH else PaperLanguage.KHMER


class _Setter:
    """Sets plans in one language.

    Args:
        language: of the paper.
        width: between the margins in points.
        scale: of letters and distances; boxes for thumbs keep their size.
        beside: whether titles of sections have the English on the line of the Khmer, to save room.
    """

    def __init__(self, language: PaperLanguage, width: float, scale: float, *, beside: bool = False) -> None:
        self._language, self._width, self._scale, self._beside = language, width, scale, beside

    def content(self, plan: PlanDocument) -> Iterator[Flowable]:
        """Everything below the heading of the paper."""
        yield self._paragraph(plan.title, TITLE)
        if plan.parties:
            yield self._parties(plan.parties)
            yield self._gap(2)
        if any(plan.introduction):
            yield self._paragraph(plan.introduction, BODY)
        blocks = [block for number, section in enumerate(plan.sections, 1) for block in self._section(number, section)]
        if not plan.signers:
            yield from chain.from_iterable(blocks)
            return
        yield from chain.from_iterable(blocks[:-1])
        last = blocks[-1] if blocks else []
        yield OverSignatures([*last, self._space(5)], self._signatures(plan), self._width)

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
        """Its blocks, the title with the first; what introduces a table stands on the page of its first rows."""
        above: list[Flowable] = [self._title(f"{self._language.number(number)}.", section.title)]
        found: list[list[Flowable]] = []
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            first, *others = self._block(block)
            if isinstance(block, PlanParagraph) and isinstance(following, PlanTable | PlanChecklist):
                above += [first, *others]
                continue
            under = [UnderTitle(above, first)] if isinstance(first, KhmerTable) else [*above, first]
            found.append([*under, *others])
            above = []
        return found or [above]

    def _title(self, marker: str, text: PlanText) -> KhmerParagraph:
        style = self._sized(SECTION)
        spans = self._spans(text, style, beside=self._beside)
        return KhmerParagraph(spans, replace(style, hanging=marker_indent([marker], style)), marker)

    def _block(self, block: PlanBlock) -> Iterator[Flowable]:
        match block:
            case PlanParagraph(text):
                yield self._paragraph(text, BODY)
            case PlanList(points, numbered):
                yield from self._list(points, numbered=numbered)
            case PlanTable():
                yield self._table(block)
                yield self._gap(2)
            case PlanChecklist(checks, columns):
                yield self._checklist(checks) if columns == 1 else self._check_columns(checks, columns)
                yield self._gap(2)
            case PlanLines(count, caption):
                yield from self._lines(count, caption)

    def _list(self, points: Sequence[PlanText], *, numbered: bool) -> Iterator[Flowable]:
        body = self._sized(BODY)
        markers = [f"{self._language.number(each)}." if numbered else _BULLET for each in range(1, len(points) + 1)]
        style = replace(body, hanging=marker_indent(markers, body), after=1)
        for marker, point in zip(markers, points, strict=True):
            yield KhmerParagraph(self._spans(point, body), style, marker)

    def _table(self, table: PlanTable) -> Flowable:
        head = [self._paragraph(text, HEAD_CELL) for text in table.head]
        rows = [
            [self._cell(text, table, place, column) for column, text in enumerate(row)]
            for place, row in enumerate(table.rows)
        ]
        shares = table.shares or (1.0,) * len(table.head)
        return khmer_table([head], rows, self._widths(shares), commands=_title_rows(table))

    def _cell(self, text: PlanText, table: PlanTable, place: int, column: int) -> Cell:
        if not any(text):
            return self._space(table.room) if table.room and place not in table.titles else ""
        if place in table.titles:
            return self._paragraph(text, _ROLE)
        return self._paragraph(text, CELL_CENTRED if column in table.centred else CELL)

    def _checklist(self, checks: Sequence[PlanCheck]) -> Flowable:
        rows: list[list[Cell]] = [
            [self._check(check), self._paragraph(check.note, CELL) if any(check.note) else ""] for check in checks
        ]
        if any(any(check.note) for check in checks):
            return khmer_table([], rows, self._widths(_CHECK_SHARES))
        return khmer_table([], [row[:1] for row in rows], [self._width])

    def _check_columns(self, checks: Sequence[PlanCheck], columns: int) -> Flowable:
        """Points without notes, the first column read to its end before the next."""
        boxes = [self._check(check, beside=True) for check in checks]
        height = -(-len(boxes) // columns)
        rows: list[list[Cell]] = [[*boxes[first::height]] for first in range(height)]
        filled = [row + [""] * (columns - len(row)) for row in rows]
        return khmer_table([], filled, [self._width / columns] * columns)

    def _check(self, check: PlanCheck, *, beside: bool = False) -> CheckLine:
        style = self._sized(CELL)
        spans = self._spans(check.text, style, beside=beside)
        return CheckLine(Check.TICKED if check.done else Check.EMPTY, spans, style)

    def _lines(self, count: int, caption: PlanText) -> Iterator[Flowable]:
        if any(caption):
            yield self._paragraph(caption, replace(BODY, after=0, keep_with_next=True))
        for left in reversed(range(count)):
            line = DottedLine(_WRITING_LINE * self._scale)
            line.keepWithNext = bool(left)
            yield line
        yield self._gap(3)

    def _signatures(self, plan: PlanDocument) -> list[Flowable]:
        """The place and day above them, three signers in a row, or four where there are no more."""
        rows: list[Flowable] = []
        if any(plan.place):
            rows += [signature_row([None, each]) for each in self._place_and_day(plan)]
        columns = len(plan.signers) if len(plan.signers) <= _ALL_IN_A_ROW else _IN_A_ROW
        for first in range(0, len(plan.signers), columns):
            rows += [self._space(3)] if first else []
            rows.append(self._signers(plan.signers[first : first + columns], columns))
        return rows

    def _signers(self, signers: Sequence[PlanSigner], columns: int) -> Flowable:
        """Side by side; where one role takes more lines, lines and boxes still stand at one height."""
        gap = SIGNERS_GAP / 2 if columns == _ALL_IN_A_ROW else SIGNERS_GAP
        roles = [self._paragraph(signer.role, _SIGNER) for signer in signers]
        heights = [role.wrap(self._width / columns - gap, 0)[1] for role in roles]
        room = self._thumbprint_room() if any(signer.thumbprint for signer in signers) else self._signing_room
        cells = [
            self._signer(signer, max(heights) - height, room) for signer, height in zip(signers, heights, strict=True)
        ]
        return signature_row([*cells, *[None] * (columns - len(signers))], gap)

    def _place_and_day(self, plan: PlanDocument) -> Iterator[Flowable]:
        if self._language is not PaperLanguage.ENGLISH:  # a letter to foreigners bears no lunar date
            yield self._plain(lunar_date(plan.made_on).line(), _CENTRED)
        done = words(DONE_AT, place=Words(*plan.place), day=day_words(plan.made_on))
        yield KhmerParagraph(self._language.spans(done), self._sized(_CENTRED))

    def _signer(self, signer: PlanSigner, lower: float, room: float) -> Flowable | list[Flowable]:
        style = self._sized(_SIGNER)
        if not signer.thumbprint:
            return SignatureBlock(self._spans(signer.role, style), name=signer.name, room=lower + room, style=style)
        above = [self._paragraph(signer.role, _SIGNER), Spacer(1, lower + _OVER_BOX)]
        name = [self._plain(signer.name, _SIGNER)] if signer.name else []
        return [*above, Centred(self._thumbprint_box()), *name]

    @property
    def _signing_room(self) -> float:
        return _SIGNING_ROOM * self._scale

    def _thumbprint_room(self) -> float:
        """What a signature gets beside a thumbprint, so that the names stand on one line."""
        line = DottedLine(0).wrap(self._width, 0)[1]
        box = self._thumbprint_box().wrap(self._width, 0)[1]
        return _OVER_BOX + float(box) - line

    def _thumbprint_box(self) -> FramedBox:
        return thumbprint_box(self._language.spans(words(THUMBPRINT)), _THUMBPRINT_BOX)

    def _widths(self, shares: Sequence[float]) -> list[float]:
        return [self._width * share / sum(shares) for share in shares]

    def _spans(self, text: PlanText, style: TextStyle, *, beside: bool = False) -> tuple[Span, ...]:
        """Side by side a figure or a day is written once, in the digits of the leading language."""
        twice = self._language is PaperLanguage.BOTH and any(map(str.isalpha, text.english))
        said = text if twice or self._language is not PaperLanguage.BOTH else (text.khmer or text.english,)
        return self._language.spans(Words(*said), beside=beside, family=style.family)

    def _paragraph(self, text: PlanText, style: TextStyle) -> KhmerParagraph:
        return KhmerParagraph(self._spans(text, style), self._sized(style))

    def _plain(self, text: str, style: TextStyle) -> KhmerParagraph:
        return KhmerParagraph(text, self._sized(style))

    def _sized(self, style: TextStyle) -> TextStyle:
        by = self._scale
        return replace(style, size=style.size * by, before=style.before * by, after=style.after * by)

    def _gap(self, millimetres: float) -> Gap:
        return Gap(1, millimetres * mm * self._scale)

    def _space(self, millimetres: float) -> Spacer:
        return Spacer(1, millimetres * mm * self._scale)


def _title_rows(table: PlanTable) -> list[tuple[Any, ...]]:
    """Over the whole width, grey, and on the page of the row that follows."""
    commands: list[tuple[Any, ...]] = []
    for row in (place + _HEADS for place in sorted(table.titles)):
        over = (0, row), (-1, row)
        commands += [("SPAN", *over), ("BACKGROUND", *over, _TITLE_GREY), ("NOSPLIT", (0, row), (-1, row + 1))]
    return commands
