"""The chapters of the guide, in the order in which somebody new needs them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from tlbb_desktop.i18n import catalog

CHAPTERS = (
    "start",
    "today",
    "people",
    "import",
    "classes",
    "register",
    "board",
    "sheets",
    "training",
    "courses",
    "certificates",
    "papers",
    "cases",
    "releases",
    "follow_up",
    "reports",
    "backup",
    "laptops",
    "new_laptop",
    "lock",
    "staff",
    "settings",
    "server",
    "trouble",
    "limits",
    "sheet_lost_laptop",
    "sheet_passphrase",
    "sheet_leaving",
    "sheet_damaged_disk",
)
#: Chapters of one page each, made for the wall of an office.
SHEET = "sheet_"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in the reader's language.

    Args:
        name: file name without its ending; pages name it for F1.
        title: its first line.
        text: Markdown.
    """

    name: str
    title: str
    text: str

    @property
    def is_sheet(self) -> bool:
        """Whether it is one page that an office prints."""
        return self.name.startswith(SHEET)


def read_chapter(name: str, language: str) -> Chapter:
    """Read a chapter of the bundled guide; a language without it falls back to English."""
    folder = files("tlbb_desktop") / "assets" / "guide"
    source = folder / language / f"{name}.md"
    if not source.is_file():
        source = folder / catalog.SOURCE_LANGUAGE / f"{name}.md"
    text = source.read_text(encoding="utf-8")
    return Chapter(name, text.splitlines()[0].lstrip("# "), text)


def all_chapters(language: str) -> tuple[Chapter, ...]:
    """The whole guide in order."""
    return tuple(read_chapter(name, language) for name in CHAPTERS)
