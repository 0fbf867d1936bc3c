"""How a text looks on a paper. Lengths in points."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tlbb_desktop.documents.typesetting.faces import Family

#: Khmer ink reaches 1.04 em above and 0.56 em below the line, Moul 1.22 and 0.59.
LEAST_LEADING: Final = 1.75
LEAST_TITLE_LEADING: Final = 2.0
#: Part of the line's height above the baseline.
BASELINE: Final = 0.64


class Align(enum.Enum):
    """Where the lines of a paragraph stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class Colour(NamedTuple):
    """Red, green and blue, 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def fill(self) -> str:
        """As the operator that sets it for text and areas."""
        return f"{self.red:.3g} {self.green:.3g} {self.blue:.3g} rg"


BLACK: Final = Colour(0, 0, 0)
GREY: Final = Colour(0.35, 0.35, 0.35)
RED: Final = Colour(0.75, 0, 0)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set.

    Attributes:
        size: of the letters.
        family: the faces.
        leading: height of a line as a multiple of the size; at least 1.75, in titles 2.0; 0 takes the least.
        align: of the lines; ragged right unless asked.
        colour: of the letters.
        before: space above, where something stands there.
        after: space below.
        first_indent: of the first line.
        hanging: indent of all other lines; a marker stands in front of it.
        keep_with_next: never the last on a page.
        widows: fewest lines left alone on either side of a page's end.
        line_height: from baseline to baseline.

    Raises:
        ValueError: lines so tight that Khmer letters would meet.
    """

    size: float = 10.5
    family: Family = Family.TEXT
    leading: float = 0.0
    align: Align = Align.LEFT
    colour: Colour = BLACK
    before: float = 0.0
    after: float = 0.0
    first_indent: float = 0.0
    hanging: float = 0.0
    keep_with_next: bool = False
    widows: int = 2
    line_height: float = field(init=False)

    def __post_init__(self) -> None:
        least = LEAST_TITLE_LEADING if self.family is Family.TITLE else LEAST_LEADING
        if self.leading and self.leading < least:
            raise ValueError(f"leading {self.leading} is less than {least}")
        object.__setattr__(self, "line_height", self.size * (self.leading or least))


BODY: Final = TextStyle(after=3)
SMALL: Final = TextStyle(size=8.5)
CELL: Final = TextStyle(size=9.5)
CELL_CENTRED: Final = TextStyle(size=9.5, align=Align.CENTRE)
HEAD_CELL: Final = TextStyle(size=9.5, family=Family.BOLD, align=Align.CENTRE)
TITLE: Final = TextStyle(size=15, family=Family.TITLE, align=Align.CENTRE, before=6, after=6, keep_with_next=True)
SECTION: Final = TextStyle(size=12, family=Family.BOLD, before=8, after=2, keep_with_next=True)
