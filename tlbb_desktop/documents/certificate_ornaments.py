"""What is drawn on a certificate: its border and its square code. Lengths in points."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin
from typing import Final

from reportlab.lib.units import mm

from tlbb_desktop.documents.typesetting import Colour, PaperCanvas

INK: Final = Colour(0.09, 0.16, 0.37)
GOLD: Final = Colour(0.7, 0.52, 0.2)
_EDGE: Final = 8 * mm
_BAND: Final = 5.6 * mm
#: From the edge of the paper to the border's inner line.
BORDER: Final = _EDGE + _BAND
_STEP: Final = 5.6 * mm
_PETALS_OF_CORNER: Final = 8
#: A module smaller than this is lost in a photocopy; a larger code takes the place of the words beside it.
_MODULE: Final = 0.45 * mm
_SMALLEST_CODE: Final[float] = 29 * mm
_LARGEST_CODE: Final[float] = 36 * mm
_QUIET_MODULES: Final = 4


def draw_border(canvas: PaperCanvas, width: float, height: float) -> None:
    """Draw the border of a page: two frames, between them a chain of flowers, a large one in each corner."""
    form = f"border-{width:.0f}-{height:.0f}"
    if not canvas.hasForm(form):
        canvas.beginForm(form, 0, 0, width, height)
        canvas.draw_operators(border_operators(width, height))
        canvas.endForm()
    canvas.doForm(form)


def draw_code(canvas: PaperCanvas, modules: tuple[tuple[bool, ...], ...], right: float, top: float) -> float:
    """Draw a square code by its upper right corner, without its quiet zone; return the length of its side."""
    side = code_side(modules)
    step = side / len(modules)
    squares = " ".join(
        f"{start} {len(modules) - row - 1} {end - start} 1 re"
        for row, line in enumerate(modules)
        for start, end in _runs(line)
    )
    placed = f"{step:.5f} 0 0 {step:.5f} {right - side:.3f} {top - side:.3f} cm"
    # in one path there are no seams between the squares
    canvas.draw_operators(f"q 0 g {placed} {squares} f Q")
    return side


def code_side(modules: tuple[tuple[bool, ...], ...]) -> float:
    """Length of a square code's side without its quiet zone."""
    return min(max(len(modules) * float(_MODULE), _SMALLEST_CODE), _LARGEST_CODE)


def quiet_zone(modules: tuple[tuple[bool, ...], ...]) -> float:
    """Width of the white that must stay around a square code."""
    return code_side(modules) / len(modules) * _QUIET_MODULES


def _runs(line: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Start and end of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at, dark in enumerate((*line, False)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            runs.append((start, at))
            start = None
    return runs


@lru_cache(4)
def border_operators(width: float, height: float) -> str:
    """The border as operators of PDF."""
    inner = BORDER
    parts = [
        f"{_stroke(INK)} 1.8 w {_frame(_EDGE, width, height)}",
        f"0.5 w {_frame(_EDGE + 2.6, width, height)}",
        f"0.9 w {_frame(inner, width, height)}",
        f"{_stroke(GOLD)} 0.5 w {_frame(inner + 2.4, width, height)}",
        GOLD.fill,
    ]
    middle = _EDGE + 1.3 + _BAND / 2
    corners = [(x, y) for x in (middle, width - middle) for y in (middle, height - middle)]
    flower, link = _flower(4, 4.6, 0.36, pi / 4), "0 1.3 m 1.3 0 l 0 -1.3 l -1.3 0 l h f"
    for y in (middle, height - middle):
        parts += [_at(x, y, motif) for x, motif in _chain(middle, width - middle, flower, link)]
    for x in (middle, width - middle):
        parts += [_at(x, y, motif) for y, motif in _chain(middle, height - middle, flower, link)]
    parts += [_corner(x, y) for x, y in corners]
    return "\n".join(parts)


def _chain(start: float, end: float, flower: str, link: str) -> list[tuple[float, str]]:
    """Flowers at equal distances with a link between each two, clear of both corners."""
    start, end = start + _STEP * 0.75, end - _STEP * 0.75
    count = round((end - start) / _STEP)
    step = (end - start) / count
    flowers = [(start + step * (number + 0.5), flower) for number in range(count)]
    return flowers + [(start + step * number, link) for number in range(count + 1)]


def _corner(x: float, y: float) -> str:
    """A white field with a frame and a flower of eight petals."""
    half = _BAND / 2 + 2.4
    field = f"1 g {_stroke(INK)} 0.9 w {-half:.2f} {-half:.2f} {2 * half:.2f} {2 * half:.2f} re B"
    petals = _flower(_PETALS_OF_CORNER, 8.2, 0.22, 0)
    heart = f"{INK.fill} {_flower(4, 3.4, 0.4, pi / 4)}"
    return _at(x, y, f"{field} {GOLD.fill} {petals} {heart}")


def _flower(petals: int, length: float, breadth: float, turned: float) -> str:
    """Pointed petals around the origin, each between two curves."""
    code = []
    for number in range(petals):
        angle = turned + 2 * pi * number / petals
        tip = _polar(length, angle)
        left, right = (_polar(length * 0.6, angle + side * breadth * 2) for side in (1, -1))
        code.append(f"0 0 m {left} {left} {tip} c {right} {right} 0 0 c")
    return " ".join([*code, "f"])


def _polar(length: float, angle: float) -> str:
    return f"{length * cos(angle):.2f} {length * sin(angle):.2f}"


def _frame(inset: float, width: float, height: float) -> str:
    return f"{inset:.2f} {inset:.2f} {width - 2 * inset:.2f} {height - 2 * inset:.2f} re S"


def _at(x: float, y: float, code: str) -> str:
    return f"q 1 0 0 1 {x:.2f} {y:.2f} cm {code} Q"


def _stroke(colour: Colour) -> str:
    return colour.fill.upper()
