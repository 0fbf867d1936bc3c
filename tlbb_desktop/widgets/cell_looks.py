"""How the cells of a month grid look, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sign = Literal["", "tick", "diamond", "cross", "dot", "hatch", "ring"]


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell is painted.

    Args:
        tone: name of a mark tone of the theme (``present``, ``absent`` …) or ``""`` for the plain surface.
        sign: a shape drawn as lines, because fonts lack ticks.
        text: short word or number, drawn beside or instead of the sign.
        corner: whether a small corner says that a note hangs on the cell.
        loud: whether the cell asks for attention (unmarked on a past day).
    """

    tone: str = ""
    sign: Sign = ""
    text: str = ""
    corner: bool = False
    loud: bool = False


@dataclass(frozen=True, slots=True)
class PinnedLook:
    """How a cell of a pinned column is painted.

    Args:
        text: what it says.
        ink: colour of the text, ``""`` for the theme's own.
        left: whether the text starts at the left edge instead of the middle.
    """

    text: str
    ink: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class DotsLook:
    """A row's newest marks as dots.

    Args:
        tones: names of mark tones of the theme, oldest first.
    """

    tones: tuple[str, ...]


Look = CellLook | PinnedLook | DotsLook
