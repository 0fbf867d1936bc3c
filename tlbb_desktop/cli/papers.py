"""What the commands that write a paper have in common: its language, its heading, what it could not show."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper, Heading, PaperLanguage

_LANGUAGES: Final = (*catalog.LANGUAGES, "both")
_HEADINGS: Final = ("ngo", "joint", "state")


def add_look(command: argparse.ArgumentParser) -> None:
    """Add ``--lang`` and ``--heading``."""
    command.add_argument("--lang", dest="paper_language", choices=_LANGUAGES, help="language of the paper")
    command.add_argument(
        "--heading",
        choices=_HEADINGS,
        default=_HEADINGS[0],
        help="the organisation alone, the Kingdom beside it, or over it",
    )


def look_of(session: CommandSession, options: argparse.Namespace) -> tuple[PaperLanguage, Heading]:
    """The language and the heading that were asked for."""
    from tlbb_desktop.documents.typesetting import Heading, PaperLanguage

    return PaperLanguage(options.paper_language or session.language), Heading(options.heading)


def tell_missing(session: CommandSession, paper: FinishedPaper) -> None:
    """Name the characters that no font covers, which the paper shows as boxes with their code."""
    for each in paper.missing:
        session.warn(
            _("No font has the character {code} {name}; the paper shows a box.").format(
                code=each.code_point, name=each.name
            )
        )
