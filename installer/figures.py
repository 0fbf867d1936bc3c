"""What a package is measured by, as a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Args:
        what: was measured or tried.
        value: came of it.
        bar: what it must reach, or ``""``.
        missed: whether it does not.
    """

    what: str
    value: str
    bar: str = ""
    missed: bool = False


def say_table(figures: list[Figure]) -> None:
    """Print them, in columns."""
    widths = [max(len(getattr(figure, name)) for figure in figures) for name in ("what", "value", "bar")]
    print()
    for figure in figures:
        cells = zip((figure.what, figure.value, figure.bar), widths, strict=True)
        verdict = ("over" if figure.missed else "OK") if figure.bar else ""
        print("  ".join(text.ljust(width) for text, width in cells), verdict)
