"""Two hundred certificates in one file, against Qt's QPdfWriter drawing the same texts, lines and squares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
    QTransform,
)

from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
from tests.bench.windows import application
from tests.documents.certificates import CERTIFICATE, certificate_paper
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.documents import certificate_pdf
from tlbb_desktop.documents.certificate_ornaments import border_operators
from tlbb_desktop.documents.typesetting import BLACK, Colour, Family, Heading, PaperCanvas, PaperLanguage, forget_texts
from tlbb_desktop.documents.typesetting.faces import FONTS
from tlbb_desktop.documents.typesetting.lines import Line
from tlbb_desktop.domain.certificates import CertificatePaper

COUNT: Final = 200
_DOTS: Final = 1200
_SCALE: Final = _DOTS / 72
_HEIGHT: Final = 595.2756
_FAMILIES: Final = {
    Family.TEXT: ("TLBB Khmer", False),
    Family.BOLD: ("TLBB Khmer", True),
    Family.TITLE: ("Moul", False),
}


def measure(_folder: Path) -> Iterator[Finding]:
    """From the certificates' data to the bytes of the file; every name is new in every round."""
    application()
    assert QFontDatabase.addApplicationFont(str(FONTS / "Moul-Regular.ttf")) >= 0
    rounds = iter(range(1, 100))
    papers: list[CertificatePaper] = []

    def ours() -> float:
        forget_texts()
        papers[:] = _papers(next(rounds))
        return seconds_of(lambda: certificate_pdf.certificate_pdf(papers, PaperLanguage.BOTH, Heading.STATE))

    def with_qt() -> float:
        pages = _recorded(papers)
        return seconds_of(lambda: _play(pages))

    found = race(3, ours, with_qt)
    size = len(certificate_pdf.certificate_pdf(papers, PaperLanguage.BOTH, Heading.STATE).pdf)
    yield Finding(
        f"{COUNT} certificates, in Khmer and English",
        found.median(),
        "QPdfWriter: the same texts shaped by Qt at the same places, the same lines and squares",
        found.median(1),
        found.ratio(),
        most_ratio=1.0,
        remarks=(f"{COUNT / found.median():.0f} certificates a second; {size // COUNT} bytes each",),
    )


class _Text(NamedTuple):
    """Letters of one font, by their baseline in points from the page's upper left corner."""

    x: float
    y: float
    text: str
    family: Family
    size: float
    colour: Colour


class _Shape(NamedTuple):
    """A path with its colours, in points from the lower left corner; None = not filled, not stroked."""

    path: QPainterPath
    fill: QColor | None
    line: QColor | None
    width: float


@dataclass(frozen=True, slots=True)
class _Page:
    texts: list[_Text]
    shapes: list[_Shape]


def _papers(number: int) -> list[CertificatePaper]:
    people = invent_names((number + 1) * COUNT)[number * COUNT :]
    named = [replace(CERTIFICATE, name_km=names.khmer, name_latin=names.latin) for names, _sex in people]
    return [certificate_paper(each) for each in named]


def _recorded(papers: list[CertificatePaper]) -> list[_Page]:
    """What stands on each sheet, as our own canvas is told to draw it."""
    pages = [_Page([], [])]
    show_page, set_line = PaperCanvas.showPage, PaperCanvas.set_line

    def shown(canvas: PaperCanvas) -> None:
        pages.append(_Page([], []))
        show_page(canvas)

    def lined(canvas: PaperCanvas, x: float, y: float, line: Line, size: float, *more: Any) -> None:
        pages[-1].texts.extend(_texts(*canvas.absolutePosition(x, y), line, size, *more[:1]))
        set_line(canvas, x, y, line, size, *more)

    with (
        patch.object(PaperCanvas, "showPage", shown),
        patch.object(PaperCanvas, "set_line", lined),
        patch.object(PaperCanvas, "draw_operators", lambda _canvas, code: pages[-1].shapes.extend(_shapes(code))),
        patch.object(
            certificate_pdf,
            "draw_border",
            lambda canvas, width, height: canvas.draw_operators(border_operators(width, height)),
        ),
    ):
        certificate_pdf.certificate_pdf(papers, PaperLanguage.BOTH, Heading.STATE)
    return pages[: len(papers)]


def _texts(x: float, y: float, line: Line, size: float, colour: Colour = BLACK) -> Iterator[_Text]:
    for (family, scale), group in groupby(line.pieces, lambda piece: (piece.family, piece.scale)):
        pieces = list(group)
        text = "".join(piece.word.text + (piece.space.text if piece.space else "") for piece in pieces)
        yield _Text(x, _HEIGHT - y, text, family, size * scale, colour)
        x += sum(piece.width + piece.space_width for piece in pieces) * size / 1000


@cache
def _shapes(code: str) -> tuple[_Shape, ...]:
    """The operators that we draw with as paths, joined where they follow each other in the same colours."""
    return tuple(
        _Shape(_joined([shape.path for shape in group]), *paint)
        for paint, group in groupby(_single_shapes(code), lambda shape: shape[1:])
    )


def _joined(paths: list[QPainterPath]) -> QPainterPath:
    whole = QPainterPath()
    whole.setFillRule(Qt.FillRule.WindingFill)
    for path in paths:
        whole.addPath(path)
    return whole


def _single_shapes(code: str) -> Iterator[_Shape]:
    state: dict[str, Any] = {"place": QTransform(), "fill": QColor(0, 0, 0), "line": QColor(0, 0, 0), "width": 1.0}
    stack: list[dict[str, Any]] = []
    path, numbers = QPainterPath(), []
    for token in code.split():
        if token[0] in "-.0123456789":
            numbers.append(float(token))
            continue
        if token in {"f", "S", "B"}:
            fill = None if token == "S" else state["fill"]
            line = None if token == "f" else state["line"]
            yield _Shape(state["place"].map(path), fill, line, state["width"])
            path = QPainterPath()
        elif token == "q":
            stack.append(dict(state))
        elif token == "Q":
            state = stack.pop()
        elif token == "cm":
            state["place"] = QTransform(*numbers) * state["place"]
        elif token == "w":
            state["width"] = numbers[0]
        elif token in {"g", "rg", "RG"}:
            state["line" if token == "RG" else "fill"] = QColor.fromRgbF(*(numbers * 3)[:3])
        else:
            {"m": path.moveTo, "l": path.lineTo, "c": path.cubicTo, "re": path.addRect, "h": path.closeSubpath}[token](
                *numbers
            )
        numbers = []


def _play(pages: list[_Page]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))
    )
    painter = QPainter(writer)
    upwards = QTransform(_SCALE, 0, 0, -_SCALE, 0, _HEIGHT * _SCALE)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        painter.setTransform(upwards)
        for shape in page.shapes:
            painter.setPen(QPen(shape.line, shape.width) if shape.line else Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
            painter.drawPath(shape.path)
        painter.resetTransform()
        for text in page.texts:
            painter.setFont(_font(text.family, text.size))
            painter.setPen(QColor.fromRgbF(*text.colour))
            painter.drawText(QPointF(text.x * _SCALE, text.y * _SCALE), text.text)
    painter.end()
    return bytes(buffer.data().data())


@cache
def _font(family: Family, size: float) -> QFont:
    name, bold = _FAMILIES[family]
    font = QFont(name)
    font.setPixelSize(round(size * _SCALE))
    font.setBold(bold)
    return font
