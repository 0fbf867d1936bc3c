"""The last chapter of the help: which program this is, what it is made of, and under which licences."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

from tlbb_desktop.bundle import parts
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.help.chapters import Chapter

NAME = "about"


def about_chapter() -> Chapter:
    """The chapter in the active language."""
    title = _("About this program")
    versions = _("TLBB Desktop {version}, made with Python {python} and Qt {qt}.").format(
        version=parts.program_version(), python=platform.python_version(), qt=qVersion()
    )
    return Chapter(NAME, title, "\n\n".join((f"# {title}", versions, *_made_of())))


def _made_of() -> tuple[str, ...]:
    found = parts.installed_parts()
    if not found:
        return (_("It runs from its source here, where the licences lie in the folder LICENSES."),)
    where = _("The text of each licence, and where to get the source of Qt, lie in this folder:")
    heads = (_("Part of the program"), _("Its version"), _("Its licence"))
    head = f"| {' | '.join(heads)} |\n|---|---|---|"
    rows = "\n".join(f"| {part.name} | {part.version} | {part.licence} |" for part in found)
    return (where, f"`{parts.LICENCES}`", f"{head}\n{rows}")
