"""A plan as a paper shows it: parties, sections with texts, lists, tables and checklists, and who signs.

Case plans and release plans fill it in; the paper knows nothing of where the words come from. Every text is written as
it is to be read, in Khmer, in English, or in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, TypeAlias


class PlanText(NamedTuple):
    """A text in Khmer and in English; one of them may be missing."""

    khmer: str
    english: str = ""


NOTHING_SAID: Final = PlanText("")


@dataclass(frozen=True, slots=True)
class PlanParty:
    """Somebody whom the plan is about or who takes part in it.

    Args:
        role: such as the learner, the mother, the social worker.
        name_km, name_latin: as they are written; one may be missing.
        details: such as a telephone number or a village.
    """

    role: PlanText
    name_km: str
    name_latin: str = ""
    details: PlanText = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class PlanParagraph:
    """A text in full sentences."""

    text: PlanText


@dataclass(frozen=True, slots=True)
class PlanList:
    """Points below each other, numbered where their order counts."""

    points: tuple[PlanText, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table whose head stands on each page that it reaches.

    Args:
        head: of the columns.
        rows: as many texts as there are columns; an empty one is left free to write in.
        shares: how the columns share the width; empty = evenly.
        titles: rows of which only the first text is there: it stands over the rows that follow.
        centred: columns of figures and short signs.
        room: height in millimetres of an empty cell, where more than a line of writing belongs.
    """

    head: tuple[PlanText, ...]
    rows: tuple[tuple[PlanText, ...], ...]
    shares: tuple[float, ...] = ()
    titles: frozenset[int] = frozenset()
    centred: frozenset[int] = frozenset()
    room: float = 0.0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows) or len(self.shares) not in {0, len(self.head)}:
            raise ValueError("a row has not as many cells as the head")


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A point of a checklist.

    Args:
        text: what is to be done or to be had.
        done: whether it is.
        note: who does it, or by when; stands beside it.
    """

    text: PlanText
    done: bool = False
    note: PlanText = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class PlanChecklist:
    """Points to tick.

    Args:
        checks: in order.
        columns: in how many columns they stand, read downwards; in several there is no room for notes.
    """

    checks: tuple[PlanCheck, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class PlanLines:
    """Empty lines to write on.

    Args:
        count: how many.
        caption: what belongs there.
    """

    count: int
    caption: PlanText = NOTHING_SAID


PlanBlock: TypeAlias = PlanParagraph | PlanList | PlanTable | PlanChecklist | PlanLines


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A part of the plan under its own heading."""

    title: PlanText
    blocks: tuple[PlanBlock, ...]


@dataclass(frozen=True, slots=True)
class PlanSigner:
    """Somebody who signs, or leaves a thumbprint.

    Args:
        role: what they are.
        name: stands under the line; "" leaves it to be written.
        thumbprint: whether there is a box for a thumbprint instead of a line.
    """

    role: PlanText
    name: str = ""
    thumbprint: bool = False


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """The whole paper.

    Args:
        title: of the plan.
        made_on: day of the paper.
        parties: whom it is about and who takes part.
        sections: in order.
        signers: in order, three in a row.
        place: where it is signed; without it no place and day stand above the signatures.
        issuer: bodies at the head of the paper, the highest first.
        introduction: stands under the parties.
        draft: whether it is not yet agreed.
        demonstration: whether it comes from the demonstration programme.
        one_page: whether it has to stand on one page, in smaller letters where it must.
        smallest: how small the letters may get for that, as a part of their size; who reads little needs larger ones.
    """

    title: PlanText
    made_on: date
    parties: tuple[PlanParty, ...] = ()
    sections: tuple[PlanSection, ...] = ()
    signers: tuple[PlanSigner, ...] = ()
    place: PlanText = NOTHING_SAID
    issuer: tuple[PlanText, ...] = ()
    introduction: PlanText = NOTHING_SAID
    draft: bool = False
    demonstration: bool = False
    one_page: bool = False
    smallest: float = 0.5

    def texts(self) -> Iterator[str]:
        """Every text on the paper, for a lint where the bearer carries it around."""
        for text in self._texts():
            yield from filter(None, (text,) if isinstance(text, str) else text)

    def _texts(self) -> Iterator[PlanText | str]:
        yield from (self.title, self.place, self.introduction, *self.issuer)
        for party in self.parties:
            yield from (party.role, party.name_km, party.name_latin, party.details)
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from _texts_of(block)
        for signer in self.signers:
            yield from (signer.role, signer.name)


def _texts_of(block: PlanBlock) -> Iterator[PlanText]:
    match block:
        case PlanParagraph(text):
            yield text
        case PlanList(points):
            yield from points
        case PlanTable(head, rows):
            yield from head
            for row in rows:
                yield from row
        case PlanChecklist(checks):
            for check in checks:
                yield from (check.text, check.note)
        case PlanLines(_, caption):
            yield caption
