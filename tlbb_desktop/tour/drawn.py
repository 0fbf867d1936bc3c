"""A paper that the tour leaves."""

from __future__ import annotations

from typing import NamedTuple

from tlbb_desktop.documents.typesetting import FinishedPaper


class Drawn(NamedTuple):
    """A finished paper and its name without language and ending."""

    name: str
    paper: FinishedPaper
