"""What the commands that write a paper have in common: its language, its heading, what it could not show."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.paper_headings import PaperHeading, PaperTemplate
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper, Heading, PaperLanguage

_LANGUAGES: Final = (*catalog.LANGUAGES, "both")


def add_look(command: argparse.ArgumentParser) -> None:
    """Add ``--lang`` and ``--heading``."""
    command.add_argument("--lang", dest="paper_language", choices=_LANGUAGES, help="language of the paper")
    command.add_argument(
        "--heading",
        choices=[heading.value for heading in PaperHeading],
        help="the organisation alone, the Kingdom beside it, or over it; as the settings say when it is left out",
    )


def look_of(
    session: CommandSession, options: argparse.Namespace, template: PaperTemplate
) -> tuple[PaperLanguage, Heading]:
    """The language and the heading that were asked for, or else those of the window and of the settings."""
    from tlbb_desktop.documents.typesetting import PaperLanguage
    from tlbb_desktop.services.paper_headings import on_paper

    heading = PaperHeading(options.heading) if options.heading else session.desk().paper_headings.of(template)
    return PaperLanguage(options.paper_language or session.language), on_paper(heading)


def tell_missing(session: CommandSession, paper: FinishedPaper) -> None:
    """Name the characters that no font covers, which the paper shows as boxes with their code."""
    for each in paper.missing:
        session.warn(
            _("No font has the character {code} {name}; the paper shows a box.").format(
                code=each.code_point, name=each.name
            )
        )
