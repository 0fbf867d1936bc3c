"""Whether photos and pages are drawn at all; safe mode does without them, as a broken one can stop the program."""

from __future__ import annotations

_drawn = True


def draw_pictures(*, wanted: bool) -> None:
    """From now on draw photos and pages of papers, or do not."""
    global _drawn
    _drawn = wanted


def pictures_are_drawn() -> bool:
    """Whether photos and pages of papers are drawn."""
    return _drawn
