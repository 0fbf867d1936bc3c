"""A printed code on A4: the recovery key or a reset slip, in large groups, Khmer and Latin shaped by Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.fonts import BODY_FAMILY
from tlbb_desktop.qt.wrapping_label import hinted

MARGIN_MM = 25.0
GROUPS_A_LINE = 4


@dataclass(frozen=True, slots=True, repr=False)
class CodePaper:
    """What stands on the paper.

    Args:
        heading: translated.
        advice: translated sentences.
        groups: of the code.
        file_name: proposed for a PDF; names nobody.
    """

    heading: str
    advice: str
    groups: tuple[str, ...]
    file_name: str


def recovery_paper(groups: tuple[str, ...]) -> CodePaper:
    """The paper of the recovery key."""
    advice = _(
        "Keep this paper in a locked place outside the office. It opens the record when every passphrase is lost."
    )
    return CodePaper(_("Recovery key of TLBB Desktop"), advice, groups, "recovery-key.pdf")


def slip_paper(groups: tuple[str, ...]) -> CodePaper:
    """The paper of a reset slip; it names nobody, because papers get lost."""
    advice = _("Fold it, close it in an envelope, and write your name on the envelope. It works once.")
    return CodePaper(_("Reset slip of TLBB Desktop"), advice, groups, "reset-slip.pdf")


def print_code(paper: CodePaper, parent: QWidget) -> bool:
    """Ask for a printer and print; False when the person thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    _set_page(printer)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    _draw(printer, paper)
    return True


def save_code(paper: CodePaper, parent: QWidget) -> bool:
    """Ask for a place and write a PDF; False when the person thought better of it."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, paper.heading, paper.file_name, "PDF (*.pdf)")
    if not chosen:
        return False
    write_code(paper, Path(chosen))
    return True


def write_code(paper: CodePaper, path: Path) -> None:
    """Write *paper* as a PDF.

    Raises:
        TlbbError: the file cannot be written.
    """
    writer = QPdfWriter(str(path))
    writer.setTitle(paper.heading)
    _set_page(writer)
    _draw(writer, paper)
    if not path.exists() or path.stat().st_size == 0:
        raise TlbbError(N_("The file could not be written. Choose another folder."))


def _set_page(device: QPrinter | QPdfWriter) -> None:
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )


def _draw(device: QPrinter | QPdfWriter, paper: CodePaper) -> None:
    painter = QPainter()
    if not painter.begin(device):
        raise TlbbError(N_("The paper could not be printed. Check the printer, or save it as a PDF."))
    try:
        area = QRectF(painter.viewport())
        top = _write(painter, area, area.top(), paper.heading, 18, bold=True)
        top = _write(painter, area, top + 200, paper.advice, 11)
        top += area.height() * 0.04
        width = area.width() / GROUPS_A_LINE
        painter.setFont(_font(20, bold=True))
        height = painter.fontMetrics().height() * 1.6
        for number, group in enumerate(paper.groups):
            line, column = divmod(number, GROUPS_A_LINE)
            cell = QRectF(area.left() + column * width, top + line * height, width, height)
            painter.drawText(cell, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, group)
        rows = -(-len(paper.groups) // GROUPS_A_LINE)
        _write(painter, area, top + (rows + 0.5) * height, _("Whoever has this paper can open the record."), 11)
    finally:
        painter.end()


def _write(painter: QPainter, area: QRectF, top: float, text: str, points: float, *, bold: bool = False) -> float:
    painter.setFont(_font(points, bold=bold))
    space = QRectF(area.left(), top, area.width(), area.bottom() - top)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    lines = hinted(text)
    used = painter.boundingRect(space, int(flags), lines)
    painter.drawText(space, int(flags), lines)
    return used.bottom()


def _font(points: float, *, bold: bool) -> QFont:
    font = QFont(BODY_FAMILY)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
