"""Where a paper is to be saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tlbb_desktop.i18n.catalog import _

ENDING = "pdf"


def ask_where_to_save(window: QWidget, folder: Path, name: str) -> Path | None:
    """Ask for a place; the dialog asks before an older file is replaced.

    Args:
        window: the dialog stands over it.
        folder: proposed.
        name: proposed, without its ending.

    Returns:
        The file, with the ending of a PDF; None when the reader thought better of it.
    """
    dialog = QFileDialog(window, _("Save as PDF"), str(folder), f"PDF (*.{ENDING})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(ENDING)
    dialog.selectFile(f"{name}.{ENDING}")
    if not dialog.exec():
        return None
    return Path(dialog.selectedFiles()[0])
