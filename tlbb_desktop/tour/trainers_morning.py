"""Act two."""

from __future__ import annotations

from pathlib import Path

from tlbb_desktop.tour.stage import Stage


class TrainersMorning:
    """x."""

    def __init__(self, stage: Stage) -> None:
        self.papers: list[Path] = []

    def walk(self) -> None:
        """x."""
