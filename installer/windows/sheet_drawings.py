"""Drawings of what Windows shows while TLBB Desktop is installed. They are drawings, and the sheet says so."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from tlbb_desktop.documents.typesetting import Align, Family
from tlbb_desktop.documents.typesetting.styles import BLACK, RED, Colour

WIDTH = 76 * mm
WHITE = Colour(1, 1, 1)
PAPER = Colour(0.97, 0.97, 0.97)
SMARTSCREEN = Colour(0.0, 0.40, 0.70)
CONSOLE = Colour(0.1, 0.1, 0.1)
LINE = Colour(0.55, 0.55, 0.55)


class Drawing(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A drawing of a fixed size.

    Args:
        height: in points.
    """

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height = WIDTH, height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def box(self, place: tuple[float, float, float, float], fill: Colour, line: Colour = LINE) -> None:
        """A rectangle; *place* is left, lower edge, width, height."""
        self.canv.setFillColorRGB(*fill)
        self.canv.setStrokeColorRGB(*line)
        self.canv.setLineWidth(0.6)
        self.canv.rect(*place, stroke=1, fill=1)

    def say(
        self, x: float, y: float, text: str, size: float = 6.5, colour: Colour = BLACK, *, bold: bool = False
    ) -> float:
        """A line of text; returns its width."""
        family = Family.BOLD if bold else Family.TEXT
        width: float = self.canv.text(x, y, text, size, family=family, colour=colour)
        return width

    def button(self, place: tuple[float, float, float, float], text: str, fill: Colour, colour: Colour) -> None:
        """A button with its word in the middle."""
        self.box(place, fill, colour)
        left, bottom, width, height = place
        middle = bottom + height / 2 - 2.3
        self.canv.text(left + width / 2, middle, text, 6.5, align=Align.CENTRE, colour=colour)

    def mark(self, x: float, y: float, number: str) -> None:
        """A red ring with a number: where to press."""
        self.canv.setStrokeColorRGB(*RED)
        self.canv.setFillColorRGB(*WHITE)
        self.canv.setLineWidth(1.1)
        self.canv.circle(x, y, 6, stroke=1, fill=1)
        self.canv.text(x, y - 2.8, number, 8, family=Family.BOLD, align=Align.CENTRE, colour=RED)


class ConsoleDrawing(Drawing):
    """The black window in which Windows counts the number of a file.

    Args:
        name: of the file.
        digest: SHA-256, hexadecimal.
    """

    def __init__(self, name: str, digest: str) -> None:
        super().__init__(34 * mm)
        self._name, self._digest = name, digest

    def draw(self) -> None:
        """Draw it."""
        self.box((0, 0, self.width, self.height), CONSOLE)
        half = len(self._digest) // 2
        lines = (
            "D:\\> certutil -hashfile",
            f"     {self._name} SHA256",
            f"SHA256 hash of {self._name}:",
            self._digest[:half],
            self._digest[half:],
            "CertUtil: -hashfile command completed successfully.",
        )
        for number, line in enumerate(lines):
            self.say(3 * mm, self.height - (number + 1) * 13, line, 6, WHITE)
        self.mark(self.width - 8, self.height - 26, "1")
        self.mark(self.width - 8, self.height - 58, "2")


class SmartScreenDrawing(Drawing):
    """The blue window that Windows shows before a program that it has not seen often."""

    def __init__(self, name: str) -> None:
        super().__init__(46 * mm)
        self._name = name

    def draw(self) -> None:
        """Draw it: the link first, then the button that comes up after it."""
        self.box((0, 0, self.width, self.height), SMARTSCREEN)
        top = self.height
        self.say(4 * mm, top - 20, "Windows protected your PC", 10, WHITE)
        self.say(4 * mm, top - 36, "Microsoft Defender SmartScreen prevented an", 6.5, WHITE)
        self.say(4 * mm, top - 46, "unrecognized app from starting.", 6.5, WHITE)
        link = self.say(4 * mm, top - 62, "More info", 7, WHITE, bold=True)
        self.canv.setStrokeColorRGB(*WHITE)
        self.canv.line(4 * mm, top - 64, 4 * mm + link, top - 64)
        self.mark(4 * mm + link + 12, top - 60, "1")
        self.say(4 * mm, top - 80, f"App: {self._name}", 6, WHITE)
        self.say(4 * mm, top - 90, "Publisher: Unknown publisher", 6, WHITE)
        self.button((self.width - 52 * mm, 3 * mm, 22 * mm, 6 * mm), "Run anyway", SMARTSCREEN, WHITE)
        self.button((self.width - 26 * mm, 3 * mm, 22 * mm, 6 * mm), "Don't run", WHITE, SMARTSCREEN)
        self.mark(self.width - 55 * mm, 6 * mm, "2")


class KeyboardDrawing(Drawing):
    """The page of languages in the settings of Windows, and the end of its task bar."""

    def __init__(self, languages: Sequence[str] = ("English (United States)", "ខ្មែរ · Khmer")) -> None:
        super().__init__(46 * mm)
        self._languages = languages

    def draw(self) -> None:
        """Draw it."""
        bar = 9 * mm
        self.box((0, bar + 2, self.width, self.height - bar - 2), PAPER)
        top = self.height
        self.say(4 * mm, top - 15, "Settings > Time & language > Language", 7, bold=True)
        self.button((4 * mm, top - 36, 34 * mm, 15), "+  Add a language", WHITE, BLACK)
        self.mark(42 * mm, top - 29, "1")
        for number, language in enumerate(self._languages):
            self.box((4 * mm, top - 58 - number * 19, self.width - 8 * mm, 16), WHITE)
            self.say(6 * mm, top - 53 - number * 19, language, 7)
        self.mark(self.width - 9 * mm, top - 69, "2")
        self.box((0, 0, self.width, bar), Colour(0.88, 0.90, 0.93))
        self.button((self.width - 44 * mm, 4, 14 * mm, bar - 8), "ខ្មែរ", WHITE, BLACK)
        self.say(self.width - 27 * mm, 10, "10:24", 7)
        self.mark(self.width - 49 * mm, bar / 2, "3")
